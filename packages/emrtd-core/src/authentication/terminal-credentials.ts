import { equalBytes } from "../bytes.js";
import { type PrivateKey, publicKeyOf } from "../crypto/private-key.js";
import type { CryptoProvider } from "../crypto/provider.js";
import { type CvCertificate, decodeCvCertificate } from "../cvc/certificate.js";
import { CVC_LIMITS } from "../cvc/limits.js";
import type { CvPublicKey } from "../cvc/public-key.js";
import { EmrtdError } from "../errors.js";

/** What an inspection system shows a chip, so that it opens fingerprints and irises to it. */
export interface TerminalCredentials {
  /**
   * The terminal's certificate, that of its document verifier, link certificates where there are: in any
   * order, for any number of authorities.
   */
  readonly certificates: readonly Uint8Array[];
  /** Of the terminal's certificate. Of those certificates that belong to it, one that fits the chip is used. */
  readonly privateKey: PrivateKey;
}

/** Credentials whose certificates are read. */
export interface DecodedTerminalCredentials {
  readonly certificates: readonly CvCertificate[];
  /** Those of the terminal itself: of its key. */
  readonly own: readonly CvCertificate[];
  readonly privateKey: PrivateKey;
}

/**
 * @throws EmrtdError `TERMINAL_CREDENTIALS` where no certificate of a terminal belongs to the key, or there
 *   are too many; as `decodeCvCertificate` for one that cannot be read.
 */
export const decodeTerminalCredentials = (
  { certificates, privateKey }: TerminalCredentials,
  crypto: CryptoProvider,
): DecodedTerminalCredentials => {
  if (certificates.length > CVC_LIMITS.certificates) {
    throw new EmrtdError(
      "TERMINAL_CREDENTIALS",
      `expected at most ${CVC_LIMITS.certificates} certificates, found ${certificates.length}`,
    );
  }
  const decoded = certificates.map(decodeCvCertificate);
  const isOwn = ownershipOf(privateKey, crypto);
  const own = decoded.filter(
    ({ authorization, publicKey }) => authorization.role === "terminal" && isOwn(publicKey),
  );
  if (own.length === 0) {
    throw new EmrtdError(
      "TERMINAL_CREDENTIALS",
      "expected a certificate of a terminal for the private key, found none",
    );
  }
  return { certificates: decoded, own, privateKey };
};

const ownershipOf = (
  privateKey: PrivateKey,
  crypto: CryptoProvider,
): ((publicKey: CvPublicKey) => boolean) => {
  const own = publicKeyOf(privateKey, crypto);
  return (publicKey) =>
    (own.type === "RSA" &&
      publicKey.type === "RSA" &&
      equalBytes(own.modulus, publicKey.modulus)) ||
    (own.type === "EC" && publicKey.type === "EC" && equalBytes(own.point, publicKey.point));
};

/**
 * The certificates to send to a chip: from one that a key of the chip signed, down to the terminal's. The
 * shortest way from the first reference that has one.
 *
 * @param references of the authorities that the chip knows, the most recent first.
 * @returns undefined where no chain begins at any of them.
 */
export const terminalChain = (
  { certificates, own }: Pick<DecodedTerminalCredentials, "certificates" | "own">,
  references: readonly string[],
): readonly CvCertificate[] | undefined => {
  for (const reference of references) {
    const chain = wayDown(reference, certificates, own);
    if (chain !== undefined) return chain;
  }
  return undefined;
};

/** Breadth first, each certificate once: there are circles, such as a certificate signed by itself. */
const wayDown = (
  reference: string,
  certificates: readonly CvCertificate[],
  own: readonly CvCertificate[],
): readonly CvCertificate[] | undefined => {
  const seen = new Set<CvCertificate>();
  let ways: readonly (readonly CvCertificate[])[] = [[]];
  while (ways.length > 0) {
    const arrived = ways.find((way) => way.length > 0 && own.includes(way.at(-1)!));
    if (arrived !== undefined) return arrived;
    ways = ways.flatMap((way) => {
      const from = way.at(-1)?.holderReference ?? reference;
      const next = certificates.filter(
        (certificate) => certificate.authorityReference === from && !seen.has(certificate),
      );
      for (const certificate of next) seen.add(certificate);
      return way.length < CVC_LIMITS.chain ? next.map((certificate) => [...way, certificate]) : [];
    });
  }
  return undefined;
};
