import type { HashName } from "../../crypto/provider.js";
import type { FileName } from "../../lds/files.js";
import type { SimulatorSignerName } from "../pki/simulator.js";
import { portraitDg2 } from "../portrait.js";
import type { ChipKeyKind } from "./chip-keys.js";

/** A kind of document that the simulator can be. */
export interface Profile {
  readonly meaning: string;
  /** Who signs EF.SOD. */
  readonly signer: SimulatorSignerName;
  /** Hash of the data groups. */
  readonly digest: HashName;
  /** Key of DG15. */
  readonly activeAuthentication: ChipKeyKind;
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

/** Every profile, by its name. All are opened with basic access control. */
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
