import type { MrzPassword } from "../access/password.js";
import type { TerminalTrust } from "../authentication/terminal-chip.js";
import { equalBytes } from "../bytes.js";
import { portableCrypto } from "../crypto/portable.js";
import { type PrivateKey, publicKeyOf } from "../crypto/private-key.js";
import type { CryptoProvider } from "../crypto/provider.js";
import { decodeSubjectPublicKeyInfo, encodeSubjectPublicKeyInfo } from "../crypto/public-key.js";
import { type CvCertificate, decodeCvCertificate } from "../cvc/certificate.js";
import { trustPointOf } from "../cvc/key.js";
import { EmrtdError } from "../errors.js";
import { decodeDg1 } from "../lds/dg1.js";
import { decodeDg14 } from "../lds/dg14.js";
import { decodeDg15 } from "../lds/dg15.js";
import type { ChipFiles, DataGroupNumber } from "../lds/files.js";
import type { ChipPersonalisation } from "./personalisation.js";

export interface PersonaliseFromFilesOptions {
  readonly keys?: ChipPersonalisation["keys"];
  /** What opens the chip; default the machine readable zone of DG1. */
  readonly password?: MrzPassword;
  /** Groups that the chip keeps for terminal authentication; default 3 and 4. */
  readonly extendedAccess?: readonly DataGroupNumber[];
  /** Certificate of the authority whose terminals the chip knows; without it the kept groups stay shut. */
  readonly terminalAuthority?: Uint8Array;
  readonly crypto?: CryptoProvider;
}

/**
 * Makes a chip of the files of a document, and of its private keys where they are known.
 *
 * @throws EmrtdError `CHIP_PERSONALISATION` without a zone to open it with, or for a key that is not the
 *   one of its file; `CVC_INVALID` and others for the certificate of an authority that is none.
 */
export const personaliseFromFiles = (
  files: ChipFiles,
  options: PersonaliseFromFilesOptions = {},
): ChipPersonalisation => {
  const {
    keys = {},
    extendedAccess = [3, 4],
    crypto = portableCrypto,
    terminalAuthority,
  } = options;
  if (keys.dg15) checkSigningKey(files.DG15, keys.dg15, crypto);
  const password = options.password ?? passwordOf(files.DG1);
  for (const { key } of keys.dg14 ?? []) checkAgreementKey(files.DG14, key, crypto);
  return {
    files,
    access: { bac: password, ...(files.CardAccess ? { pace: [password] } : {}) },
    keys,
    extendedAccess,
    ...(terminalAuthority
      ? { terminalTrust: trustOf(decodeCvCertificate(terminalAuthority)) }
      : {}),
  };
};

const trustOf = (authority: CvCertificate): TerminalTrust => ({
  currentDate: authority.effectiveDate,
  trustPoints: [trustPointOf(authority)],
});

const passwordOf = (dg1: Uint8Array | undefined): MrzPassword => {
  if (!dg1) throw invalid("DG1 or a password to open the chip with, found neither");
  try {
    const { documentNumber, dateOfBirth, dateOfExpiry } = decodeDg1(dg1).mrz;
    return { documentNumber, dateOfBirth, dateOfExpiry };
  } catch (cause) {
    if (!(cause instanceof EmrtdError)) throw cause;
    throw invalid("a machine readable zone in DG1 to open the chip with", cause);
  }
};

const checkSigningKey = (
  dg15: Uint8Array | undefined,
  key: PrivateKey,
  crypto: CryptoProvider,
): void => {
  if (!dg15) throw invalid("DG15 beside its private key, found none");
  const stated = readKeys("DG15", () => [decodeDg15(dg15).publicKey]);
  checkStated("DG15", stated, key, crypto);
};

const checkAgreementKey = (
  dg14: Uint8Array | undefined,
  key: PrivateKey,
  crypto: CryptoProvider,
): void => {
  if (!dg14) throw invalid("DG14 beside its private key, found none");
  const stated = readKeys("DG14", () =>
    decodeDg14(dg14).securityInfos.flatMap((info) =>
      info.type === "ChipAuthenticationPublicKeyInfo" ? [info.publicKey] : [],
    ),
  );
  checkStated("DG14", stated, key, crypto);
};

/** Written again, so that two ways of writing one key are one. */
const readKeys = (file: string, read: () => readonly Uint8Array[]): readonly Uint8Array[] => {
  try {
    return read().map((bytes) => canonical(decodeSubjectPublicKeyInfo(bytes)));
  } catch (cause) {
    if (!(cause instanceof EmrtdError)) throw cause;
    throw invalid(`a public key in ${file}`, cause);
  }
};

const checkStated = (
  file: string,
  stated: readonly Uint8Array[],
  key: PrivateKey,
  crypto: CryptoProvider,
): void => {
  const own = canonical(publicKeyOf(key, crypto));
  if (!stated.some((known) => equalBytes(known, own))) {
    throw invalid(`the private key of ${file}, found another`);
  }
};

const canonical = (key: ReturnType<typeof decodeSubjectPublicKeyInfo>): Uint8Array =>
  encodeSubjectPublicKeyInfo(
    key.type === "EC"
      ? { ...key, explicitParameters: false }
      : key.type === "RSA"
        ? { type: "RSA", modulus: key.modulus, exponent: key.exponent }
        : key,
  );

const invalid = (expected: string, cause?: unknown): EmrtdError =>
  new EmrtdError(
    "CHIP_PERSONALISATION",
    `expected ${expected}`,
    cause === undefined ? {} : { cause },
  );
