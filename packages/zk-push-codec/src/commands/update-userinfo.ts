import { keyedMessage, type ValueOf } from "../keyed-message.js";
import { USER_FIELDS } from "../records/user.js";

/**
 * Adds or changes a user. Send every field: some terminals clear what is left out.
 *
 * Attendance PUSH 3.7, 12.1.1.1.
 *
 *     DATA UPDATE USERINFO PIN= HT Name= HT Pri= HT Passwd= HT Card= HT Grp= HT TZ= HT Verify=
 *       HT ViceCard=
 */
export const UpdateUserInfo = /* @__PURE__ */ keyedMessage(
  "command",
  "DATA UPDATE USERINFO",
  { section: "12.1.1.1" },
  USER_FIELDS,
);
export type UpdateUserInfo = ValueOf<typeof UpdateUserInfo>;
