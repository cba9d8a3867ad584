import { required } from "../fields.js";
import { keyValues } from "../key-values.js";
import { text } from "../kind.js";
import { type MessageOf, requestCodec, textBody } from "../request-codec.js";
import { LINES } from "../style.js";

/** Body of both directions. */
export const FACTORS_BODY = /* @__PURE__ */ keyValues(LINES, {
  /** Encrypted to the other side's public key: opaque. */
  factors: required("Factors", text),
});

/**
 * A terminal sends its half of the session key and is given the server's.
 *
 * Attendance PUSH 3.7, chapter 7; flow in appendix 8. The answer is `FactorsReply`.
 *
 *     POST /iclock/exchange?SN=…&type=factors
 *     Factors=…
 */
export const FactorsRequest = /* @__PURE__ */ requestCodec({
  request: "factors",
  section: "7",
  schema: ["Factors"],
  since: "2.4.0",
  method: "POST",
  path: "/iclock/exchange",
  fixed: [["type", "factors"]],
  query: {},
  body: textBody({
    decode: (body, context) => ({ body: FACTORS_BODY.decode(body, context, "factors") }),
    encode: (message, context) => FACTORS_BODY.encode(message.body, context, "factors"),
  }),
  matches: (route) =>
    route.endpoint === "exchange" && route.parameter("type")?.toLowerCase() === "factors",
});
export type FactorsRequest = MessageOf<typeof FactorsRequest>;
