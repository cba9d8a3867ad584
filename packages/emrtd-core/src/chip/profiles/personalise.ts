import { paceProtocol } from "../../access/pace-protocol.js";
import type { MrzPassword } from "../../access/password.js";
import type { TerminalTrust } from "../../authentication/terminal-chip.js";
import type { TerminalCredentials } from "../../authentication/terminal-credentials.js";
import { fromBigInt, toBigInt } from "../../bytes.js";
import { HASH_OIDS } from "../../cms/algorithm.js";
import { rfc5114Group } from "../../crypto/dh-groups.js";
import { keyAgreementGroup } from "../../crypto/key-agreement.js";
import { portableCrypto } from "../../crypto/portable.js";
import { type DhSecretKey, type EcSecretKey, publicKeyOf } from "../../crypto/private-key.js";
import type { CryptoProvider } from "../../crypto/provider.js";
import { encodeSubjectPublicKeyInfo } from "../../crypto/public-key.js";
import { standardizedDomainParameters } from "../../crypto/standardized-domain-parameters.js";
import { EmrtdError } from "../../errors.js";
import { encodeCardAccess } from "../../lds/card-access.js";
import { SECURITY_OBJECT } from "../../lds/card-security.js";
import { encodeCom } from "../../lds/com.js";
import { encodeCvca } from "../../lds/cvca.js";
import { encodeDg14 } from "../../lds/dg14.js";
import { encodeDg15 } from "../../lds/dg15.js";
import {
  type ChipFiles,
  type DataGroupNumber,
  dataGroupName,
  fileByName,
} from "../../lds/files.js";
import type { SecurityInfo } from "../../lds/security-info.js";
import { encodeSecurityInfos } from "../../lds/security-infos.js";
import { fingerprintsDg3 } from "../fingerprints.js";
import { irisesDg4 } from "../irises.js";
import type { ChipPersonalisation } from "../personalisation.js";
import { derivedEcKey, derivedRandom } from "../pki/keys.js";
import { issueSecurityObject, signContent } from "../pki/security-object.js";
import { simulatorSigner } from "../pki/simulator.js";
import { simulatorTerminal, simulatorTerminalTrust } from "../pki/terminal-simulator.js";
import { portraitDg2 } from "../portrait.js";
import { chipKey } from "./chip-keys.js";
import { HOLDER_CAN, HOLDER_PASSWORD, holderDg1, holderDg11, holderDg12 } from "./holder.js";
import {
  type ChipAuthenticationContent,
  type PaceOfferContent,
  PROFILES,
  type Profile,
  type ProfileName,
} from "./profiles.js";

/** A chip of a profile, and what is printed on its document. */
export interface ProfilePersonalisation extends ChipPersonalisation {
  readonly password: MrzPassword;
  readonly can: string;
  /** What its guarded groups open to, where it has some. */
  readonly terminal?: TerminalCredentials;
}

/**
 * Makes the chip of a profile: the holder's files, an EF.SOD signed by the simulator, and the chip's key.
 * The same bytes in every process: its keys are test keys that everybody can derive.
 */
export const personalise = (
  name: ProfileName,
  options: { readonly crypto?: CryptoProvider } = {},
): ProfilePersonalisation => {
  const { crypto = portableCrypto } = options;
  const profile: Profile = PROFILES[name];
  const groups = dataGroups(profile, crypto);
  const { activeAuthentication, chipAuthentication, pace, extendedAccess = false } = profile;
  const terminalTrust = extendedAccess ? simulatorTerminalTrust(crypto) : undefined;
  const mapping = pace?.find(({ oid }) => paceProtocol(oid)?.mapping === "CAM");
  return {
    files: {
      ...(pace ? { CardAccess: encodeCardAccess({ securityInfos: pace.map(paceInfo) }) } : {}),
      ...(mapping ? { CardSecurity: cardSecurity(name, profile, mapping, crypto) } : {}),
      ...(terminalTrust ? { CVCA: authorityFile(terminalTrust) } : {}),
      COM: commonData(groups),
      SOD: securityObject(name, profile, groups, crypto),
      ...groups,
      ...profile.replaced?.(),
    },
    access: {
      bac: HOLDER_PASSWORD,
      ...(pace ? { pace: [HOLDER_PASSWORD, { can: HOLDER_CAN }] } : {}),
    },
    keys: {
      ...(activeAuthentication
        ? { dg15: chipKey(activeAuthentication, profile.cloned ? "clone" : CHIP, crypto) }
        : {}),
      ...(chipAuthentication
        ? { dg14: [{ key: agreementKey(chipAuthentication.key, crypto) }] }
        : {}),
      ...(mapping ? { cardSecurity: mappingKey(mapping, crypto) } : {}),
    },
    extendedAccess: extendedAccess ? [3, 4] : [],
    ...(terminalTrust ? { terminalTrust, terminal: simulatorTerminal(crypto) } : {}),
    password: HOLDER_PASSWORD,
    can: HOLDER_CAN,
  };
};

const CHIP = "chip";

/** The data groups as they are signed. */
const dataGroups = (profile: Profile, crypto: CryptoProvider): ChipFiles => ({
  DG1: holderDg1(profile.size),
  DG2: portraitDg2("JPEG"),
  ...(profile.extendedAccess ? { DG3: fingerprintsDg3(), DG4: irisesDg4() } : {}),
  DG11: holderDg11(),
  DG12: holderDg12(),
  ...securityOptions(profile, crypto),
  ...activeAuthenticationKey(profile, crypto),
});

const activeAuthenticationKey = (
  { activeAuthentication: kind }: Profile,
  crypto: CryptoProvider,
): ChipFiles => {
  if (kind === undefined) return {};
  const key = publicKeyOf(chipKey(kind, CHIP, crypto), crypto);
  return { DG15: encodeDg15({ publicKey: encodeSubjectPublicKeyInfo(key) }) };
};

/** DG14: what the chip can do, signed; offers of PACE are repeated there (Doc 9303-11, 9.2.11). */
const securityOptions = (profile: Profile, crypto: CryptoProvider): ChipFiles => {
  const { activeAuthentication: kind, chipAuthentication, pace = [], extendedAccess } = profile;
  const securityInfos: SecurityInfo[] = [
    ...pace.map(paceInfo),
    // With ECDSA DG14 says how the chip signs (9.2.4).
    ...(kind === undefined || kind === "RSA-1536" ? [] : [ECDSA_PLAIN_SHA256]),
    ...(chipAuthentication ? chipAuthenticationInfos(chipAuthentication, crypto) : []),
    ...(extendedAccess ? [TERMINAL_AUTHENTICATION_INFO] : []),
  ];
  return securityInfos.length === 0 ? {} : { DG14: encodeDg14({ securityInfos }) };
};

const authorityFile = ({ trustPoints }: TerminalTrust): Uint8Array =>
  encodeCvca({ references: trustPoints.map(({ reference }) => reference) });

/** With the place of EF.CVCA, as European documents have it (Doc 9303-11, K.2). */
const TERMINAL_AUTHENTICATION_INFO: SecurityInfo = {
  type: "TerminalAuthenticationInfo",
  protocol: "0.4.0.127.0.7.2.2.2",
  version: 1,
  efCvca: { fileId: Uint8Array.of(0x01, 0x1c), shortFileId: Uint8Array.of(0x1c) },
};

const ECDSA_PLAIN_SHA256: SecurityInfo = {
  type: "ActiveAuthenticationInfo",
  protocol: "2.23.136.1.1.5",
  version: 1,
  signatureAlgorithm: "0.4.0.127.0.7.1.1.4.1.3",
};

const paceInfo = ({ oid, parameterId }: PaceOfferContent): SecurityInfo => ({
  type: "PACEInfo",
  protocol: oid,
  version: 2,
  parameterId,
});

/** id-PK-DH and id-PK-ECDH. */
const ID_PK = "0.4.0.127.0.7.2.2.1";

const chipAuthenticationInfos = (
  { oid, key }: ChipAuthenticationContent,
  crypto: CryptoProvider,
): SecurityInfo[] => [
  ...(oid === undefined
    ? []
    : [{ type: "ChipAuthenticationInfo", protocol: oid, version: 1 } as const]),
  publicKeyInfo(agreementKey(key, crypto), crypto),
];

const publicKeyInfo = (
  key: EcSecretKey | DhSecretKey,
  crypto: CryptoProvider,
  keyId?: number,
): SecurityInfo => ({
  type: "ChipAuthenticationPublicKeyInfo",
  protocol: `${ID_PK}.${key.type === "DH" ? 1 : 2}`,
  publicKey: encodeSubjectPublicKeyInfo(publicKeyOf(key, crypto)),
  ...(keyId === undefined ? {} : { keyId }),
});

/** The chip's key for chip authentication: on a curve, or in a group of RFC 5114. */
const agreementKey = (
  kind: ChipAuthenticationContent["key"],
  crypto: CryptoProvider,
): EcSecretKey | DhSecretKey => {
  if (typeof kind === "string") return derivedEcKey(kind, "chip authentication", crypto);
  const group = rfc5114Group(kind)!;
  const seed = derivedRandom(`chip authentication in group ${kind}`, crypto);
  const key = keyAgreementGroup({ type: "DH", group }, crypto).privateKey(seed);
  const privateValue = fromBigInt(toBigInt(key), group.prime.length);
  return { type: "DH", ...group, privateValue };
};

/** The static key of chip authentication mapping lies on the curve of PACE (Doc 9303-11, 9.2.6). */
const mappingKey = ({ parameterId }: PaceOfferContent, crypto: CryptoProvider): EcSecretKey => {
  const parameters = standardizedDomainParameters(parameterId);
  if (parameters?.type !== "EC") {
    throw new EmrtdError(
      "CHIP_PERSONALISATION",
      "expected a curve for chip authentication mapping",
    );
  }
  return derivedEcKey(parameters.curve, "chip authentication mapping", crypto);
};

const cardSecurity = (
  name: ProfileName,
  { signer, pace = [] }: Profile,
  mapping: PaceOfferContent,
  crypto: CryptoProvider,
): Uint8Array =>
  signContent(
    SECURITY_OBJECT,
    encodeSecurityInfos([
      ...pace.map(paceInfo),
      publicKeyInfo(mappingKey(mapping, crypto), crypto, mapping.parameterId),
    ]),
    [simulatorSigner(signer, crypto)],
    { crypto, random: derivedRandom(`card security ${name}`, crypto) },
  );

const numbersOf = (groups: ChipFiles): DataGroupNumber[] =>
  ([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16] as const).filter(
    (number) => groups[dataGroupName(number)],
  );

const commonData = (groups: ChipFiles): Uint8Array =>
  encodeCom({
    ldsVersion: "0107",
    unicodeVersion: "040000",
    tagList: numbersOf(groups).map((number) => fileByName(dataGroupName(number)).tag!),
  });

const securityObject = (
  name: ProfileName,
  { digest, signer }: Profile,
  groups: ChipFiles,
  crypto: CryptoProvider,
): Uint8Array => {
  const hash = (number: DataGroupNumber) => crypto.hash(digest, groups[dataGroupName(number)]!);
  return issueSecurityObject(
    {
      version: 0,
      hashAlgorithm: HASH_OIDS[digest],
      dataGroupHashes: new Map(numbersOf(groups).map((number) => [number, hash(number)])),
    },
    [simulatorSigner(signer, crypto)],
    { crypto, random: derivedRandom(`security object ${name}`, crypto) },
  );
};
