import { type MessageOf, NO_BODY, requestCodec } from "../request-codec.js";

/**
 * Sign of life while a large upload is under way.
 *
 * Attendance PUSH 3.7, chapter 10: its note says POST and its example GET; both are read, GET is
 * written. The answer is a bare `OK`.
 *
 *     GET /iclock/ping?SN=…
 */
export const PingRequest = /* @__PURE__ */ requestCodec({
  request: "ping",
  section: "10",
  method: "GET",
  path: "/iclock/ping",
  query: {},
  body: NO_BODY,
  matches: (route) => route.endpoint === "ping",
});
export type PingRequest = MessageOf<typeof PingRequest>;
