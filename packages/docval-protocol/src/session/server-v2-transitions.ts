import type { CloseReason } from "../close-reason.js";
import type { Transition } from "./transition.js";

export type ServerV2State =
  | "waiting-for-start"
  /** The client reads; files come in. */
  | "reading"
  /** The server drives the chip. */
  | "handover"
  /** As `reading`, and chip authentication is behind. */
  | "handed-back"
  /** The result is on its way to the result server. */
  | "delivering"
  | "closed";

export type ServerV2Input =
  | "START"
  | "CA_HANDOVER"
  | "FINISH"
  | "MONITORING"
  | "FILE"
  | "APDU"
  /** A message that is broken, unknown, or has no place in this state. */
  | "other"
  /** A text that is no JSON. */
  | "no JSON"
  | "due"
  | "delivered"
  | "gone";

type Line = Transition<ServerV2State, ServerV2Input>;

const line = (
  from: ServerV2State,
  on: ServerV2Input,
  to: ServerV2State,
  ...sends: string[]
): Line => ({
  from,
  on,
  to,
  ...(sends.length === 0 ? {} : { sends }),
});

const closes = (from: ServerV2State, on: ServerV2Input, ...reasons: (CloseReason | "")[]): Line[] =>
  reasons.map((reason) => ({ from, on, to: "closed", reason }));

const CHIP_FAILURES = ["EMRTD_PASSPORT_READER_ERROR", "FILE_READ_ERROR", "PROTOCOL_ERROR"] as const;

/** What can go wrong in every state in which a client is listened to. */
const broken = (from: ServerV2State): Line[] => [
  ...closes(from, "other", "PROTOCOL_ERROR"),
  ...closes(from, "no JSON", "MALFORMED_JSON"),
  ...closes(from, "gone", "COMMUNICATION_FAILED"),
];

/** A server of version 2. What is not listed for a state is `other` there. */
export const SERVER_V2_TRANSITIONS: readonly Line[] = /* @__PURE__ */ (() => [
  line("waiting-for-start", "START", "reading", "ACCEPT"),
  ...closes("waiting-for-start", "START", "INVALID_CLIENT_ID", "INVALID_START_MESSAGE"),
  ...closes("waiting-for-start", "due", "TIMEOUT_WHILE_WAITING_FOR_START_MESSAGE"),
  ...broken("waiting-for-start"),

  line("reading", "FILE", "reading"),
  line("reading", "MONITORING", "reading"),
  line("reading", "CA_HANDOVER", "handover", "APDU"),
  ...closes("reading", "CA_HANDOVER", ...CHIP_FAILURES, "SERVER_ERROR"),
  line("reading", "FINISH", "delivering"),
  ...closes("reading", "FINISH", "PROTOCOL_ERROR", "SERVER_ERROR"),
  ...closes("reading", "due", "MAX_SESSION_TIME_EXCEEDED"),
  ...broken("reading"),

  line("handover", "APDU", "handover", "APDU"),
  line("handover", "APDU", "handed-back", "FILE dg1", "CA_HANDBACK"),
  ...closes("handover", "APDU", ...CHIP_FAILURES, "SERVER_ERROR"),
  line("handover", "FILE", "handover"),
  line("handover", "MONITORING", "handover"),
  ...closes("handover", "due", "TIMEOUT_WHILE_WAITING_FOR_RESPONSE", "MAX_SESSION_TIME_EXCEEDED"),
  ...broken("handover"),

  line("handed-back", "FILE", "handed-back"),
  line("handed-back", "MONITORING", "handed-back"),
  line("handed-back", "FINISH", "delivering"),
  ...closes("handed-back", "FINISH", "PROTOCOL_ERROR", "SERVER_ERROR"),
  ...closes("handed-back", "due", "MAX_SESSION_TIME_EXCEEDED"),
  ...broken("handed-back"),

  // The result is made: nothing that the client still says changes it.
  ...(
    ["START", "CA_HANDOVER", "FINISH", "MONITORING", "FILE", "APDU", "other", "no JSON"] as const
  ).map((on) => line("delivering", on, "delivering")),
  line("delivering", "gone", "delivering"),
  { from: "delivering", on: "delivered", to: "closed", sends: ["RESULT if asked for"], reason: "" },
  ...closes("delivering", "delivered", "POST_TO_RESULT_SERVER_FAILED"),
])();
