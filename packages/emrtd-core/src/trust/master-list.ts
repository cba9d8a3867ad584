import { derSequence, derSetOf, derUnsigned, readSmallInteger, TAG } from "../der.js";
import { EmrtdError } from "../errors.js";
import type { Oid } from "../oid.js";
import { decodeTlv } from "../tlv.js";

/** id-icao-cscaMasterList, and what a certificate says that may sign one. */
export const ID_MASTER_LIST: Oid = "2.23.136.1.1.2";
export const ID_MASTER_LIST_SIGNING_KEY: Oid = "2.23.136.1.1.3";

/**
 * The authorities that a state trusts (Doc 9303-12, 9.2). Certificates are kept as bytes: whoever needs
 * one decodes it.
 *
 * ```asn1
 * CscaMasterList ::= SEQUENCE { version INTEGER { v0(0) }, certList SET OF Certificate }
 * ```
 */
export interface MasterList {
  readonly version: number;
  readonly certificates: readonly Uint8Array[];
}

/** Certificates of one list that are read at most: the largest list has some 600. */
export const MASTER_LIST_LIMIT = 10_000;

/** @throws EmrtdError `TRUST_LIST_INVALID` or `TLV_…` where the list is another structure. */
export const decodeMasterList = (content: Uint8Array): MasterList => {
  const [version, list, ...more] = decodeTlv(content).expect(TAG.sequence, PATH).children();
  if (version === undefined || list === undefined || more.length > 0) {
    throw invalid("a version and certificates");
  }
  const items = list.expect(TAG.set, `${PATH}.certList`).children();
  if (items.length > MASTER_LIST_LIMIT) throw invalid(`at most ${MASTER_LIST_LIMIT} certificates`);
  return {
    version: readSmallInteger(version, `${PATH}.version`),
    certificates: items.map((item) => item.expect(TAG.sequence, `${PATH}.certList`).bytes),
  };
};

export const encodeMasterList = ({ version, certificates }: MasterList): Uint8Array<ArrayBuffer> =>
  derSequence(derUnsigned(version), derSetOf(...certificates));

const PATH = "CscaMasterList";

const invalid = (expected: string): EmrtdError =>
  new EmrtdError("TRUST_LIST_INVALID", `expected ${expected} for ${PATH}`, { path: PATH });
