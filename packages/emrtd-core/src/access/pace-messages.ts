import { concatBytes } from "../bytes.js";
import { EmrtdError } from "../errors.js";
import type { CommandApdu } from "../iso7816/command-apdu.js";
import { encodeOid, type Oid } from "../oid.js";
import { decodeTlv, encodeTlv } from "../tlv.js";

/** Data objects of GENERAL AUTHENTICATE for PACE (Doc 9303-11, 4.4.5, table 4). */
export const PACE_TAG = {
  encryptedNonce: 0x80,
  terminalMapping: 0x81,
  chipMapping: 0x82,
  terminalPublicKey: 0x83,
  chipPublicKey: 0x84,
  terminalToken: 0x85,
  chipToken: 0x86,
  /** Most recent certification authority reference, then the one before. */
  authorityReference: 0x87,
  previousAuthorityReference: 0x88,
  encryptedChipAuthenticationData: 0x8a,
} as const;

/** Dynamic authentication data. */
const TEMPLATE = 0x7c;

/** Data objects by tag. */
export type AuthenticationData = ReadonlyMap<number, Uint8Array>;

export const encodeAuthenticationData = (
  objects: readonly (readonly [tag: number, value: Uint8Array])[],
): Uint8Array<ArrayBuffer> =>
  encodeTlv(TEMPLATE, ...objects.map(([tag, value]) => encodeTlv(tag, value)));

/** The data objects inside; undefined where it is no template, or one of them stands twice. */
export const decodeAuthenticationData = (data: Uint8Array): AuthenticationData | undefined => {
  try {
    const template = decodeTlv(data);
    if (template.tag !== TEMPLATE) return undefined;
    const objects = template.children();
    const byTag = new Map(objects.map(({ tag, value }) => [tag, value]));
    return byTag.size === objects.length ? byTag : undefined;
  } catch (error) {
    if (error instanceof EmrtdError) return undefined;
    throw error;
  }
};

/** Reference of a password in MSE:Set AT (4.4.4.1; TR-03110-3, B.14.1 for 3 and 4). */
export const PASSWORD_REFERENCE = { mrz: 1, can: 2, pin: 3, puk: 4 } as const;
export type PasswordKind = keyof typeof PASSWORD_REFERENCE;

/** What MSE:Set AT for PACE says. */
export interface PaceSelection {
  readonly protocol: Oid;
  readonly password: PasswordKind;
  /** Identifier of the domain parameters, where several are on offer. */
  readonly parameterId?: number;
  /** DER of a certificate holder authorization template: asks for authority references. */
  readonly authorization?: Uint8Array;
}

/** MSE:Set AT, which selects protocol, password and parameters (4.4.4.1). */
export const selectPace = (selection: PaceSelection): CommandApdu => ({
  cla: 0x00,
  ins: 0x22,
  p1: 0xc1,
  p2: 0xa4,
  data: concatBytes(
    encodeTlv(0x80, encodeOid(selection.protocol)),
    encodeTlv(0x83, Uint8Array.of(PASSWORD_REFERENCE[selection.password])),
    selection.parameterId === undefined
      ? new Uint8Array()
      : encodeTlv(0x84, Uint8Array.of(selection.parameterId)),
    selection.authorization ?? new Uint8Array(),
  ),
});

/** Bytes of tags, lengths and status beside the largest object of an answer. */
const ANSWER_OVERHEAD = 16;

/**
 * One GENERAL AUTHENTICATE of the chain (4.4.4.2). The chaining bit says that another follows.
 *
 * @param largest bytes of the largest object that is expected: decides short or extended Le.
 */
export const generalAuthenticate = (
  objects: readonly (readonly [tag: number, value: Uint8Array])[],
  options: { readonly last: boolean; readonly largest: number },
): CommandApdu => ({
  cla: options.last ? 0x00 : 0x10,
  ins: 0x86,
  p1: 0x00,
  p2: 0x00,
  data: encodeAuthenticationData(objects),
  le: options.largest + ANSWER_OVERHEAD > 256 ? 65_536 : 256,
});
