import type { MrzPassword } from "../access/password.js";
import { equalBytes } from "../bytes.js";
import { portableCrypto } from "../crypto/portable.js";
import { type PrivateKey, publicKeyOf } from "../crypto/private-key.js";
import type { CryptoProvider } from "../crypto/provider.js";
import { decodeSubjectPublicKeyInfo, encodeSubjectPublicKeyInfo } from "../crypto/public-key.js";
import { EmrtdError } from "../errors.js";
import { decodeDg1 } from "../lds/dg1.js";
import { decodeDg15 } from "../lds/dg15.js";
import type { ChipFiles, DataGroupNumber } from "../lds/files.js";
import type { ChipPersonalisation } from "./personalisation.js";

export interface PersonaliseFromFilesOptions {
  readonly keys?: ChipPersonalisation["keys"];
  /** What opens the chip; default the machine readable zone of DG1. */
  readonly password?: MrzPassword;
  /** Groups that the chip keeps for terminal authentication; default 3 and 4. */
  readonly extendedAccess?: readonly DataGroupNumber[];
  readonly crypto?: CryptoProvider;
}

/**
 * Makes a chip of the files of a document, and of its private keys where they are known.
 *
 * @throws EmrtdError `CHIP_PERSONALISATION` without a zone to open it with, or for a key that is not the
 *   one of its file.
 */
export const personaliseFromFiles = (
  files: ChipFiles,
  options: PersonaliseFromFilesOptions = {},
): ChipPersonalisation => {
  const { keys = {}, extendedAccess = [3, 4], crypto = portableCrypto } = options;
  if (keys.dg15) checkKey(files.DG15, keys.dg15, crypto);
  return {
    files,
    access: { bac: options.password ?? passwordOf(files.DG1) },
    keys,
    extendedAccess,
  };
};

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

const checkKey = (dg15: Uint8Array | undefined, key: PrivateKey, crypto: CryptoProvider): void => {
  if (!dg15) throw invalid("DG15 beside its private key, found none");
  let stated: Uint8Array;
  try {
    // Written again, so that two ways of writing one key are one.
    stated = canonical(decodeSubjectPublicKeyInfo(decodeDg15(dg15).publicKey));
  } catch (cause) {
    if (!(cause instanceof EmrtdError)) throw cause;
    throw invalid("a public key in DG15", cause);
  }
  if (!equalBytes(stated, canonical(publicKeyOf(key, crypto)))) {
    throw invalid("the private key of DG15, found another");
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
