import { decodeAlgorithmIdentifier } from "../cms/algorithm.js";
import {
  decodeSignerIdentifier,
  encodeSignerIdentifier,
  type SignerIdentifier,
} from "../cms/signer-info.js";
import {
  derOctetString,
  derOid,
  derSequence,
  derSetOf,
  derUnsigned,
  readOctetString,
  readOid,
  readSmallInteger,
  TAG,
} from "../der.js";
import { EmrtdError } from "../errors.js";
import type { Oid } from "../oid.js";
import { decodeTlv, encodeTlv, type Tlv } from "../tlv.js";
import { defectType } from "./defect-types.js";

/** id-DefectList: applications(3), mrtd(1), 5 of the arc of the BSI. */
export const ID_DEFECT_LIST: Oid = "0.4.0.127.0.7.3.1.5";

/**
 * What an authority knows to be wrong with documents, its own or those of others, by the certificate of
 * their signer (BSI TR-03129, A.1).
 *
 * ```asn1
 * DefectList ::= SEQUENCE { version INTEGER { v1(0) }, hashAlg OBJECT IDENTIFIER, defects SET OF Defect }
 * Defect ::= SEQUENCE {
 *   signerIdentifier SignerIdentifier, certificateHash OCTET STRING OPTIONAL, knownDefects SET OF KnownDefect }
 * KnownDefect ::= SEQUENCE { defectType OBJECT IDENTIFIER, parameters ANY DEFINED BY defectType OPTIONAL }
 * ```
 */
export interface DefectList {
  readonly version: number;
  readonly hashAlgorithm: Oid;
  readonly defects: readonly Defect[];
}

export interface Defect {
  readonly signer: SignerIdentifier;
  /** Where the identifier alone may be that of several certificates. */
  readonly certificateHash?: Uint8Array;
  readonly knownDefects: readonly KnownDefect[];
}

export interface KnownDefect {
  readonly type: Oid;
  /** `StatusCode` of `CertRevoked`. */
  readonly statusCode?: number;
  /** `ePassportDGMalformed`, `eIDDGMalformed`: which ones. */
  readonly dataGroups?: readonly number[];
  /** Any other parameter's element as it stands: a certificate, an EF.CardSecurity, what is not known. */
  readonly parameters?: Uint8Array;
}

/** StatusCode by its number: why a certificate is on the list; from 32 on for internal use. */
export const DEFECT_STATUS_CODES: readonly string[] = [
  "noIndication",
  "onHold",
  "testing",
  "revokedByIssuer",
  "revokedDLS",
];

/** What is read of one list at most. */
export const DEFECT_LIST_LIMITS = { defects: 100_000, knownDefects: 64, dataGroups: 64 } as const;

/**
 * @throws EmrtdError `TRUST_LIST_INVALID` where the list is another structure, `TLV_…`, `DER_INVALID` and
 *   `OID_INVALID` where a part is malformed.
 */
export const decodeDefectList = (content: Uint8Array): DefectList => {
  const path = "DefectList";
  const [version, hashAlgorithm, defects, ...more] = decodeTlv(content)
    .expect(TAG.sequence, path)
    .children();
  if (
    version === undefined ||
    hashAlgorithm === undefined ||
    defects === undefined ||
    more.length > 0
  ) {
    throw invalid("three elements", path);
  }
  return {
    version: readSmallInteger(version, `${path}.version`),
    // Some lists write an AlgorithmIdentifier.
    hashAlgorithm:
      hashAlgorithm.tag === TAG.sequence
        ? decodeAlgorithmIdentifier(hashAlgorithm, `${path}.hashAlg`).algorithm
        : readOid(hashAlgorithm, `${path}.hashAlg`),
    defects: setOf(defects, DEFECT_LIST_LIMITS.defects, `${path}.defects`).map((item, index) =>
      readDefect(item, `${path}.defects[${index}]`),
    ),
  };
};

const readDefect = (element: Tlv, path: string): Defect => {
  const [signer, ...rest] = element.expect(TAG.sequence, path).children();
  const knownDefects = rest.pop();
  const [certificateHash, ...more] = rest;
  if (signer === undefined || knownDefects === undefined || more.length > 0) {
    throw invalid("a signer, perhaps a hash, and defects", path);
  }
  return {
    signer: decodeSignerIdentifier(signer, `${path}.signerIdentifier`),
    ...(certificateHash
      ? { certificateHash: readOctetString(certificateHash, `${path}.certificateHash`) }
      : {}),
    knownDefects: setOf(knownDefects, DEFECT_LIST_LIMITS.knownDefects, `${path}.knownDefects`).map(
      (item) => readKnownDefect(item, `${path}.knownDefects`),
    ),
  };
};

const readKnownDefect = (element: Tlv, path: string): KnownDefect => {
  const [oid, parameters, ...more] = element.expect(TAG.sequence, path).children();
  if (oid === undefined || more.length > 0) throw invalid("a type and parameters", path);
  const type = readOid(oid, `${path}.defectType`);
  const kind = defectType(type)?.parameter;
  if (parameters === undefined) return { type };
  if (kind === "StatusCode") return { type, statusCode: readStatusCode(parameters, path) };
  if (kind !== "Datagroups") return { type, parameters: parameters.bytes };
  const groups = setOf(parameters, DEFECT_LIST_LIMITS.dataGroups, `${path}.parameters`);
  return { type, dataGroups: groups.map((group) => readSmallInteger(group, path)) };
};

const readStatusCode = (element: Tlv, path: string): number => {
  const [code, ...more] = element.expect(TAG.enumerated, `${path}.parameters`).value;
  if (code === undefined || code >= 0x80 || more.length > 0) throw invalid("a status code", path);
  return code;
};

const setOf = (element: Tlv, limit: number, path: string): readonly Tlv[] => {
  const items = element.expect(TAG.set, path).children();
  if (items.length > limit) throw invalid(`at most ${limit} elements`, path);
  return items;
};

export const encodeDefectList = (list: DefectList): Uint8Array<ArrayBuffer> =>
  derSequence(
    derUnsigned(list.version),
    derOid(list.hashAlgorithm),
    derSetOf(
      ...list.defects.map(({ signer, certificateHash, knownDefects }) =>
        derSequence(
          encodeSignerIdentifier(signer),
          ...(certificateHash === undefined ? [] : [derOctetString(certificateHash)]),
          derSetOf(...knownDefects.map(encodeKnownDefect)),
        ),
      ),
    ),
  );

const encodeKnownDefect = (defect: KnownDefect): Uint8Array => {
  const { type, statusCode, dataGroups, parameters } = defect;
  return derSequence(
    derOid(type),
    ...(statusCode === undefined ? [] : [encodeTlv(TAG.enumerated, Uint8Array.of(statusCode))]),
    ...(dataGroups === undefined ? [] : [derSetOf(...dataGroups.map(derUnsigned))]),
    ...(parameters === undefined ? [] : [parameters]),
  );
};

const invalid = (expected: string, path: string): EmrtdError =>
  new EmrtdError("TRUST_LIST_INVALID", `expected ${expected} for ${path}`, { path });
