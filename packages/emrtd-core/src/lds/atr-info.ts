import { concatBytes } from "../bytes.js";
import { derUnsigned, readSmallInteger } from "../der.js";
import { decodeTlvs, readTlv } from "../tlv.js";
import { type DataObject, type Decoded, encodeDataObjects } from "./data-object.js";
import type { Finding } from "./finding.js";

/** What the chip says that it can do (ISO/IEC 7816-4, 12.1.1.9; Doc 9303-10, 3.11.1, table 29). */
export interface CardCapabilities {
  /** The three bytes of software functions, or fewer. */
  readonly functions: Uint8Array;
  readonly selectionByName: boolean;
  readonly shortFileIdentifiers: boolean;
  readonly recordNumbers: boolean;
  readonly commandChaining: boolean;
  readonly extendedLength: boolean;
  /** Whether the sizes that it can take stand in this file. */
  readonly extendedLengthInformation: boolean;
}

/** The longest APDUs in bytes, headers and all. */
export interface ExtendedLengthInformation {
  readonly command: number;
  readonly response: number;
}

/** EF.ATR/INFO: data objects about the card, in any order. */
export interface AtrInfo {
  readonly cardCapabilities?: CardCapabilities;
  readonly extendedLength?: ExtendedLengthInformation;
  readonly dataObjects: readonly DataObject[];
  readonly findings: readonly Finding[];
}

const CAPABILITIES = 0x47;
const EXTENDED_LENGTH = 0x7f66;

/** @throws EmrtdError `TLV_…` or `DER_INVALID` where the file is malformed. */
export const decodeAtrInfo = (bytes: Uint8Array): Decoded<AtrInfo> => {
  const used = unpadded(bytes);
  const dataObjects = decodeTlvs(used).map(({ tag, value }) => ({ tag, value }));
  const find = (tag: number) => dataObjects.find((object) => object.tag === tag)?.value;
  const capabilities = find(CAPABILITIES);
  const lengths = find(EXTENDED_LENGTH);
  return {
    ...(capabilities === undefined ? {} : { cardCapabilities: readCapabilities(capabilities) }),
    ...(lengths === undefined ? {} : readExtendedLength(lengths)),
    dataObjects,
    findings:
      used.length === bytes.length ? [] : [{ code: "TRAILING_BYTES", where: "EF.ATR/INFO" }],
    bytes,
  };
};

export const encodeAtrInfo = ({
  dataObjects,
}: Pick<AtrInfo, "dataObjects">): Uint8Array<ArrayBuffer> => encodeDataObjects(dataObjects);

/** The data object with the longest APDUs, to put into the file. */
export const extendedLengthObject = ({
  command,
  response,
}: ExtendedLengthInformation): DataObject => ({
  tag: EXTENDED_LENGTH,
  value: concatBytes(derUnsigned(command), derUnsigned(response)),
});

/** Zeros may fill the file up (ISO/IEC 7816-4, 6.3). */
const unpadded = (bytes: Uint8Array): Uint8Array => {
  let used = bytes.length;
  while (used > 0 && bytes[used - 1] === 0) used--;
  let end = 0;
  while (end < used) end = readTlv(bytes, end).end;
  return bytes.subarray(0, end);
};

const readCapabilities = (functions: Uint8Array): CardCapabilities => {
  const bit = (byte: number, number: number) =>
    ((functions[byte - 1] ?? 0) >> (number - 1)) % 2 === 1;
  return {
    functions,
    selectionByName: bit(1, 8),
    shortFileIdentifiers: bit(1, 3),
    recordNumbers: bit(1, 2),
    commandChaining: bit(3, 8),
    extendedLength: bit(3, 7),
    extendedLengthInformation: bit(3, 6),
  };
};

/** Two integers: command, response. Nothing where they are not two. */
const readExtendedLength = (
  content: Uint8Array,
): { readonly extendedLength?: ExtendedLengthInformation } => {
  const [command, response, ...more] = decodeTlvs(content).map((element) =>
    readSmallInteger(element, "extended length information"),
  );
  return command === undefined || response === undefined || more.length > 0
    ? {}
    : { extendedLength: { command, response } };
};
