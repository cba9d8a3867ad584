import { concatBytes } from "../../bytes.js";
import { derOid } from "../../der.js";
import type { Oid } from "../../oid.js";
import { encodeTlv } from "../../tlv.js";
import { type TerminalBinding, terminalMessage } from "../terminal-binding.js";

/** What a terminal has the chip compare while it authenticates: an age, a validity (TR-03110-3, A.6.5). */
export interface AuxiliaryData {
  readonly oid: Oid;
  readonly data: Uint8Array;
}

/**
 * ```
 * 67 { 73 { 06 identifier, 53 data }, … }
 * ```
 */
export const encodeAuxiliaryData = (items: readonly AuxiliaryData[]): Uint8Array<ArrayBuffer> =>
  encodeTlv(
    0x67,
    ...items.map(({ oid, data }) => encodeTlv(0x73, derOid(oid), encodeTlv(0x53, data))),
  );

/**
 * What the terminal signs in terminal authentication version 2 (TR-03110-2, 3.3): as in version 1, but the
 * key is one that chip authentication will use after it, and auxiliary data may follow.
 *
 * @param auxiliaryData encoded, where the terminal sent any.
 */
export const terminalMessageVersionTwo = (
  binding: TerminalBinding,
  challenge: Uint8Array,
  auxiliaryData: Uint8Array = new Uint8Array(),
): Uint8Array<ArrayBuffer> => concatBytes(terminalMessage(binding, challenge), auxiliaryData);
