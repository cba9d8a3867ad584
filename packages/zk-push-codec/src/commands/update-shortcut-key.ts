import { optional, required } from "../fields.js";
import { keyedMessage, type ValueOf } from "../keyed-message.js";
import { integer, text } from "../kind.js";

/**
 * Defines a shortcut key.
 *
 * Attendance PUSH 3.7, 12.1.1.13, which writes `StatusCode==`: one equals sign is meant, and written.
 *
 *     DATA UPDATE ShortcutKey KeyID= HT KeyFun= HT StatusCode= HT ShowName= HT AutoState=
 *       HT AutoTime= HT Sun= HT Mon= HT Tue= HT Wed= HT Thu= HT Fri= HT Sat=
 */
export const UpdateShortcutKey = /* @__PURE__ */ keyedMessage(
  "command",
  "DATA UPDATE ShortcutKey",
  { section: "12.1.1.13" },
  {
    /** See `SHORTCUT_KEYS`. */
    key: required("KeyID", integer),
    /** See `SHORTCUT_FUNCTIONS`. */
    function: optional("KeyFun", integer),
    /** Attendance status that the key sets. */
    statusCode: optional("StatusCode", integer),
    showName: optional("ShowName", text),
    /** 1: switches on its own at the times of {@link autoTime}. */
    autoState: optional("AutoState", integer),
    /** `08:00;09:00;…`, Monday to Sunday. */
    autoTime: optional("AutoTime", text),
    sunday: optional("Sun", integer),
    monday: optional("Mon", integer),
    tuesday: optional("Tue", integer),
    wednesday: optional("Wed", integer),
    thursday: optional("Thu", integer),
    friday: optional("Fri", integer),
    saturday: optional("Sat", integer),
  },
);
export type UpdateShortcutKey = ValueOf<typeof UpdateShortcutKey>;
