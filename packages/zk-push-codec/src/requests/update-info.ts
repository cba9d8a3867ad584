import { deviceInfo } from "../device-info.js";
import { required } from "../fields.js";
import { queried } from "../query.js";
import { type MessageOf, NO_BODY, requestCodec } from "../request-codec.js";

/**
 * A terminal asks for commands and says how full it is.
 *
 * Attendance PUSH 3.7, chapter 9, which prints the method once as `Get`. The answer is
 * `CommandsReply`.
 *
 *     GET /iclock/getrequest?SN=…&INFO=firmware,users,fingerprints,…
 */
export const UpdateInfoRequest = /* @__PURE__ */ requestCodec({
  request: "info",
  section: "9",
  method: "GET",
  path: "/iclock/getrequest",
  query: { info: required("INFO", queried(deviceInfo)) },
  body: NO_BODY,
  matches: (route) => route.endpoint === "getrequest" && route.parameter("INFO") !== undefined,
});
export type UpdateInfoRequest = MessageOf<typeof UpdateInfoRequest>;
