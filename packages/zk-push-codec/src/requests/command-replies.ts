import { type CommandReplies, decodeReplies, encodeReplies } from "../replies/replies.js";
import { type MessageOf, requestCodec } from "../request-codec.js";

/**
 * A terminal says what became of commands, several in one body.
 *
 * Attendance PUSH 3.7, chapter 13, whose note says GET and whose example POST; a body needs POST.
 * The answer is a bare `OK` with `text/plain`, without which terminals send everything again. Some
 * terminals send replies to `/iclock/cdata`, without a table.
 *
 *     POST /iclock/devicecmd?SN=…
 *     ID=…&Return=…&CMD=…
 */
export const CommandRepliesRequest = /* @__PURE__ */ requestCodec({
  request: "devicecmd",
  section: "13",
  schema: ["replies"],
  method: "POST",
  path: "/iclock/devicecmd",
  query: {},
  body: {
    decode: decodeReplies,
    encode: (message: CommandReplies, context) => encodeReplies(message, context),
  },
  matches: (route) =>
    route.endpoint === "devicecmd" ||
    (route.post && route.endpoint === "cdata" && route.parameter("table") === undefined),
});
export type CommandRepliesRequest = MessageOf<typeof CommandRepliesRequest>;
