import { type MessageOf, NO_BODY, requestCodec } from "../request-codec.js";

/**
 * A terminal asks for commands.
 *
 * Attendance PUSH 3.7, chapter 12. The answer is `CommandsReply`.
 *
 *     GET /iclock/getrequest?SN=…
 */
export const GetCommandRequest = /* @__PURE__ */ requestCodec({
  request: "getrequest",
  section: "12",
  method: "GET",
  path: "/iclock/getrequest",
  query: {},
  body: NO_BODY,
  matches: (route) => route.endpoint === "getrequest" && route.parameter("INFO") === undefined,
});
export type GetCommandRequest = MessageOf<typeof GetCommandRequest>;
