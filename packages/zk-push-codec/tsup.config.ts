import { library } from "../../tsup.config.base.js";

export default library({
  index: "src/index.ts",
  "http/index": "src/http/index.ts",
  "node/index": "src/node/index.ts",
  "node/sqlite/index": "src/node/sqlite/index.ts",
  "node/sqlite/worker": "src/node/sqlite/worker.ts",
  "node/nats/index": "src/node/nats/index.ts",
  "node/postgres/index": "src/node/postgres/index.ts",
  testing: "src/testing.ts",
  arbitraries: "src/arbitraries.ts",
  conformance: "src/conformance.ts",
});
