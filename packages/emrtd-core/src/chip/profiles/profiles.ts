import type { CurveName } from "../../crypto/curves.js";
import type { HashName } from "../../crypto/provider.js";
import type { FileName } from "../../lds/files.js";
import type { Oid } from "../../oid.js";
import type { SimulatorSignerName } from "../pki/simulator.js";
import { portraitDg2 } from "../portrait.js";
import type { ChipKeyKind } from "./chip-keys.js";

/** PACEInfo with standardized domain parameters (Doc 9303-11, 9.5.1). */
export interface PaceOfferContent {
  readonly oid: Oid;
  readonly parameterId: number;
}

export interface ChipAuthenticationContent {
  readonly oid?: Oid;
  /** The curve of the key, or the identifier of a group of RFC 5114. */
  readonly key: CurveName | 0 | 1 | 2;
}

/** A kind of document that the simulator can be. */
export interface Profile {
  readonly meaning: string;
  /** Who signs EF.SOD. */
  readonly signer: SimulatorSignerName;
  /** Hash of the data groups. */
  readonly digest: HashName;
  /** Key of DG15; without it there is no active authentication. */
  readonly activeAuthentication?: ChipKeyKind;
  /** Offers of EF.CardAccess; without it the chip knows basic access control only. */
  readonly pace?: readonly PaceOfferContent[];
  /** A key of DG14 and how it is used; without `oid` DG14 has the key and no info. */
  readonly chipAuthentication?: ChipAuthenticationContent;
  /** DG3 and DG4, kept for terminals of the simulator's authority. */
  readonly extendedAccess?: boolean;
  /** A card of TD1 size instead of a passport. */
  readonly size?: "TD1";
  /** Files that were put in after EF.SOD was signed. */
  readonly replaced?: () => { readonly [name in FileName]?: Uint8Array };
  /** The chip has another key than the one in its DG15. */
  readonly cloned?: boolean;
}

const ECDSA = {
  signer: "ecdsa",
  digest: "SHA-256",
  activeAuthentication: "P-256",
} as const;

const ID_PACE: Oid = "0.4.0.127.0.7.2.2.4";
const ID_CA: Oid = "0.4.0.127.0.7.2.2.3";

const pace = (arc: string, parameterId: number) => ({
  pace: [{ oid: `${ID_PACE}.${arc}`, parameterId }],
});

/** Every profile, by its name. All can be opened with basic access control; some offer PACE besides. */
export const PROFILES = {
  "bac-rsa": {
    meaning: "signed with RSA PKCS#1 v1.5, active authentication with RSA",
    signer: "rsa",
    digest: "SHA-256",
    activeAuthentication: "RSA-1536",
  },
  "bac-rsa-pss": {
    meaning: "signed with RSA-PSS, active authentication with RSA",
    signer: "rsa-pss",
    digest: "SHA-256",
    activeAuthentication: "RSA-1536",
  },
  "bac-ecdsa": {
    meaning: "signed with ECDSA on P-256, active authentication with ECDSA",
    ...ECDSA,
  },
  "bac-brainpool": {
    meaning: "signed with ECDSA on a brainpool curve, active authentication likewise",
    signer: "brainpool",
    digest: "SHA-384",
    activeAuthentication: "brainpoolP256r1",
  },
  "pace-gm-brainpool": {
    meaning: "PACE with generic mapping on brainpoolP256r1 and AES-128",
    ...ECDSA,
    ...pace("2.2", 13),
  },
  "pace-gm-p256": {
    meaning: "PACE with generic mapping on P-256 and AES-256",
    ...ECDSA,
    ...pace("2.4", 12),
  },
  "pace-gm-dh": {
    meaning: "PACE with generic mapping modulo a prime of 2,048 bits, and AES-128",
    ...ECDSA,
    ...pace("1.2", 2),
  },
  "pace-im-ecdh": {
    meaning: "PACE with integrated mapping on brainpoolP256r1 and AES-128",
    ...ECDSA,
    ...pace("4.2", 13),
  },
  "pace-im-dh": {
    meaning: "PACE with integrated mapping modulo a prime of 1,024 bits, and AES-128",
    ...ECDSA,
    ...pace("3.2", 0),
  },
  "pace-cam": {
    meaning: "PACE with chip authentication mapping on brainpoolP256r1 and AES-128",
    signer: "ecdsa",
    digest: "SHA-256",
    pace: [
      { oid: `${ID_PACE}.6.2`, parameterId: 13 },
      { oid: `${ID_PACE}.2.2`, parameterId: 13 },
    ],
  },
  "ca-aes": {
    meaning: "basic access control, then chip authentication on brainpoolP256r1 with AES-256",
    signer: "ecdsa",
    digest: "SHA-256",
    chipAuthentication: { oid: `${ID_CA}.2.4`, key: "brainpoolP256r1" },
  },
  "ca-3des": {
    meaning: "basic access control, then chip authentication modulo a prime with 3DES",
    signer: "rsa",
    digest: "SHA-256",
    chipAuthentication: { oid: `${ID_CA}.1.1`, key: 2 },
  },
  "eac-ta": {
    meaning:
      "PACE and chip authentication, then fingers and irises for terminals that prove themselves",
    signer: "ecdsa",
    digest: "SHA-256",
    ...pace("2.2", 13),
    chipAuthentication: { oid: `${ID_CA}.2.4`, key: "brainpoolP256r1" },
    extendedAccess: true,
  },
  "td1-id-card": {
    meaning: "an identity card of TD1 size with PACE and chip authentication on brainpoolP384r1",
    signer: "brainpool",
    digest: "SHA-256",
    size: "TD1",
    ...pace("2.4", 16),
    chipAuthentication: { oid: `${ID_CA}.2.4`, key: "brainpoolP384r1" },
  },
  tampered: {
    meaning: "another portrait was put in after signing: not authentic",
    ...ECDSA,
    replaced: () => ({ DG2: portraitDg2("JPEG 2000") }),
  },
  cloned: {
    meaning: "copied files on a chip without the key of DG15: not authentic",
    ...ECDSA,
    cloned: true,
  },
  expired: {
    meaning: "the certificate of its signer is out of date: undetermined",
    ...ECDSA,
    signer: "expired",
  },
  untrusted: {
    meaning: "signed under an authority that nobody trusts: undetermined",
    ...ECDSA,
    signer: "untrusted",
  },
} as const satisfies Record<string, Profile>;

export type ProfileName = keyof typeof PROFILES;
