import { library } from "../../tsup.config.base.js";

export default library({
  index: "src/index.ts",
  "node/pcsc": "src/node/pcsc.ts",
  "node/vpcd": "src/node/vpcd.ts",
  "node/websocket": "src/node/websocket.ts",
  "web/websocket": "src/web/websocket.ts",
  "node/http-verbs": "src/node/http-verbs.ts",
  "node/port-scan": "src/node/port-scan.ts",
  conformance: "src/conformance/index.ts",
});
