import { command } from "@org/command";
import { CLIENT_PROFILES } from "@org/docval-protocol/testing";
import { CHIP_FORMS, CHIP_HELP, PASSWORD_FLAGS } from "@org/example-emrtd/flags";

export const docvalClient = command({
  name: "docval-client",
  summary: "Has a document verified by a DocVal server: the phone's part, with any chip",
  details: `
The path of the URL says the version: /ws2/validate or /ws1/validate. The simulator brings its own key.

Chips:
${CHIP_HELP}

Clients:
${Object.entries(CLIENT_PROFILES)
  .map(([name, { meaning }]) => `  ${name.padEnd(14)} ${meaning}`)
  .join("\n")}

Exit 0: the server says that all is done, and the result, where it was asked for, is authentic. 1: not
so. 2: wrong usage. 3: no server, or no chip.

  docval-client --url ws://127.0.0.1:8080/ws2/validate --client-id demo --chip sim:ca-aes --result`,
  flags: {
    url: { type: "text", value: "URL", required: true, help: "ws:// or wss://, with its path" },
    "client-id": { type: "text", value: "ID", required: true, help: "who we are to the server" },
    "validation-id": {
      type: "text",
      value: "ID",
      help: "what the result is known by (default: made up)",
    },
    chip: { type: "text", value: "CHIP", required: true, help: `the chip: ${CHIP_FORMS}` },
    ...PASSWORD_FLAGS,
    as: {
      type: "text",
      value: "CLIENT",
      choices: Object.keys(CLIENT_PROFILES),
      default: "spec",
      help: "which published client to behave as",
    },
    result: { type: "switch", help: "ask for the result" },
    diagnostics: { type: "switch", help: "ask the server for more detail in its traces" },
    "short-apdus": { type: "switch", help: "a reader that takes no extended length" },
    authorization: {
      type: "text",
      value: "TOKEN",
      group: "connection",
      help: "shown in the handshake: Authorization: Bearer TOKEN",
    },
    ca: {
      type: "text",
      value: "FILE",
      group: "connection",
      help: "certificate to trust on the way to a server that speaks wss",
    },
    transcript: {
      type: "text",
      value: "FILE",
      help: "write what passed, redacted: lines that can be shown",
    },
  },
  // Help and wrong flags need none of it.
  run: async (context) => (await import("./run.js")).run(context),
});
