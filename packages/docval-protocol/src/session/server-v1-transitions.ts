import type { CloseReason } from "../close-reason.js";
import type { Transition } from "./transition.js";

export type ServerV1State =
  | "waiting-for-start"
  /** A command is out at the chip. */
  | "relaying"
  /** The result is on its way to the result server. */
  | "delivering"
  | "closed";

export type ServerV1Input = "start message" | "text" | "APDU" | "due" | "delivered" | "gone";

type Line = Transition<ServerV1State, ServerV1Input>;

const closes = (from: ServerV1State, on: ServerV1Input, ...reasons: (CloseReason | "")[]): Line[] =>
  reasons.map((reason) => ({ from, on, to: "closed", reason }));

const CHIP_FAILURES = [
  "INVALID_ACCESS_KEY_VALUES",
  "ACCESS_CONTROL_FAILED",
  "FILE_READ_ERROR",
  "EMRTD_PASSPORT_READER_ERROR",
] as const;

/** A server of version 1. */
export const SERVER_V1_TRANSITIONS: readonly Line[] = /* @__PURE__ */ (() => [
  { from: "waiting-for-start", on: "start message", to: "relaying", sends: ["status", "APDU"] },
  ...closes(
    "waiting-for-start",
    "start message",
    "INVALID_START_MESSAGE",
    "INVALID_CLIENT_ID",
    ...CHIP_FAILURES,
    "SERVER_ERROR",
  ),
  ...closes("waiting-for-start", "APDU", "UNEXPECTED_MESSAGE"),
  ...closes("waiting-for-start", "due", "TIMEOUT_WHILE_WAITING_FOR_START_MESSAGE"),
  ...closes("waiting-for-start", "gone", "COMMUNICATION_FAILED"),

  { from: "relaying", on: "APDU", to: "relaying", sends: ["status before a step", "APDU"] },
  {
    from: "relaying",
    on: "APDU",
    to: "delivering",
    sends: ["status PASSIVE_AUTHENTICATION", "status DONE"],
  },
  ...closes("relaying", "APDU", ...CHIP_FAILURES, "SERVER_ERROR", "UNEXPECTED_MESSAGE"),
  ...closes("relaying", "text", "UNEXPECTED_MESSAGE"),
  ...closes("relaying", "due", "TIMEOUT_WHILE_WAITING_FOR_RESPONSE", "MAX_SESSION_TIME_EXCEEDED"),
  ...closes("relaying", "gone", "COMMUNICATION_FAILED"),

  // The result is made: nothing that the client still says changes it.
  { from: "delivering", on: "text", to: "delivering" },
  { from: "delivering", on: "APDU", to: "delivering" },
  { from: "delivering", on: "gone", to: "delivering" },
  { from: "delivering", on: "delivered", to: "closed", sends: ["result if asked for"], reason: "" },
  ...closes("delivering", "delivered", "POST_TO_RESULT_SERVER_FAILED"),
])();
