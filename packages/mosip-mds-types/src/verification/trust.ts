import { MdsError } from "../errors.js";
import { type Certificate, parseCertificate } from "../signature/certificate.js";

/** Certificates that the caller believes, in DER. */
export interface Trust {
  /** Roots of device providers, or provider certificates themselves. */
  readonly anchors: readonly Uint8Array[];
  /** Roots of trust modules, for digital ids of L1; absent, {@link anchors} serve for both. */
  readonly trustModuleAnchors?: readonly Uint8Array[];
  /** Certificates of known devices, providers and servers: 0.8.4 sends none with its signatures. Links only. */
  readonly devices?: readonly Uint8Array[];
}

export interface ParsedTrust {
  readonly anchors: readonly Certificate[];
  readonly trustModuleAnchors: readonly Certificate[];
  readonly devices: readonly Certificate[];
}

/** @throws MdsError `KEY_INVALID` when something that the caller gave is no certificate. */
export const parseTrust = (trust: Trust): ParsedTrust => {
  const anchors = trust.anchors.map(given);
  return {
    anchors,
    trustModuleAnchors: trust.trustModuleAnchors?.map(given) ?? anchors,
    devices: trust.devices?.map(given) ?? [],
  };
};

const given = (bytes: Uint8Array): Certificate => {
  try {
    return parseCertificate(bytes);
  } catch (cause) {
    throw new MdsError("KEY_INVALID", "expected a trusted certificate in DER", { cause });
  }
};
