import { v1, v2 } from "../../src/index.js";

/** Frames of a client of version 2, one of each kind. */
export const START = v2.encodeMessage({
  type: "START",
  validationId: "v",
  clientId: "test",
  platform: "android",
  nfcAdapterSupportsExtendedLength: true,
  enableDiagnostics: true,
});
export const CA_HANDOVER = v2.encodeMessage({
  type: "CA_HANDOVER",
  maxTransceiveLengthForSecureMessaging: 65_536,
  maxBlockSize: 4_096,
  secureMessagingInfo: {
    algorithm: "AES",
    encKey: new Uint8Array(16),
    macKey: new Uint8Array(16),
    ssc: 0n,
  },
});
export const FINISH = v2.encodeMessage({ type: "FINISH", sendResult: true });
export const MONITORING = v2.encodeMessage({ type: "MONITORING", message: "Step: DG1" });
export const file = (name: string, ...data: number[]) =>
  Uint8Array.of(0x01, name.length, ...new TextEncoder().encode(name), ...data);
export const apdu = (...data: number[]) => Uint8Array.of(0x02, ...data);

/** The first message of a client of version 1. */
export const START_1 = v1.Start.encode({
  client_id: "test",
  validation_id: "v",
  access_key: { can: "123456" },
  nfc_adapter_supports_extended_length: true,
  platform: "ios",
});
