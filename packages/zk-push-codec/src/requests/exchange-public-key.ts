import { required } from "../fields.js";
import { keyValues } from "../key-values.js";
import { text } from "../kind.js";
import { type MessageOf, requestCodec, textBody } from "../request-codec.js";
import { LINES } from "../style.js";

/** Body of both directions. */
export const PUBLIC_KEY_BODY = /* @__PURE__ */ keyValues(LINES, {
  /** As the encryption library writes it: opaque. */
  publicKey: required("PublicKey", text),
});

/**
 * A terminal sends its public key and is given the server's.
 *
 * Attendance PUSH 3.7, chapter 6; flow in appendix 8. The answer is `PublicKeyReply`. The algorithm
 * is in a library that is not published: see `EncryptionProvider`.
 *
 *     POST /iclock/exchange?SN=…&type=publickey
 *     PublicKey=…
 */
export const PublicKeyRequest = /* @__PURE__ */ requestCodec({
  request: "publickey",
  section: "6",
  schema: ["PublicKey"],
  since: "2.4.0",
  method: "POST",
  path: "/iclock/exchange",
  fixed: [["type", "publickey"]],
  query: {},
  body: textBody({
    decode: (body, context) => ({ body: PUBLIC_KEY_BODY.decode(body, context, "publickey") }),
    encode: (message, context) => PUBLIC_KEY_BODY.encode(message.body, context, "publickey"),
  }),
  matches: (route) =>
    route.endpoint === "exchange" && route.parameter("type")?.toLowerCase() === "publickey",
});
export type PublicKeyRequest = MessageOf<typeof PublicKeyRequest>;
