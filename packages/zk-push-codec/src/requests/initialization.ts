import { optional } from "../fields.js";
import { integer, text } from "../kind.js";
import { queried } from "../query.js";
import { type MessageOf, NO_BODY, requestCodec } from "../request-codec.js";

/**
 * First request of a terminal after it was switched on or lost the server: it asks for its options.
 *
 * Attendance PUSH 3.7, chapter 5; the answer is `InitializationReply`.
 *
 *     GET /iclock/cdata?SN=…&options=all&pushver=…&language=…&pushcommkey=…
 */
export const InitializationRequest = /* @__PURE__ */ requestCodec({
  request: "initialization",
  section: "5",
  method: "GET",
  path: "/iclock/cdata",
  fixed: [["options", "all"]],
  query: {
    /** Protocol version of the terminal; absent: 2.2.14. See `negotiateVersion`. */
    pushVersion: optional("pushver", queried(text)),
    /** See `LANGUAGES`; it decides the character set of names. */
    language: optional("language", queried(integer)),
    /** Shared secret of this terminal, compared and never interpreted. */
    commKey: optional("pushcommkey", queried(text)),
    /** `att`, `pid` or `ins`, from later firmware; `acc`: it would rather speak another dialect. */
    deviceType: optional("DeviceType", queried(text)),
    /** 1: the terminal can push its options (chapter 8). */
    pushOptionsFlag: optional("PushOptionsFlag", queried(integer)),
  },
  body: NO_BODY,
  matches: (route) =>
    route.endpoint === "cdata" && !route.post && route.parameter("options") !== undefined,
});
export type InitializationRequest = MessageOf<typeof InitializationRequest>;
