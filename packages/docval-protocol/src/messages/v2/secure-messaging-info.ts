import * as z from "zod/mini";
import { base64, fields, int64 } from "../../json/schemas.js";

/**
 * A session of secure messaging between two exchanges, in CA_HANDOVER and CA_HANDBACK. DocVal WebSocket
 * API v2, "SecureMessagingInfo Object". All of it is secret.
 */
export const SecureMessagingInfo = /* @__PURE__ */ fields(() => ({
  /** `DESede` is two-key triple DES; which AES, the length of the keys says. */
  algorithm: z.enum(["AES", "DESede"]),
  /** KS_Enc. */
  encKey: base64(),
  /** KS_MAC. */
  macKey: base64(),
  /**
   * The counter last used: it is increased before the next command and again before its answer. Signed:
   * after basic access control its 64 bits are any bits. With AES it is the low half of the 128.
   */
  ssc: int64(),
}));
export type SecureMessagingInfo = z.output<typeof SecureMessagingInfo>;
