import { concatBytes } from "../bytes.js";
import type { KeyAgreementParameters } from "../crypto/key-agreement.js";
import type { CryptoProvider } from "../crypto/provider.js";

/**
 * What ties terminal authentication to one session with one chip (Doc 9303-11, 7.1.2). The challenge alone
 * would let a signature be carried to another chip.
 */
export interface TerminalBinding {
  /** ID_IC: the document number with its check digit, or Comp(PK_DH,IC) of PACE. Personal where a number. */
  readonly chipIdentifier: Uint8Array;
  /** Comp(PK_DH,IFD): the terminal's key of chip authentication, or of PACE with its mapping. */
  readonly terminalKey: Uint8Array;
}

/**
 * Comp(PK): the x coordinate of a point, in its full width; SHA-1 of a public value, in the fewest bytes
 * (7.1.4.1.3, 7.1.4.2.3, 9.4.1).
 */
export const compressKey = (
  type: KeyAgreementParameters["type"],
  element: Uint8Array,
  crypto: CryptoProvider,
): Uint8Array =>
  type === "EC"
    ? element.slice(1, 1 + (element.length - 1) / 2)
    : crypto.hash("SHA-1", withoutLeadingZeros(element));

const withoutLeadingZeros = (integer: Uint8Array): Uint8Array => {
  const start = integer.findIndex((byte) => byte !== 0);
  return integer.subarray(start < 0 ? integer.length - 1 : start);
};

/** Characters of the two dates after the number, each with its check digit. */
const DATES = 14;

/** ID_IC after basic access control: the number at the beginning of the MRZ information (9.7.2). */
export const chipIdentifierOfMrz = (mrzInformation: string): Uint8Array =>
  new TextEncoder().encode(mrzInformation.slice(0, -DATES));

/** What the terminal signs: ID_IC || r_IC || Comp(PK_DH,IFD). */
export const terminalMessage = (
  { chipIdentifier, terminalKey }: TerminalBinding,
  challenge: Uint8Array,
): Uint8Array<ArrayBuffer> => concatBytes(chipIdentifier, challenge, terminalKey);
