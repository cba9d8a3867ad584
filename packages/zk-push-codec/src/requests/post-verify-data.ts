import { wireOf } from "../bytes.js";
import { decodeText } from "../charset.js";
import { optional } from "../fields.js";
import { text } from "../kind.js";
import { queried } from "../query.js";
import { type MessageOf, requestCodec } from "../request-codec.js";

/**
 * A terminal recognised somebody and asks whether he may pass.
 *
 * Attendance PUSH 3.7, 12.8.3. The document names it PostVerifyData and once PostRecordData; both
 * are read. It says that the number of the person is sent and not how: the body is read as a text
 * of one line, and its first column is the PIN. Before, terminals sent `AuthType` in the query
 * (PWD, CARD, FP or FACE). The answer is `OK` to let him pass.
 *
 *     POST /iclock/cdata?SN=…&type=PostVerifyData
 *     PIN
 */
export const PostVerifyDataRequest = /* @__PURE__ */ requestCodec({
  request: "PostVerifyData",
  section: "12.8.3",
  schema: ["data"],
  method: "POST",
  path: "/iclock/cdata",
  query: {
    /** PostVerifyData; absent in the older form. */
    type: optional("type", queried(text)),
    /** How the person was recognised, in the older form. */
    authType: optional("AuthType", queried(text)),
    pin: optional("PIN", queried(text)),
  },
  body: {
    decode: (body) => ({ data: body }),
    encode: (message: { readonly data: Uint8Array }) => message.data,
  },
  matches: (route) =>
    route.endpoint === "cdata" &&
    (route.parameter("AuthType") !== undefined ||
      ["postverifydata", "postrecorddata"].includes(route.parameter("type")?.toLowerCase() ?? "")),
});
export type PostVerifyDataRequest = MessageOf<typeof PostVerifyDataRequest>;

/** The person that is asked about: PIN of the query, of `PIN=` in the body, or its first column. */
export const verifiedPin = (message: PostVerifyDataRequest): string | undefined => {
  if (message.pin !== undefined) return message.pin;
  const data = decodeText(wireOf(message.data), "utf-8").text;
  const named = /(?:^|[\t\n&,])PIN=([^\0\t\r\n&,]+)/i.exec(data)?.[1];
  const pin = named ?? /^[^\0\t\r\n]*/.exec(data)?.[0];
  return pin === "" ? undefined : pin;
};
