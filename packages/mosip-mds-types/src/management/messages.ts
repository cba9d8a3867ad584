import { jsonMessage, type MessageOf } from "../message.js";
import { ZONED_TIME } from "../vocabulary/time.js";

/*
 * Between a device and its provider's management server. Every version leaves these messages to the
 * provider and gives rules for them: they are signed, carry a time with milliseconds inside the signature
 * and the signed digital id; the server answers the device's own question with its commands; nothing of a
 * capture is ever in them. These messages keep the rules.
 */

/** What a server may tell a device. There is no command to capture, and none may be added. */
export const MANAGEMENT_COMMANDS = ["rotate-key", "deregister", "collect-info"] as const;
export type ManagementCommand = (typeof MANAGEMENT_COMMANDS)[number];

const NONCE = /^[A-Za-z0-9_-]{16,64}$/;

/** Device to server: "here I am". Signed by the trust module for L1, by the device key for L0. */
export const ManagementRequest = /* @__PURE__ */ jsonMessage("management request", (f) =>
  f.object({
    /** Signed, and made for this request. */
    digitalId: f.filled(),
    timestamp: f.matching(ZONED_TIME),
    /** Made anew for each request; the answer repeats it. */
    nonce: f.matching(NONCE),
    /** The public key that wants a certificate, DER in base64: at first, and after `rotate-key`. */
    publicKey: f.optional(f.filled()),
    /** Answer to `collect-info`. */
    info: f.optional(
      f.object({
        firmware: f.text(),
        serviceVersion: f.text(),
        status: f.text(),
        /** When the certificate of the device key runs out. */
        certificateExpiry: f.optional(f.text()),
      }),
    ),
  }),
);
export type ManagementRequest = MessageOf<typeof ManagementRequest>;

/** Server to device. Signed by the management server. */
export const ManagementReply = /* @__PURE__ */ jsonMessage("management reply", (f) =>
  f.object({
    nonce: f.matching(NONCE),
    /** The server's time: the only one that the device may trust. */
    time: f.matching(ZONED_TIME),
    /** Certificates for the public key of the request, the device's own first, DER in base64. */
    certificates: f.optional(f.list(f.filled())),
    /** From the device server, once the device is registered. */
    deviceCode: f.optional(f.text()),
    commands: f.list(f.word(MANAGEMENT_COMMANDS)),
    refused: f.optional(f.word(["not-approved", "not-genuine", "too-old", "key-in-use"])),
  }),
);
export type ManagementReply = MessageOf<typeof ManagementReply>;
