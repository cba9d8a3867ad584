import type { CloseReason } from "../close-reason.js";
import type { Transition } from "../session/transition.js";

export type ClientV2State =
  | "connecting"
  /** START is out. */
  | "started"
  | "reading"
  /** The server drives the chip. */
  | "handover"
  | "handed-back"
  /** FINISH is out. */
  | "finishing"
  | "closed";

export type ClientV2Input =
  | "open"
  | "ACCEPT"
  | "APDU"
  | "FILE"
  | "CA_HANDBACK"
  | "RESULT"
  | "CLOSE"
  /** A message that is broken, unknown, or has no place in this state. */
  | "other"
  | "answer"
  | "chip-lost"
  | "cancel"
  | "due"
  | "ended";

type Line = Transition<ClientV2State, ClientV2Input>;

const line = (
  from: ClientV2State,
  on: ClientV2Input,
  to: ClientV2State,
  ...sends: string[]
): Line => ({
  from,
  on,
  to,
  ...(sends.length === 0 ? {} : { sends }),
});

const closes = (from: ClientV2State, on: ClientV2Input, ...reasons: CloseReason[]): Line[] =>
  reasons.map((reason) => ({ from, on, to: "closed", reason }));

/** What may happen in every state. */
const anywhere = (from: ClientV2State): Line[] => [
  line(from, "CLOSE", from),
  ...closes(from, "other", "PROTOCOL_ERROR"),
  ...closes(from, "cancel", "CANCELLED_BY_USER"),
  ...closes(from, "due", "COMMUNICATION_FAILED"),
  line(from, "due", "closed"),
  line(from, "ended", "closed"),
];

const CHIP_FAILURES = [
  "NFC_CHIP_COMMUNICATION_FAILED",
  "ACCESS_CONTROL_FAILED",
  "FILE_READ_ERROR",
] as const;

/** While a chip is read by the client itself. */
const reads = (from: "reading" | "handed-back"): Line[] => [
  line(from, "answer", from),
  line(from, "answer", "finishing", "FILE ...", "FINISH"),
  ...closes(from, "answer", ...CHIP_FAILURES),
  ...closes(from, "chip-lost", "NFC_CHIP_COMMUNICATION_FAILED"),
];

/** A client of version 2. What is not listed for a state is `other` there. */
export const CLIENT_V2_TRANSITIONS: readonly Line[] = /* @__PURE__ */ (() => [
  line("connecting", "open", "started", "START"),
  ...closes("connecting", "cancel", "CANCELLED_BY_USER"),
  ...closes("connecting", "other", "PROTOCOL_ERROR"),
  line("connecting", "ended", "closed"),

  line("started", "ACCEPT", "reading"),
  ...closes("started", "ACCEPT", ...CHIP_FAILURES),
  ...anywhere("started"),

  ...reads("reading"),
  line("reading", "answer", "handover", "FILE dg14", "CA_HANDOVER"),
  ...anywhere("reading"),

  line("handover", "APDU", "handover"),
  line("handover", "answer", "handover", "APDU"),
  line("handover", "FILE", "handover"),
  line("handover", "CA_HANDBACK", "handed-back"),
  line("handover", "CA_HANDBACK", "finishing", "FILE ...", "FINISH"),
  ...closes("handover", "CA_HANDBACK", ...CHIP_FAILURES),
  line("handover", "chip-lost", "handover", "APDU 6F00"),
  ...closes("handover", "chip-lost", "NFC_CHIP_COMMUNICATION_FAILED"),
  ...closes("handover", "due", "PROTOCOL_ERROR"),
  ...anywhere("handover"),

  ...reads("handed-back"),
  ...anywhere("handed-back"),

  line("finishing", "RESULT", "finishing"),
  ...anywhere("finishing"),
])();
