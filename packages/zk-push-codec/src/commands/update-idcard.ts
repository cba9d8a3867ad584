import { keyedMessage, type ValueOf } from "../keyed-message.js";
import { IDENTITY_CARD_FIELDS } from "../records/identity-card.js";

/**
 * Adds or changes an identity card.
 *
 * Attendance PUSH 3.7, 12.1.1.2.
 *
 *     DATA UPDATE IDCARD PIN= HT SNNum= HT IDNum= HT … HT Notice=
 */
export const UpdateIdentityCard = /* @__PURE__ */ keyedMessage(
  "command",
  "DATA UPDATE IDCARD",
  { section: "12.1.1.2", since: "2.3.0" },
  IDENTITY_CARD_FIELDS,
);
export type UpdateIdentityCard = ValueOf<typeof UpdateIdentityCard>;
