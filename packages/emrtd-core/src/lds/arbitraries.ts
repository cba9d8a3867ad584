import fc from "fast-check";
import { derNull, derOid, derSequence } from "../der.js";
import { anyMrzFields, anyMrzFormat } from "../mrz/arbitraries.js";
import { makeMrz } from "../mrz/make-mrz.js";
import { parseMrz } from "../mrz/parse-mrz.js";
import type { BiometricGroup, BiometricHeader } from "./biometric-template.js";
import type { Com } from "./com.js";
import type { DataObject } from "./data-object.js";
import type { Dg1 } from "./dg1.js";
import { DG11_ELEMENTS, type Dg11Fields } from "./dg11.js";
import { DG12_ELEMENTS, type Dg12Fields } from "./dg12.js";
import type { ElementRow, Elements } from "./elements.js";
import { FILES } from "./files.js";
import type { SecurityInfo } from "./security-info.js";

const bytes = (maxLength: number, minLength = 0): fc.Arbitrary<Uint8Array> =>
  fc.uint8Array({ minLength, maxLength });

const digits = (length: number): fc.Arbitrary<string> =>
  fc.string({ unit: fc.constantFrom(..."0123456789"), minLength: length, maxLength: length });

const number = (max: number): fc.Arbitrary<number> => fc.nat(max);

const FOREIGN_TAGS = [0x53, 0x5f7d, 0xdf21, 0xdf8101];

/** Objects that no decoder has a name for. */
export const anyForeignObjects = (
  tags: readonly number[] = FOREIGN_TAGS,
): fc.Arbitrary<DataObject[]> =>
  fc.array(fc.record({ tag: fc.constantFrom(...tags), value: bytes(20) }), { maxLength: 2 });

/** The same within files of the LDS, where 5F85 is a tag too. */
export const anyUnknownObjects = (): fc.Arbitrary<DataObject[]> =>
  anyForeignObjects([...FOREIGN_TAGS, 0x5f85]);

export const anyCom = (): fc.Arbitrary<Com> =>
  fc.record({
    ldsVersion: digits(4),
    unicodeVersion: digits(6),
    tagList: fc.subarray(
      FILES.flatMap(({ name, tag }) => (tag !== undefined && name.startsWith("DG") ? [tag] : [])),
    ),
    unknown: anyUnknownObjects(),
  });

export const anyDg1 = (): fc.Arbitrary<Dg1> =>
  fc.record({
    mrz: anyMrzFormat().chain((format) =>
      anyMrzFields(format).map((fields) => parseMrz(makeMrz(format, fields))),
    ),
    unknown: anyUnknownObjects(),
  });

const anyValue = ({ kind, width }: ElementRow): fc.Arbitrary<unknown> => {
  switch (kind) {
    case "text":
      return fc.string({ unit: "grapheme", maxLength: 20 });
    case "date":
      return digits(8);
    case "dateTime":
      return digits(14);
    case "integer":
      return number(256 ** (width ?? 1) - 1);
    case "bytes":
      return bytes(40);
    case "texts":
      return fc.array(fc.string({ unit: "grapheme", maxLength: 20 }), { maxLength: 4 });
  }
};

/** Elements of a table, any of them missing but those that are named. */
export const anyElements = <Rows extends readonly ElementRow[]>(
  rows: Rows,
  ...requiredKeys: string[]
): fc.Arbitrary<WithUnknown<Elements<Rows>>> =>
  fc
    .tuple(
      fc.record(Object.fromEntries(rows.map((row) => [row.name, anyValue(row)])), {
        requiredKeys,
      }),
      anyUnknownObjects(),
    )
    .map(([fields, unknown]) => ({ ...(fields as Elements<Rows>), unknown }));

type WithUnknown<Fields> = Fields & { readonly unknown: readonly DataObject[] };

export const anyDg11 = (): fc.Arbitrary<WithUnknown<Dg11Fields>> => anyElements(DG11_ELEMENTS);
export const anyDg12 = (): fc.Arbitrary<WithUnknown<Dg12Fields>> => anyElements(DG12_ELEMENTS);

const anyHeader = (): fc.Arbitrary<BiometricHeader> =>
  fc.record(
    {
      version: fc.constant(0x0101),
      biometricType: number(0xffffff),
      biometricSubtype: number(0xff),
      creationTime: digits(14),
      validityPeriod: digits(16),
      creator: number(0x7fffffff),
      formatOwner: number(0xffff),
      formatType: number(0xffff),
      unknown: anyUnknownObjects(),
    },
    { requiredKeys: ["formatOwner", "formatType", "unknown"] },
  );

/** Templates around the data blocks that are given. */
export const anyBiometricGroup = (
  data: fc.Arbitrary<Uint8Array>,
): fc.Arbitrary<Pick<BiometricGroup, "templates" | "unknown">> =>
  fc.record({
    templates: fc.array(
      fc.record({
        header: anyHeader(),
        dataTag: fc.constantFrom(0x5f2e, 0x7f2e),
        data,
        unknown: anyUnknownObjects(),
      }),
      { maxLength: 4 },
    ),
    unknown: anyUnknownObjects(),
  });

const SMARTCARD = "0.4.0.127.0.7.2.2";

const anyAlgorithm = (): fc.Arbitrary<Uint8Array> =>
  fc
    .constantFrom("1.2.840.10045.2.1", "1.2.840.113549.1.3.1", "0.4.0.127.0.7.1.2")
    .map((oid) => derSequence(derOid(oid), derNull()));

/** One SecurityInfo of any type, with and without its optional part. */
export const anySecurityInfo = (): fc.Arbitrary<SecurityInfo> => {
  const version = number(255);
  const optionalId: { requiredKeys: ["type", "protocol", "version"] } = {
    requiredKeys: ["type", "protocol", "version"],
  };
  return fc.oneof(
    fc.record(
      {
        type: fc.constant("PACEInfo"),
        protocol: fc.constantFrom(`${SMARTCARD}.4.2.2`, `${SMARTCARD}.4.6.4`),
        version,
        parameterId: number(255),
      },
      optionalId,
    ),
    fc.record(
      {
        type: fc.constant("PACEDomainParameterInfo"),
        protocol: fc.constantFrom(`${SMARTCARD}.4.1`, `${SMARTCARD}.4.4`),
        domainParameter: anyAlgorithm(),
        parameterId: number(255),
      },
      { requiredKeys: ["type", "protocol", "domainParameter"] },
    ),
    fc.record({
      type: fc.constant("ActiveAuthenticationInfo"),
      protocol: fc.constant("2.23.136.1.1.5"),
      version,
      signatureAlgorithm: fc.constant("0.4.0.127.0.7.1.1.4.1.3"),
    }),
    fc.record(
      {
        type: fc.constant("ChipAuthenticationInfo"),
        protocol: fc.constantFrom(`${SMARTCARD}.3.1.1`, `${SMARTCARD}.3.2.4`),
        version,
        keyId: number(255),
      },
      optionalId,
    ),
    fc.record(
      {
        type: fc.constant("ChipAuthenticationDomainParameterInfo"),
        protocol: fc.constantFrom(`${SMARTCARD}.3.1`, `${SMARTCARD}.3.2`),
        domainParameter: anyAlgorithm(),
        keyId: number(255),
      },
      { requiredKeys: ["type", "protocol", "domainParameter"] },
    ),
    fc.record(
      {
        type: fc.constant("ChipAuthenticationPublicKeyInfo"),
        protocol: fc.constantFrom(`${SMARTCARD}.1.1`, `${SMARTCARD}.1.2`),
        publicKey: anyAlgorithm(),
        keyId: number(255),
      },
      { requiredKeys: ["type", "protocol", "publicKey"] },
    ),
    fc.record(
      {
        type: fc.constant("TerminalAuthenticationInfo"),
        protocol: fc.constant(`${SMARTCARD}.2`),
        version,
        efCvca: fc.record(
          { fileId: bytes(2, 2), shortFileId: bytes(1, 1) },
          { requiredKeys: ["fileId"] },
        ),
      },
      optionalId,
    ),
    fc.record({
      type: fc.constant("EFDIRInfo"),
      protocol: fc.constant("2.23.136.1.1.13"),
      efDir: bytes(40),
    }),
    fc
      .tuple(fc.constantFrom(`${SMARTCARD}.6`, "1.2.3.4"), anyAlgorithm())
      .map(([protocol, rest]) => ({
        type: "unknown" as const,
        protocol,
        bytes: derSequence(derOid(protocol), rest),
      })),
  );
};

export const anySecurityInfos = (): fc.Arbitrary<SecurityInfo[]> =>
  fc.array(anySecurityInfo(), { maxLength: 8 });
