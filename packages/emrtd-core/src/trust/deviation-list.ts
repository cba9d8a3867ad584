import { decodeAlgorithmIdentifier } from "../cms/algorithm.js";
import { readDirectoryString } from "../cms/name.js";
import {
  derOid,
  derSequence,
  derSetOf,
  derUnsigned,
  readOid,
  readSmallInteger,
  TAG,
} from "../der.js";
import { EmrtdError } from "../errors.js";
import type { Oid } from "../oid.js";
import { decodeTlv, encodeTlv, type Tlv } from "../tlv.js";
import {
  type DeviationDocuments,
  encodeDeviationDocuments,
  readDeviationDocuments,
} from "./deviation-documents.js";
import {
  type DeviationParameter,
  encodeDeviationParameter,
  readDeviationParameter,
  unwrapParameter,
} from "./deviation-parameter.js";
import { deviationType } from "./deviation-types.js";

/** id-icao-DeviationList, and what a certificate says that may sign one. */
export const ID_DEVIATION_LIST: Oid = "2.23.136.1.1.7";
export const ID_DEVIATION_LIST_SIGNING_KEY: Oid = "2.23.136.1.1.8";

/**
 * What a state says is wrong with documents of its own (Doc 9303-3, 7; Doc 9303-12, 10.2).
 *
 * ```asn1
 * DeviationList ::= SEQUENCE {
 *   version INTEGER { v0(0) }, digestAlgorithm AlgorithmIdentifier OPTIONAL, deviations SET OF Deviation }
 * Deviation ::= SEQUENCE { documents DeviationDocuments, descriptions SET OF DeviationDescription }
 * DeviationDescription ::= SEQUENCE {
 *   description PrintableString OPTIONAL, deviationType OBJECT IDENTIFIER,
 *   parameters [0] ANY DEFINED BY deviationType OPTIONAL, nationalUse [1] ANY OPTIONAL }
 * ```
 */
export interface DeviationList {
  readonly version: number;
  /** Of the digests by which the list names signers' certificates. */
  readonly digestAlgorithm?: Oid;
  readonly deviations: readonly ListedDeviation[];
}

export interface ListedDeviation {
  readonly documents: DeviationDocuments;
  readonly descriptions: readonly DeviationDescription[];
}

export interface DeviationDescription {
  readonly type: Oid;
  readonly description?: string;
  /** Where it is, for a type that is known and says so. */
  readonly parameter?: DeviationParameter;
  /** The parameter's element as it stands, for a type that has none or is not known. */
  readonly otherParameter?: Uint8Array;
  /** The element as it stands; for the issuing state alone. */
  readonly nationalUse?: Uint8Array;
}

/** What is read of one list at most. */
export const DEVIATION_LIST_LIMITS = { deviations: 10_000, descriptions: 64 } as const;

/**
 * @throws EmrtdError `TRUST_LIST_INVALID` where the list is another structure, `TLV_…`, `DER_INVALID` and
 *   `OID_INVALID` where a part is malformed.
 */
export const decodeDeviationList = (content: Uint8Array): DeviationList => {
  const path = "DeviationList";
  const fields = decodeTlv(content).expect(TAG.sequence, path).children();
  const [version, ...rest] = fields;
  const deviations = rest.pop();
  const [digestAlgorithm, ...more] = rest;
  if (version === undefined || deviations === undefined || more.length > 0) {
    throw invalid("two or three elements", path);
  }
  const items = deviations.expect(TAG.set, `${path}.deviations`).children();
  if (items.length > DEVIATION_LIST_LIMITS.deviations) {
    throw invalid(`at most ${DEVIATION_LIST_LIMITS.deviations} deviations`, path);
  }
  return {
    version: readSmallInteger(version, `${path}.version`),
    ...(digestAlgorithm
      ? { digestAlgorithm: decodeAlgorithmIdentifier(digestAlgorithm, path).algorithm }
      : {}),
    deviations: items.map((item, index) => readDeviation(item, `${path}.deviations[${index}]`)),
  };
};

const readDeviation = (element: Tlv, path: string): ListedDeviation => {
  const [documents, descriptions, ...more] = element.expect(TAG.sequence, path).children();
  if (documents === undefined || descriptions === undefined || more.length > 0) {
    throw invalid("documents and descriptions", path);
  }
  const items = descriptions.expect(TAG.set, `${path}.descriptions`).children();
  if (items.length > DEVIATION_LIST_LIMITS.descriptions) {
    throw invalid(`at most ${DEVIATION_LIST_LIMITS.descriptions} descriptions`, path);
  }
  return {
    documents: readDeviationDocuments(documents, `${path}.documents`),
    descriptions: items.map((item) => readDescription(item, `${path}.descriptions`)),
  };
};

const readDescription = (element: Tlv, path: string): DeviationDescription => {
  const fields = element.expect(TAG.sequence, path).children();
  const text = fields[0]?.tag === TAG.oid ? undefined : fields.shift();
  const description = text && readDirectoryString(text);
  const [oid, ...rest] = fields;
  const parameters = rest[0]?.tag === 0xa0 || rest[0]?.tag === 0x80 ? rest.shift() : undefined;
  const [nationalUse, ...more] = rest;
  if (oid === undefined || (text && description === undefined) || more.length > 0) {
    throw invalid("a text, a type, parameters and a national use", path);
  }
  const type = readOid(oid, `${path}.deviationType`);
  return {
    type,
    ...(description === undefined ? {} : { description }),
    ...(parameters ? readParameters(type, parameters, `${path}.parameters`) : {}),
    ...(nationalUse ? { nationalUse: nationalUse.bytes } : {}),
  };
};

const readParameters = (
  type: Oid,
  parameters: Tlv,
  path: string,
): Pick<DeviationDescription, "parameter" | "otherParameter"> => {
  const kind = deviationType(type)?.parameter;
  if (kind === undefined) return { otherParameter: parameters.bytes };
  return { parameter: readDeviationParameter(kind, unwrapParameter(parameters, path), path) };
};

export const encodeDeviationList = ({
  version,
  digestAlgorithm,
  deviations,
}: DeviationList): Uint8Array<ArrayBuffer> =>
  derSequence(
    derUnsigned(version),
    ...(digestAlgorithm === undefined ? [] : [derSequence(derOid(digestAlgorithm))]),
    derSetOf(
      ...deviations.map(({ documents, descriptions }) =>
        derSequence(
          encodeDeviationDocuments(documents),
          derSetOf(...descriptions.map(encodeDescription)),
        ),
      ),
    ),
  );

const encodeDescription = (description: DeviationDescription): Uint8Array => {
  const { type, description: text, parameter, otherParameter, nationalUse } = description;
  return derSequence(
    ...(text === undefined ? [] : [encodeTlv(TAG.printableString, new TextEncoder().encode(text))]),
    derOid(type),
    ...(parameter === undefined ? [] : [encodeTlv(0xa0, encodeDeviationParameter(parameter))]),
    ...(otherParameter === undefined ? [] : [otherParameter]),
    ...(nationalUse === undefined ? [] : [nationalUse]),
  );
};

const invalid = (expected: string, path: string): EmrtdError =>
  new EmrtdError("TRUST_LIST_INVALID", `expected ${expected} for ${path}`, { path });
