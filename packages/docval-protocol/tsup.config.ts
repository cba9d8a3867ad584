import { library } from "../../tsup.config.base.js";

export default library({
  index: "src/index.ts",
  "http/index": "src/http/index.ts",
  "emrtd/index": "src/emrtd/index.ts",
  testing: "src/testing.ts",
  arbitraries: "src/arbitraries.ts",
  conformance: "src/conformance.ts",
});
