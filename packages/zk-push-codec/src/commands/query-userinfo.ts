import { required } from "../fields.js";
import { keyedMessage, type ValueOf } from "../keyed-message.js";
import { pin } from "../kind.js";

/**
 * Asks for a user. He comes in an ordinary upload.
 *
 * Attendance PUSH 3.7, 12.1.3.
 *
 *     DATA QUERY USERINFO PIN=
 */
export const QueryUserInfo = /* @__PURE__ */ keyedMessage(
  "command",
  "DATA QUERY USERINFO",
  { section: "12.1.3" },
  { pin: required("PIN", pin) },
);
export type QueryUserInfo = ValueOf<typeof QueryUserInfo>;
