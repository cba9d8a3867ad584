import { contextOf } from "../context.js";
import { optional } from "../fields.js";
import { AttendancePhoto } from "../records/attendance-photo.js";
import { isTable, type MessageOf, requestCodec } from "../request-codec.js";
import { stamp } from "../stamp.js";

/**
 * Upload of one picture taken at a punch, of anybody (11.3) or of an identity card's holder (11.8).
 *
 * Attendance PUSH 3.7, 11.3. The answer is a bare `OK`. Old terminals send it to `/iclock/fdata`
 * with PhotoStamp and no table.
 *
 *     POST /iclock/cdata?SN=…&table=ATTPHOTO&Stamp=…
 *     one AttendancePhoto
 */
export const AttendancePhotoUpload = /* @__PURE__ */ requestCodec({
  request: "ATTPHOTO",
  section: "11.3",
  schema: ["ATTPHOTO"],
  method: "POST",
  path: "/iclock/cdata",
  fixed: [["table", "ATTPHOTO"]],
  query: { stamp: optional("Stamp", stamp, "PhotoStamp", "ATTPHOTOStamp") },
  body: {
    decode: (body, context) => ({ photo: AttendancePhoto.decode(body, context) }),
    encode: (message: { readonly photo: AttendancePhoto }, context) =>
      AttendancePhoto.encode(message.photo, contextOf(context)),
  },
  matches: (route) =>
    isTable(route, "ATTPHOTO") ||
    (route.post && route.endpoint === "fdata" && route.parameter("table") === undefined),
});
export type AttendancePhotoUpload = MessageOf<typeof AttendancePhotoUpload>;
