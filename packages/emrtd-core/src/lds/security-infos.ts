import {
  derOctetString,
  derOid,
  derSequence,
  derUnsigned,
  readOctetString,
  readOid,
  readSmallInteger,
  TAG,
} from "../der.js";
import { EmrtdError } from "../errors.js";
import type { Oid } from "../oid.js";
import { decodeTlv, encodeTlv, type Tlv } from "../tlv.js";
import { LDS_LIMITS } from "./data-object.js";
import type { SecurityInfo, TerminalAuthenticationInfo, VersionedInfo } from "./security-info.js";
import { type SecurityInfoType, securityInfoType } from "./security-protocols.js";

/**
 * Reads SecurityInfos, in the order of the set (Doc 9303-11, 9.2).
 *
 * @throws EmrtdError `TLV_…` or `DER_INVALID` where the set is malformed, `TLV_LIMIT` where it is too large.
 */
export const decodeSecurityInfos = (bytes: Uint8Array): SecurityInfo[] => {
  const elements = decodeTlv(bytes).expect(TAG.set, "SecurityInfos").children();
  if (elements.length > LDS_LIMITS.securityInfos) {
    throw new EmrtdError(
      "TLV_LIMIT",
      `expected at most ${LDS_LIMITS.securityInfos} SecurityInfos, found ${elements.length}`,
    );
  }
  return elements.map(decodeSecurityInfo);
};

/** Writes SecurityInfos in the order given. */
export const encodeSecurityInfos = (infos: readonly SecurityInfo[]): Uint8Array<ArrayBuffer> =>
  encodeTlv(TAG.set, ...infos.map(encodeSecurityInfo));

const decodeSecurityInfo = (element: Tlv): SecurityInfo => {
  const [first, ...rest] = element.expect(TAG.sequence, "SecurityInfo").children();
  if (first === undefined) {
    throw new EmrtdError("DER_INVALID", "expected a protocol in SecurityInfo, found none", {
      offset: element.start,
    });
  }
  const protocol = readOid(first, "SecurityInfo.protocol");
  const type = securityInfoType(protocol);
  const required = rest[0];
  if (type !== undefined && required !== undefined && rest.length <= 2) {
    try {
      return DECODERS[type](protocol, required, rest[1]);
    } catch (error) {
      if (!(error instanceof EmrtdError)) throw error;
    }
  }
  return { type: "unknown", protocol, bytes: element.bytes };
};

type Decoder = (protocol: Oid, required: Tlv, optional: Tlv | undefined) => SecurityInfo;

const versioned = (protocol: Oid, required: Tlv): VersionedInfo => ({
  protocol,
  version: readSmallInteger(required, "version"),
});

/** An optional id under its name: nothing where it is missing. */
const id = <Name extends string>(
  name: Name,
  optional: Tlv | undefined,
): { readonly [key in Name]?: number } =>
  optional === undefined
    ? {}
    : ({ [name]: readSmallInteger(optional, name) } as { [k in Name]: number });

/** Two elements and no third. */
const only = (optional: Tlv | undefined): void => {
  if (optional !== undefined) throw new EmrtdError("DER_INVALID", "expected the end");
};

const DECODERS: Record<SecurityInfoType, Decoder> = {
  PACEInfo: (protocol, required, optional) => ({
    type: "PACEInfo",
    ...versioned(protocol, required),
    ...id("parameterId", optional),
  }),
  PACEDomainParameterInfo: (protocol, required, optional) => ({
    type: "PACEDomainParameterInfo",
    protocol,
    domainParameter: required.expect(TAG.sequence, "domainParameter").bytes,
    ...id("parameterId", optional),
  }),
  ActiveAuthenticationInfo: (protocol, required, optional) => {
    if (optional === undefined) throw new EmrtdError("DER_INVALID", "expected an algorithm");
    return {
      type: "ActiveAuthenticationInfo",
      ...versioned(protocol, required),
      signatureAlgorithm: readOid(optional, "signatureAlgorithm"),
    };
  },
  ChipAuthenticationInfo: (protocol, required, optional) => ({
    type: "ChipAuthenticationInfo",
    ...versioned(protocol, required),
    ...id("keyId", optional),
  }),
  ChipAuthenticationDomainParameterInfo: (protocol, required, optional) => ({
    type: "ChipAuthenticationDomainParameterInfo",
    protocol,
    domainParameter: required.expect(TAG.sequence, "domainParameter").bytes,
    ...id("keyId", optional),
  }),
  ChipAuthenticationPublicKeyInfo: (protocol, required, optional) => ({
    type: "ChipAuthenticationPublicKeyInfo",
    protocol,
    publicKey: required.expect(TAG.sequence, "chipAuthenticationPublicKey").bytes,
    ...id("keyId", optional),
  }),
  TerminalAuthenticationInfo: (protocol, required, optional) => ({
    type: "TerminalAuthenticationInfo",
    ...versioned(protocol, required),
    ...(optional === undefined ? {} : { efCvca: decodeFileId(optional) }),
  }),
  EFDIRInfo: (protocol, required, optional) => {
    only(optional);
    return { type: "EFDIRInfo", protocol, efDir: readOctetString(required, "eFDIR") };
  },
};

/** `FileID ::= SEQUENCE { fid OCTET STRING (SIZE(2)), sfid OCTET STRING (SIZE(1)) OPTIONAL }` */
const decodeFileId = (element: Tlv): NonNullable<TerminalAuthenticationInfo["efCvca"]> => {
  const [fid, sfid, extra] = element.expect(TAG.sequence, "efCVCA").children();
  if (fid === undefined) throw new EmrtdError("DER_INVALID", "expected a file identifier");
  only(extra);
  return {
    fileId: readOctetString(fid, "fid"),
    ...(sfid === undefined ? {} : { shortFileId: readOctetString(sfid, "sfid") }),
  };
};

const encodeSecurityInfo = (info: SecurityInfo): Uint8Array => {
  const sequence = (...parts: (Uint8Array | number | undefined)[]) =>
    derSequence(
      derOid(info.protocol),
      ...parts.flatMap((part) =>
        part === undefined ? [] : [typeof part === "number" ? derUnsigned(part) : part],
      ),
    );
  switch (info.type) {
    case "PACEInfo":
      return sequence(info.version, info.parameterId);
    case "PACEDomainParameterInfo":
      return sequence(info.domainParameter, info.parameterId);
    case "ActiveAuthenticationInfo":
      return sequence(info.version, derOid(info.signatureAlgorithm));
    case "ChipAuthenticationInfo":
      return sequence(info.version, info.keyId);
    case "ChipAuthenticationDomainParameterInfo":
      return sequence(info.domainParameter, info.keyId);
    case "ChipAuthenticationPublicKeyInfo":
      return sequence(info.publicKey, info.keyId);
    case "TerminalAuthenticationInfo":
      return sequence(info.version, encodeFileId(info.efCvca));
    case "EFDIRInfo":
      return sequence(derOctetString(info.efDir));
    case "unknown":
      return info.bytes;
  }
};

const encodeFileId = (file: TerminalAuthenticationInfo["efCvca"]): Uint8Array | undefined =>
  file === undefined
    ? undefined
    : derSequence(
        derOctetString(file.fileId),
        ...(file.shortFileId === undefined ? [] : [derOctetString(file.shortFileId)]),
      );
