/** What is kept of a proof by the chip, enough for anyone to check it again. */
export type ChipEvidence = ActiveAuthenticationEvidence;

/** Doc 9303-11, 6.1. */
export interface ActiveAuthenticationEvidence {
  readonly protocol: "active-authentication";
  /** RND.IFD, 8 bytes. */
  readonly challenge: Uint8Array;
  /** The chip's answer, as received: ISO 9796-2 block (RSA) or signature (ECDSA, plain or DER). */
  readonly signature: Uint8Array;
}
