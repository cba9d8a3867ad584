import { optional } from "../fields.js";
import { text } from "../kind.js";
import { queried } from "../query.js";
import { type MessageOf, NO_BODY, requestCodec } from "../request-codec.js";

/**
 * A terminal fetches the firmware that UPGRADE named.
 *
 * Attendance PUSH 3.7, 12.8.2. The URL is the one of the command, sent back by the terminal: it
 * says which file is meant and must never be fetched.
 *
 *     GET /iclock/file?SN=…&url=…
 */
export const GetFileRequest = /* @__PURE__ */ requestCodec({
  request: "file",
  section: "12.8.2",
  method: "GET",
  path: "/iclock/file",
  query: { url: optional("url", queried(text)) },
  body: NO_BODY,
  matches: (route) => route.endpoint === "file" && route.parameter("SN") !== undefined,
});
export type GetFileRequest = MessageOf<typeof GetFileRequest>;
