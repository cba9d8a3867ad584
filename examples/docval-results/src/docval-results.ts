import { command, LISTEN_FLAGS } from "@org/command";

export const docvalResults = command({
  name: "docval-results",
  summary: "A result server: takes what a DocVal server posts, and says of each what was proved",
  details: `
Any path is taken. A line a result: {"validationId","passive","chip","active","verified"}; verified is
null without --verify-key. With it, what is not signed by that key, is old, or was shown before is
refused with 401 and not written. A server posts again where an answer got lost, so that a result may
come twice.

  openssl genpkey -algorithm ed25519 -out results.pem
  openssl pkey -in results.pem -pubout -out results.pub.pem
  docval-results --port 8081 --verify-key results.pub.pem --out results`,
  flags: {
    ...LISTEN_FLAGS,
    port: { ...LISTEN_FLAGS.port, default: 8081 },
    "verify-key": {
      type: "text",
      value: "FILE",
      help: "public key (SubjectPublicKeyInfo, PEM or DER) that results must be signed with",
    },
    "key-id": {
      type: "text",
      value: "NAME",
      default: "docval-server",
      help: "what the server calls that key",
    },
    "target-uri": {
      type: "text",
      value: "URL",
      help: "the URL that the server posts to, where a proxy stands in between",
    },
    out: { type: "text", value: "DIR", help: "write whole results, for the owner's eyes only" },
  },
  // Help and wrong flags need none of it.
  run: async (context) => (await import("./run.js")).run(context),
});
