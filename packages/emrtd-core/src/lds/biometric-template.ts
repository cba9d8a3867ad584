import { toBigInt } from "../bytes.js";
import { derUnsigned, readSmallInteger } from "../der.js";
import { EmrtdError } from "../errors.js";
import { encodeTlv, readTlv } from "../tlv.js";
import { type DataObject, encodeDataObjects, LDS_LIMITS, readDataObjects } from "./data-object.js";
import type { Finding } from "./finding.js";
import { required } from "./required.js";
import { packDigits, readPackedDigits } from "./text.js";

/**
 * Biometric header template (ISO/IEC 7816-11; Doc 9303-10, table 44). Numbers are the standard's:
 * type 2 face, 8 finger, 16 iris; format owner 0x0101 is ISO/IEC JTC 1/SC 37.
 */
export interface BiometricHeader {
  /** Version of the header, 0x0101. */
  readonly version?: number;
  readonly biometricType?: number;
  /** Right 1, left 2, and for fingers thumb 4 to little 20 (tables 49 and 56). */
  readonly biometricSubtype?: number;
  /** `YYYYMMDDhhmmss`. */
  readonly creationTime?: string;
  /** First and last day, `YYYYMMDDYYYYMMDD`. */
  readonly validityPeriod?: string;
  readonly creator?: number;
  readonly formatOwner: number;
  readonly formatType: number;
  readonly unknown: readonly DataObject[];
}

/** One recorded feature: how it is encoded, and the biometric data block. */
export interface BiometricInformationTemplate {
  readonly header: BiometricHeader;
  /** 0x5f2e: ISO/IEC 19794; 0x7f2e: ISO/IEC 39794 (Doc 9303-10, 4.5.6). */
  readonly dataTag: 0x5f2e | 0x7f2e;
  readonly data: Uint8Array;
  readonly unknown: readonly DataObject[];
}

/** Biometric information templates in their group, as DG2, DG3 and DG4 hold them. */
export interface BiometricGroup {
  readonly templates: readonly BiometricInformationTemplate[];
  /** Besides the templates; an empty DG3 or DG4 has issuer's data under 53 (4.7.3.2.2). */
  readonly unknown: readonly DataObject[];
  readonly findings: readonly Finding[];
}

const GROUP = 0x7f61;
const COUNT = 0x02;
const TEMPLATE = 0x7f60;
const HEADER = 0xa1;
const DATA = [0x5f2e, 0x7f2e] as const;

type HeaderNumber =
  | "version"
  | "biometricType"
  | "biometricSubtype"
  | "creator"
  | "formatOwner"
  | "formatType";
type HeaderDigits = "creationTime" | "validityPeriod";

/** Elements of the header with their widths in bytes; 0 is as few as needed. */
const NUMBERS: readonly { tag: number; name: HeaderNumber; width: number }[] = [
  { tag: 0x80, name: "version", width: 2 },
  { tag: 0x81, name: "biometricType", width: 0 },
  { tag: 0x82, name: "biometricSubtype", width: 1 },
  { tag: 0x86, name: "creator", width: 4 },
  { tag: 0x87, name: "formatOwner", width: 2 },
  { tag: 0x88, name: "formatType", width: 2 },
];
const DIGITS: readonly { tag: number; name: HeaderDigits }[] = [
  { tag: 0x83, name: "creationTime" },
  { tag: 0x85, name: "validityPeriod" },
];

/**
 * Reads the content of a data group of biometrics: one group template (7F61) and nothing else.
 *
 * @throws EmrtdError `TLV_…` or `DER_INVALID` where it is malformed, `LDS_INVALID` where a part is missing.
 */
export const readBiometricGroup = (content: Uint8Array, path: string): BiometricGroup => {
  const findings: Finding[] = [];
  const outer = readDataObjects(content);
  const group = required(outer, GROUP, path);
  const objects = readDataObjects(group.value);
  const counts = objects.filter(({ tag }) => tag === COUNT);
  const templates = objects.filter(({ tag }) => tag === TEMPLATE);
  if (templates.length > LDS_LIMITS.templates) {
    throw new EmrtdError("TLV_LIMIT", `expected at most ${LDS_LIMITS.templates} templates`, {
      path,
    });
  }
  const count = counts[0] && readSmallInteger(readTlv(encodeTlv(COUNT, counts[0].value)), path);
  if (count !== templates.length) findings.push({ code: "COUNT_MISMATCH", where: path });
  if (outer.length > 1) findings.push({ code: "TRAILING_BYTES", where: path });
  return {
    templates: templates.map(({ value }, index) => readTemplate(value, `${path}[${index}]`)),
    unknown: objects.filter((object) => object !== counts[0] && !templates.includes(object)),
    findings,
  };
};

export const encodeBiometricGroup = ({
  templates,
  unknown = [],
}: Pick<BiometricGroup, "templates"> & Partial<BiometricGroup>): Uint8Array<ArrayBuffer> =>
  encodeTlv(
    GROUP,
    derUnsigned(templates.length),
    ...templates.map(encodeTemplate),
    encodeDataObjects(unknown),
  );

const readTemplate = (content: Uint8Array, path: string): BiometricInformationTemplate => {
  const objects = readDataObjects(content);
  const header = required(objects, HEADER, path);
  const data = objects.find(({ tag }) => DATA.some((known) => known === tag));
  if (data === undefined) {
    throw new EmrtdError("LDS_INVALID", `expected tag 5F2E or 7F2E in ${path}, found neither`, {
      path,
    });
  }
  return {
    header: readHeader(header.value, path),
    dataTag: data.tag === DATA[0] ? DATA[0] : DATA[1],
    data: data.value,
    unknown: objects.filter((object) => object !== header && object !== data),
  };
};

const readHeader = (content: Uint8Array, path: string): BiometricHeader => {
  const numbers: { [name in HeaderNumber]?: number } = {};
  const digits: { [name in HeaderDigits]?: string } = {};
  const unknown: DataObject[] = [];
  for (const object of readDataObjects(content)) {
    const { tag, value } = object;
    const number = NUMBERS.find((row) => row.tag === tag);
    const time = DIGITS.find((row) => row.tag === tag);
    const packed = time && readPackedDigits(value);
    if (number && numbers[number.name] === undefined && value.length > 0 && value.length <= 4) {
      numbers[number.name] = Number(toBigInt(value));
    } else if (time && packed !== undefined && digits[time.name] === undefined) {
      digits[time.name] = packed;
    } else {
      unknown.push(object);
    }
  }
  const { formatOwner, formatType, ...optional } = numbers;
  if (formatOwner === undefined || formatType === undefined) {
    throw new EmrtdError("LDS_INVALID", `expected format owner and type in ${path}`, { path });
  }
  return { ...optional, ...digits, formatOwner, formatType, unknown };
};

const encodeTemplate = (template: BiometricInformationTemplate): Uint8Array =>
  encodeTlv(
    TEMPLATE,
    encodeTlv(HEADER, encodeDataObjects(headerObjects(template.header))),
    encodeTlv(template.dataTag, template.data),
    encodeDataObjects(template.unknown),
  );

const headerObjects = (header: BiometricHeader): DataObject[] => {
  const numbers = NUMBERS.flatMap(({ tag, name, width }): DataObject[] => {
    const value = header[name];
    return value === undefined ? [] : [{ tag, value: numberBytes(value, width, name) }];
  });
  const digits = DIGITS.flatMap(({ tag, name }): DataObject[] => {
    const value = header[name];
    return value === undefined ? [] : [{ tag, value: packDigits(value, name) }];
  });
  const known = [...numbers, ...digits].sort((a, b) => a.tag - b.tag);
  return [...known, ...header.unknown];
};

const numberBytes = (value: number, width: number, path: string): Uint8Array => {
  const least = Math.max(1, Math.ceil(value.toString(16).length / 2));
  if (!Number.isInteger(value) || value < 0 || least > (width || 3)) {
    throw new EmrtdError("LDS_VALUE", `expected at most ${width || 3} bytes for ${path}`, { path });
  }
  const length = width || least;
  return Uint8Array.from({ length }, (_, i) => Math.floor(value / 256 ** (length - 1 - i)) % 256);
};
