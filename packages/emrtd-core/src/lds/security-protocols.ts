import type { Oid } from "../oid.js";

/** The SecurityInfos that are read; the rest is kept as it stands. */
export type SecurityInfoType =
  | "PACEInfo"
  | "PACEDomainParameterInfo"
  | "ActiveAuthenticationInfo"
  | "ChipAuthenticationInfo"
  | "ChipAuthenticationDomainParameterInfo"
  | "ChipAuthenticationPublicKeyInfo"
  | "TerminalAuthenticationInfo"
  | "EFDIRInfo";

/** bsi-de protocols(2) smartcard(2). */
const SMARTCARD = "0.4.0.127.0.7.2.2";
/** id-icao-mrtd-security. */
const ICAO = "2.23.136.1.1";

const KEY_AGREEMENTS = ["DH", "ECDH"] as const;
const CIPHERS = [
  "3DES-CBC-CBC",
  "AES-CBC-CMAC-128",
  "AES-CBC-CMAC-192",
  "AES-CBC-CMAC-256",
] as const;
const PACE_MAPPINGS = [
  [1, "DH-GM"],
  [2, "ECDH-GM"],
  [3, "DH-IM"],
  [4, "ECDH-IM"],
  [6, "ECDH-CAM"],
] as const;

interface Protocol {
  readonly oid: Oid;
  readonly name: string;
  readonly type?: SecurityInfoType;
}

const row = (oid: Oid, name: string, type?: SecurityInfoType): Protocol =>
  type === undefined ? { oid, name } : { oid, name, type };

/** A key agreement, and each cipher that it is combined with. */
const family = (
  oid: Oid,
  name: string,
  parameters: SecurityInfoType,
  info: SecurityInfoType,
): Protocol[] => [
  row(oid, name, parameters),
  ...CIPHERS.map((cipher, index) => row(`${oid}.${index + 1}`, `${name}-${cipher}`, info))
    // Chip authentication mapping is not combined with triple DES.
    .filter((protocol) => protocol.name !== "id-PACE-ECDH-CAM-3DES-CBC-CBC"),
];

/** Doc 9303-11, 9.2.3 to 9.2.10; BSI TR-03110-3, A.1.1 for those without a type. */
const listProtocols = (): readonly Protocol[] => [
  ...PACE_MAPPINGS.flatMap(([arc, mapping]) =>
    family(`${SMARTCARD}.4.${arc}`, `id-PACE-${mapping}`, "PACEDomainParameterInfo", "PACEInfo"),
  ),
  ...KEY_AGREEMENTS.flatMap((agreement, index) => [
    row(`${SMARTCARD}.1.${index + 1}`, `id-PK-${agreement}`, "ChipAuthenticationPublicKeyInfo"),
    ...family(
      `${SMARTCARD}.3.${index + 1}`,
      `id-CA-${agreement}`,
      "ChipAuthenticationDomainParameterInfo",
      "ChipAuthenticationInfo",
    ),
  ]),
  row(`${SMARTCARD}.2`, "id-TA", "TerminalAuthenticationInfo"),
  row(`${SMARTCARD}.5`, "id-RI"),
  row(`${SMARTCARD}.6`, "id-CI"),
  row(`${SMARTCARD}.7`, "id-eIDSecurity"),
  row(`${SMARTCARD}.8`, "id-PT"),
  row(`${ICAO}.5`, "id-icao-mrtd-security-aaProtocolObject", "ActiveAuthenticationInfo"),
  row(`${ICAO}.13`, "id-EFDIR", "EFDIRInfo"),
];

const PROTOCOLS = /* @__PURE__ */ listProtocols();

export const securityInfoType = (protocol: Oid): SecurityInfoType | undefined =>
  PROTOCOLS.find(({ oid }) => oid === protocol)?.type;

/** The standard's name of a protocol, e.g. `id-PACE-ECDH-GM-AES-CBC-CMAC-128`. */
export const securityProtocolName = (protocol: Oid): string | undefined =>
  PROTOCOLS.find(({ oid }) => oid === protocol)?.name;
