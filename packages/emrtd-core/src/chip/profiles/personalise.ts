import type { MrzPassword } from "../../access/password.js";
import { HASH_OIDS } from "../../cms/algorithm.js";
import { portableCrypto } from "../../crypto/portable.js";
import { publicKeyOf } from "../../crypto/private-key.js";
import type { CryptoProvider } from "../../crypto/provider.js";
import { encodeSubjectPublicKeyInfo } from "../../crypto/public-key.js";
import { encodeCom } from "../../lds/com.js";
import { encodeDg14 } from "../../lds/dg14.js";
import { encodeDg15 } from "../../lds/dg15.js";
import {
  type ChipFiles,
  type DataGroupNumber,
  dataGroupName,
  fileByName,
} from "../../lds/files.js";
import type { ChipPersonalisation } from "../personalisation.js";
import { derivedRandom } from "../pki/keys.js";
import { issueSecurityObject } from "../pki/security-object.js";
import { simulatorSigner } from "../pki/simulator.js";
import { portraitDg2 } from "../portrait.js";
import { type ChipKeyKind, chipKey } from "./chip-keys.js";
import { HOLDER_CAN, HOLDER_PASSWORD, holderDg1, holderDg11, holderDg12 } from "./holder.js";
import { PROFILES, type Profile, type ProfileName } from "./profiles.js";

/** A chip of a profile, and what is printed on its document. */
export interface ProfilePersonalisation extends ChipPersonalisation {
  readonly password: MrzPassword;
  readonly can: string;
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
  return {
    files: {
      COM: commonData(groups),
      SOD: securityObject(name, profile, groups, crypto),
      ...groups,
      ...profile.replaced?.(),
    },
    access: { bac: HOLDER_PASSWORD },
    keys: {
      dg15: chipKey(profile.activeAuthentication, profile.cloned ? "clone" : CHIP, crypto),
    },
    extendedAccess: [],
    password: HOLDER_PASSWORD,
    can: HOLDER_CAN,
  };
};

const CHIP = "chip";

/** The data groups as they are signed. */
const dataGroups = (profile: Profile, crypto: CryptoProvider): ChipFiles => {
  const key = chipKey(profile.activeAuthentication, CHIP, crypto);
  return {
    DG1: holderDg1(),
    DG2: portraitDg2("JPEG"),
    DG11: holderDg11(),
    DG12: holderDg12(),
    ...activeAuthenticationInfo(profile.activeAuthentication),
    DG15: encodeDg15({ publicKey: encodeSubjectPublicKeyInfo(publicKeyOf(key, crypto)) }),
  };
};

/** With ECDSA DG14 says how the chip signs (Doc 9303-11, 9.2.4): ecdsa-plain-SHA256. */
const activeAuthenticationInfo = (kind: ChipKeyKind): ChipFiles =>
  kind === "RSA-1536"
    ? {}
    : {
        DG14: encodeDg14({
          securityInfos: [
            {
              type: "ActiveAuthenticationInfo",
              protocol: "2.23.136.1.1.5",
              version: 1,
              signatureAlgorithm: "0.4.0.127.0.7.1.1.4.1.3",
            },
          ],
        }),
      };

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
