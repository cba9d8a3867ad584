import { library } from "../../tsup.config.base.js";

export default library({
  index: "src/index.ts",
  "records/index": "src/records/index.ts",
  images: "src/images.ts",
  "http/index": "src/http/index.ts",
  "node/index": "src/node/index.ts",
  testing: "src/testing.ts",
  conformance: "src/conformance.ts",
  arbitraries: "src/arbitraries.ts",
});
