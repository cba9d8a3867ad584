import { card } from "../card.js";
import { optional, required } from "../fields.js";
import { keyedMessage, type ValueOf } from "../keyed-message.js";
import { integer, localText, orNull, pin, text } from "../kind.js";
import { userTimePeriods } from "../user-time-periods.js";

/** Fields of a person, the same in USER and in DATA UPDATE USERINFO. */
export const USER_FIELDS = {
  pin: required("PIN", pin),
  /** In the character set of the terminal. */
  name: optional("Name", localText),
  /** See `PRIVILEGES`. */
  privilege: optional("Pri", integer, "Privilege"),
  /** In clear text, as the protocol has it: personal, keep it out of logs. */
  password: optional("Passwd", orNull(text), "Password"),
  /** Decimal digits. */
  card: optional("Card", orNull(card)),
  /** Access group, 1 when absent. */
  group: optional("Grp", integer, "Group"),
  timePeriods: optional("TZ", userTimePeriods),
  /** See `VERIFY_MODES`; -1 or absent: the mode of the group. */
  verify: optional("Verify", integer),
  /** Second card. */
  viceCard: optional("ViceCard", orNull(text)),
} as const;

/**
 * USER, one enrolled person, in an OPERLOG body.
 *
 * Attendance PUSH 3.7, 11.5.
 *
 *     USER SP PIN= HT Name= HT Pri= HT Passwd= HT Card= HT Grp= HT TZ= HT Verify= HT ViceCard=
 */
export const UserRecord = /* @__PURE__ */ keyedMessage(
  "record",
  "USER",
  { section: "11.5" },
  USER_FIELDS,
);
export type UserRecord = ValueOf<typeof UserRecord>;
