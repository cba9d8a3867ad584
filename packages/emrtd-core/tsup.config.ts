import { library } from "../../tsup.config.base.js";

export default library({
  index: "src/index.ts",
  "node/index": "src/node/index.ts",
  testing: "src/testing.ts",
  arbitraries: "src/arbitraries.ts",
  conformance: "src/conformance.ts",
  trust: "src/trust.ts",
  images: "src/images.ts",
});
