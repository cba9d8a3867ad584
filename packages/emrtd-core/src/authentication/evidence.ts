import type { PaceTranscript } from "../access/pace.js";
import type { FileName } from "../lds/files.js";
import type { Oid } from "../oid.js";
import type { AccessFacts } from "../verification/report.js";
import type { TerminalAuthenticationStep } from "./terminal.js";

/**
 * What a live chip did while it was read, enough for anyone to judge it again from bytes. A reading
 * without evidence is a reading of files: no proof by a chip can be claimed for it.
 *
 * Evidence holds the terminal's own ephemeral keys: with them anyone can decrypt a recording of that
 * session, so it is as personal as the document.
 */
export type ChipEvidence =
  | AccessEvidence
  | ActiveAuthenticationEvidence
  | ChipAuthenticationEvidence
  | ChipAuthenticationMappingEvidence
  | TerminalAuthenticationEvidence;

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

/** Chip authentication version 1, Doc 9303-11, 6.2: the chip answered under keys that only it can have. */
export interface ChipAuthenticationEvidence {
  readonly protocol: "chip-authentication";
  /** The protocol that ran, e.g. id-CA-ECDH-AES-CBC-CMAC-128. */
  readonly oid: Oid;
  /** Which key of DG14, where it has several. */
  readonly keyId?: number;
  /** SK_DH,IFD of the terminal. */
  readonly privateKey: Uint8Array;
  /** The status word of the key agreement; 0x9000 unless the chip refused. */
  readonly statusWord: number;
  /**
   * Data field of the first answer under the new keys, as received; empty where there was none. Its
   * checksum is the proof.
   */
  readonly answer: Uint8Array;
}

/** Chip authentication mapping of PACE, Doc 9303-11, 4.4.3.5. */
export interface ChipAuthenticationMappingEvidence {
  readonly protocol: "chip-authentication-mapping";
  /** The protocol that ran, e.g. id-PACE-ECDH-CAM-AES-CBC-CMAC-128. */
  readonly oid: Oid;
  /** Identifier of the domain parameters (Doc 9303-11, 9.5.1), which is the identifier of the key too. */
  readonly parameterId: number;
  readonly transcript: PaceTranscript;
}

/** Terminal authentication version 1, Doc 9303-11, 7.1: what the terminal showed the chip, and what it said. */
export interface TerminalAuthenticationEvidence {
  readonly protocol: "terminal-authentication";
  /** Names of the authorities whose terminals the chip knows, the most recent first. */
  readonly authorityReferences: readonly string[];
  /**
   * How far it came: `no-bound-key` where the chip was not authenticated before, `no-chain` where none of the
   * certificates leads to an authority that the chip named, else the last command.
   */
  readonly step: "no-bound-key" | "no-chain" | TerminalAuthenticationStep;
  /** Of the last command; 0 where none was sent. */
  readonly statusWord: number;
  /** The chain as it was sent, the terminal's certificate last. */
  readonly certificates: readonly Uint8Array[];
  /** ID_IC. After basic access control the document number with its check digit: personal data. */
  readonly chipIdentifier: Uint8Array;
  /** Comp(PK_DH,IFD). */
  readonly terminalKey: Uint8Array;
  /** r_IC; empty where it did not come to that. */
  readonly challenge: Uint8Array;
  /** s_IFD, likewise. */
  readonly signature: Uint8Array;
}
