import type { FileName } from "../lds/files.js";
import type { AccessFacts } from "../verification/report.js";

/**
 * What a live chip did while it was read, enough for anyone to judge it again from bytes. A reading
 * without evidence is a reading of files: no proof by a chip can be claimed for it.
 */
export type ChipEvidence = AccessEvidence | ActiveAuthenticationEvidence;

/** How a file fared: `absent` and `refused` are the chip's answers, `failed` is a reading that broke. */
export type FileOutcome = "read" | "absent" | "refused" | "failed";

/** How the chip was opened, and what it gave. One a reading, always first. */
export interface AccessEvidence {
  readonly protocol: "access-control";
  readonly access: AccessFacts;
  /** The MRZ information that opened the chip (Doc 9303-11, 9.7.2): personal data. Absent with a CAN. */
  readonly mrzInformation?: string;
  /** Every file that was asked for. */
  readonly outcomes: { readonly [name in FileName]?: FileOutcome };
}

/** Active authentication, Doc 9303-11, 6.1. */
export interface ActiveAuthenticationEvidence {
  readonly protocol: "active-authentication";
  /** RND.IFD, 8 bytes. */
  readonly challenge: Uint8Array;
  /**
   * The chip's answer, as received: ISO 9796-2 block (RSA) or signature (ECDSA, plain or DER). Empty
   * where the chip did not answer with one.
   */
  readonly signature: Uint8Array;
  /** The status word of the answer; 0x9000 unless the chip refused. */
  readonly statusWord: number;
}
