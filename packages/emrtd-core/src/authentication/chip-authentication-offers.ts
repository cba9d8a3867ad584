import { type DhKey, decodeSubjectPublicKeyInfo, type EcKey } from "../crypto/public-key.js";
import type { SecureMessagingCipher } from "../iso7816/sm-cipher.js";
import type {
  ChipAuthenticationInfo,
  ChipAuthenticationPublicKeyInfo,
  SecurityInfo,
} from "../lds/security-info.js";
import type { Oid } from "../oid.js";

/** One of the protocols of Doc 9303-11, tables 5 and 6. */
export interface ChipAuthenticationProtocol {
  readonly oid: Oid;
  readonly agreement: "DH" | "ECDH";
  readonly cipher: SecureMessagingCipher;
}

/** id-CA. */
const ID_CA = "0.4.0.127.0.7.2.2.3";

const CIPHERS = ["3DES", "AES-128", "AES-192", "AES-256"] as const;

const listProtocols = (): readonly ChipAuthenticationProtocol[] =>
  (["DH", "ECDH"] as const).flatMap((agreement, family) =>
    CIPHERS.map((cipher, index) => ({
      oid: `${ID_CA}.${family + 1}.${index + 1}`,
      agreement,
      cipher,
    })),
  );

export const CHIP_AUTHENTICATION_PROTOCOLS: readonly ChipAuthenticationProtocol[] =
  /* @__PURE__ */ listProtocols();

export const chipAuthenticationProtocol = (oid: Oid): ChipAuthenticationProtocol | undefined =>
  CHIP_AUTHENTICATION_PROTOCOLS.find((protocol) => protocol.oid === oid);

/** A key of the chip and a protocol to use it with. */
export interface ChipAuthenticationOffer {
  readonly protocol: ChipAuthenticationProtocol;
  readonly publicKey: EcKey | DhKey;
  /** Identifier of the key, where the chip has several. */
  readonly keyId?: number;
  /** DG14 holds the key and no info: French documents of 2013 and 2014 mean triple DES by it. */
  readonly inferred: boolean;
}

/**
 * What of DG14 chip authentication can be done with, the strongest cipher first (Doc 9303-11, 9.2.5 and
 * 9.2.6).
 *
 * @throws EmrtdError where a key cannot be read: `EC_PARAMETERS_UNKNOWN` is the mark of a forgery.
 */
export const chipAuthenticationOffers = (
  infos: readonly SecurityInfo[],
): ChipAuthenticationOffer[] => {
  const keys = infos.filter(
    (info): info is ChipAuthenticationPublicKeyInfo =>
      info.type === "ChipAuthenticationPublicKeyInfo",
  );
  const protocols = infos.filter(
    (info): info is ChipAuthenticationInfo => info.type === "ChipAuthenticationInfo",
  );
  return keys
    .flatMap((key) => offersOf(key, protocols))
    .sort((a, b) => strength(b.protocol) - strength(a.protocol));
};

const offersOf = (
  { publicKey: bytes, keyId }: ChipAuthenticationPublicKeyInfo,
  infos: readonly ChipAuthenticationInfo[],
): ChipAuthenticationOffer[] => {
  const publicKey = decodeSubjectPublicKeyInfo(bytes);
  if (publicKey.type === "RSA") return [];
  const agreement = publicKey.type === "EC" ? "ECDH" : "DH";
  const reference = keyId === undefined ? {} : { keyId };
  const offers = infos
    // Version 2 has its keys in EF.CardSecurity and another order of steps.
    .filter(({ version }) => version === 1)
    // An id on one side only still fits: chips with one key leave it out on either.
    .filter((info) => info.keyId === undefined || keyId === undefined || info.keyId === keyId)
    .flatMap((info) => {
      const protocol = chipAuthenticationProtocol(info.protocol);
      return protocol?.agreement === agreement
        ? [{ protocol, publicKey, ...reference, inferred: false }]
        : [];
    });
  if (offers.length > 0 || infos.length > 0) return offers;
  const protocol = CHIP_AUTHENTICATION_PROTOCOLS.find(
    (known) => known.agreement === agreement && known.cipher === "3DES",
  )!;
  return [{ protocol, publicKey, ...reference, inferred: true }];
};

const strength = ({ cipher }: ChipAuthenticationProtocol): number => CIPHERS.indexOf(cipher);
