import type { CloseReason } from "../close-reason.js";
import type { Transition } from "../session/transition.js";

export type ClientV1State =
  | "connecting"
  /** The client reads from the chip how long APDUs may be. */
  | "preparing"
  /** The server drives the chip. */
  | "relaying"
  /** DONE came, or the result: the chip is not needed any more. */
  | "done"
  | "closed";

export type ClientV1Input =
  | "open"
  | "APDU"
  | "status"
  | "result"
  | "close message"
  /** A text that is broken, or of no known kind: clients of this version pass over it. */
  | "unknown text"
  /** A message that has no place in this state. */
  | "other"
  | "answer"
  | "chip-lost"
  | "cancel"
  | "due"
  | "ended";

type Line = Transition<ClientV1State, ClientV1Input>;

const line = (
  from: ClientV1State,
  on: ClientV1Input,
  to: ClientV1State,
  ...sends: string[]
): Line => ({
  from,
  on,
  to,
  ...(sends.length === 0 ? {} : { sends }),
});

const closes = (from: ClientV1State, on: ClientV1Input, reason: CloseReason): Line => ({
  from,
  on,
  to: "closed",
  reason,
});

/** What may happen in every state with a connection. */
const anywhere = (from: ClientV1State): Line[] => [
  line(from, "close message", from),
  line(from, "unknown text", from),
  closes(from, "other", "UNEXPECTED_MESSAGE"),
  closes(from, "cancel", "CANCELLED_BY_USER"),
  closes(from, "due", "COMMUNICATION_FAILED"),
  line(from, "due", "closed"),
  line(from, "ended", "closed"),
];

/** A client of version 1. What is not listed for a state is `other` there. */
export const CLIENT_V1_TRANSITIONS: readonly Line[] = /* @__PURE__ */ (() => [
  line("connecting", "open", "relaying", "start message"),
  line("connecting", "open", "preparing"),
  closes("connecting", "cancel", "CANCELLED_BY_USER"),
  closes("connecting", "other", "UNEXPECTED_MESSAGE"),
  line("connecting", "ended", "closed"),

  line("preparing", "answer", "preparing"),
  line("preparing", "answer", "relaying", "start message"),
  line("preparing", "chip-lost", "relaying", "start message"),
  ...anywhere("preparing"),

  line("relaying", "APDU", "relaying"),
  line("relaying", "answer", "relaying", "APDU"),
  line("relaying", "status", "relaying"),
  line("relaying", "status", "done"),
  line("relaying", "result", "done"),
  line("relaying", "chip-lost", "relaying", "APDU 6F00"),
  closes("relaying", "chip-lost", "NFC_CHIP_COMMUNICATION_FAILED"),
  ...anywhere("relaying"),

  line("done", "status", "done"),
  line("done", "result", "done"),
  ...anywhere("done"),
])();
