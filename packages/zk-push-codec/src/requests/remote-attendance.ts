import { optional, required } from "../fields.js";
import { pin, text } from "../kind.js";
import { queried } from "../query.js";
import { type MessageOf, NO_BODY, requestCodec } from "../request-codec.js";

/**
 * Somebody who is not enrolled at this terminal entered his PIN: it asks for the person.
 *
 * Attendance PUSH 3.7, chapter 14. Old terminals leave the table out. The answer is
 * `RemoteAttendanceReply`.
 *
 *     GET /iclock/cdata?SN=…&table=RemoteAtt&PIN=…
 */
export const RemoteAttendanceRequest = /* @__PURE__ */ requestCodec({
  request: "RemoteAtt",
  section: "14",
  method: "GET",
  path: "/iclock/cdata",
  query: {
    /** `RemoteAtt`; absent in the older form. */
    table: optional("table", queried(text)),
    pin: required("PIN", queried(pin)),
  },
  body: NO_BODY,
  matches: (route) => {
    if (route.endpoint !== "cdata" || route.post || route.parameter("PIN") === undefined) {
      return false;
    }
    const table = route.parameter("table")?.toLowerCase();
    return (
      (table === undefined || table === "remoteatt") &&
      route.parameter("AuthType") === undefined &&
      route.parameter("options") === undefined
    );
  },
});
export type RemoteAttendanceRequest = MessageOf<typeof RemoteAttendanceRequest>;
