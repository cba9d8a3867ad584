import { optional } from "../fields.js";
import { isTable, type MessageOf, requestCodec } from "../request-codec.js";
import { stamp } from "../stamp.js";

/**
 * Upload of many records of an OPERLOG body in one compressed packet.
 *
 * Attendance PUSH 3.7, 11.14. The answer is `OK:n`. `openPacket` unpacks it within limits.
 *
 *     POST /iclock/cdata?SN=…&table=OPERLOG&ContentType=tgz
 *     tar, gzip
 */
export const PacketUpload = /* @__PURE__ */ requestCodec({
  request: "packet",
  section: "11.14",
  schema: ["tgz"],
  method: "POST",
  path: "/iclock/cdata",
  fixed: [
    ["table", "OPERLOG"],
    ["ContentType", "tgz"],
  ],
  query: { stamp: optional("Stamp", stamp) },
  body: {
    decode: (body) => ({ packet: body }),
    encode: (message: { readonly packet: Uint8Array }) => message.packet,
  },
  matches: (route) =>
    isTable(route, "OPERLOG", "IDCARD", "BIODATA", "ERRORLOG") &&
    route.parameter("ContentType")?.toLowerCase() === "tgz",
});
export type PacketUpload = MessageOf<typeof PacketUpload>;
