import { library } from "../../tsup.config.base.js";

export default library({
  index: "src/index.ts",
  "web/index": "src/web/index.ts",
  testing: "src/testing.ts",
  conformance: "src/conformance.ts",
  arbitraries: "src/arbitraries.ts",
});
