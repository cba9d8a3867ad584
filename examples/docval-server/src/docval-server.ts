import { command, LISTEN_FLAGS } from "@org/command";
import { TRUST_FLAGS } from "@org/example-emrtd/flags";

export const docvalServer = command({
  name: "docval-server",
  summary: "Verifies documents through phones that hold them: the DocVal API, versions 1 and 2",
  details: `
/ws2/validate and /ws1/validate for clients, POST /v4/validate for files alone, /healthz and /metrics.
Nothing of a document is kept or logged: results go to the result server of the client, and to the
client that asks. SIGHUP reads the trust anchors and the certificate anew. SIGTERM takes no new
sessions and lets the running ones finish; a second one does not.

  docval-results --port 8081 --verify-key results.pub.pem
  docval-server --client demo=http://127.0.0.1:8081/ --csca sim --sign-results results.pem
  docval-client --url ws://127.0.0.1:8080/ws2/validate --client-id demo --chip sim:ca-aes --result`,
  flags: {
    ...LISTEN_FLAGS,
    port: { ...LISTEN_FLAGS.port, default: 8080 },
    client: {
      type: "text",
      value: "ID[=RESULT_URL]",
      many: true,
      required: true,
      help: "a client that is let in, and where its results go; without a URL they go to nobody",
    },
    ...TRUST_FLAGS,
    authorization: {
      type: "text",
      value: "TOKEN",
      help: "clients must show it: Authorization: Bearer TOKEN",
    },
    "allow-origin": {
      type: "text",
      value: "ORIGIN",
      many: true,
      help: "a web page that may connect, or an app whose library sends an Origin; without it none may",
    },
    "tls-cert": { type: "text", value: "FILE", help: "certificate, for https and wss" },
    "tls-key": { type: "text", value: "FILE", help: "its private key" },
    "include-files": {
      type: "switch",
      group: "results",
      help: "send every file of the document along with the result",
    },
    "require-chip-proof": {
      type: "switch",
      group: "results",
      help: "a chip that promises a proof of itself, and gives none, has failed it",
    },
    "sign-results": {
      type: "text",
      value: "KEY",
      group: "results",
      help: "private key (PKCS #8, PEM or DER) that signs what is posted (RFC 9421)",
    },
    "key-id": {
      type: "text",
      value: "NAME",
      default: "docval-server",
      group: "results",
      help: "what result servers know that key by",
    },
    strict: {
      type: "switch",
      group: "sessions",
      help: "refuse unknown fields and values that are not canonical",
    },
    "max-sessions": {
      type: "number",
      value: "N",
      min: 1,
      default: 1_000,
      group: "sessions",
      help: "connections at a time; one more is turned away with 503",
    },
    "start-timeout": seconds(10, "from the connection to START"),
    "apdu-timeout": seconds(10, "for one answer of the chip"),
    "handover-timeout": seconds(18, "for chip authentication in version 2; a client waits 20"),
    "session-timeout": seconds(120, "for all until the result is made"),
    grace: seconds(150, "for running sessions once the server is to end"),
    transcript: {
      type: "text",
      value: "DIR",
      group: "diagnosis",
      help: "write what passes in each session, redacted, a file a session",
    },
    "log-level": {
      type: "text",
      value: "LEVEL",
      choices: ["debug", "info", "warn", "error", "silent"],
      default: "info",
      group: "diagnosis",
      help: "what is written to standard error",
    },
  },
  // Help and wrong flags need none of it.
  run: async (context) => (await import("./run.js")).run(context),
});

function seconds(standard: number, help: string) {
  return {
    type: "number",
    value: "S",
    fraction: true,
    max: 86_400,
    default: standard,
    group: "sessions",
    help: `seconds ${help}`,
  } as const;
}
