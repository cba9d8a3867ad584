import * as z from "zod/mini";
import { SecureMessagingInfo } from "./secure-messaging-info.js";
import { textMessage } from "./text-message.js";

/** A limit beyond the longest extended APDU is none. */
const length = () => z.int().check(z.gte(1));

/**
 * CA_HANDOVER, client to server: the server is to drive the chip and have it prove itself. FILE dg14 was
 * sent before. DocVal WebSocket API v2, "CA_HANDOVER".
 */
export const CaHandover = /* @__PURE__ */ textMessage("CA_HANDOVER", () => ({
  /** Bytes of a protected APDU at most, also what its Le may say. */
  maxTransceiveLengthForSecureMessaging: length(),
  /** Bytes of a file at most that one READ BINARY may ask for. */
  maxBlockSize: length(),
  /** The session that access control opened. */
  secureMessagingInfo: SecureMessagingInfo,
}));
export type CaHandover = z.output<typeof CaHandover.schema>;
