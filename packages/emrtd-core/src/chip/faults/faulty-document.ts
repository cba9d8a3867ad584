import { concatBytes } from "../../bytes.js";
import { hashByOid } from "../../cms/algorithm.js";
import { keyAgreementGroup } from "../../crypto/key-agreement.js";
import type { DhSecretKey, EcSecretKey, PrivateKey } from "../../crypto/private-key.js";
import type { CryptoProvider } from "../../crypto/provider.js";
import { EmrtdError } from "../../errors.js";
import { decodeDg14, encodeDg14 } from "../../lds/dg14.js";
import type { ChipFiles, FileName } from "../../lds/files.js";
import { decodeSod } from "../../lds/sod.js";
import { type ChipFault, faultsOf } from "../faults.js";
import type { ChipPersonalisation } from "../personalisation.js";
import { derivedEcKey, derivedRandom, simulatorRsaKey } from "../pki/keys.js";
import type { DocumentFault } from "./document.js";
import { reverseSignerNames, signSodAgain, writeSodIndefinitely } from "./rewrite-sod.js";

type Change<Name extends DocumentFault["fault"]> = (
  made: ChipPersonalisation,
  fault: Extract<DocumentFault, { fault: Name }>,
  crypto: CryptoProvider,
) => ChipPersonalisation;

/**
 * The chip as it is after something is wrong with its document. What is signed again is so first, then
 * what nobody signed is written otherwise, and bytes are altered last.
 *
 * @throws EmrtdError `CHIP_PERSONALISATION` where the chip has no such file, key or byte.
 */
export const faultyDocument = (
  personalisation: ChipPersonalisation,
  faults: readonly ChipFault[],
  crypto: CryptoProvider,
): ChipPersonalisation => {
  let made = personalisation;
  const apply = <Name extends DocumentFault["fault"]>(name: Name, change: Change<Name>) => {
    for (const fault of faultsOf(faults, name)) {
      made = change(made, fault as Extract<DocumentFault, { fault: Name }>, crypto);
    }
  };
  apply("key-without-info", withoutInfo);
  apply("wrong-hash", withWrongHash);
  apply("pss-salt", withSalt);
  apply("ber-sod", withSod(writeSodIndefinitely));
  apply("reordered-signer", withSod(reverseSignerNames));
  apply("cloned-key", withOtherKey);
  apply("altered-file", withAlteredFile);
  return withHabits(made, faults);
};

const withHabits = (
  made: ChipPersonalisation,
  faults: readonly ChipFault[],
): ChipPersonalisation => ({
  ...made,
  ...(faultsOf(faults, "no-extended-length").length > 0 ? { extendedLength: false } : {}),
  ...(faultsOf(faults, "signing").some(({ habit }) => habit === "der")
    ? { signing: { ...made.signing, format: "der" } }
    : {}),
});

const fileOf = (files: ChipFiles, name: FileName): Uint8Array => {
  const file = files[name];
  if (!file) throw notThere(`a file to change, found no ${name}`);
  return file;
};

const notThere = (expected: string): EmrtdError =>
  new EmrtdError("CHIP_PERSONALISATION", `expected ${expected}`);

const withFiles = (made: ChipPersonalisation, files: ChipFiles): ChipPersonalisation => ({
  ...made,
  files: { ...made.files, ...files },
});

const withSod =
  (change: (sod: Uint8Array) => Uint8Array) =>
  (made: ChipPersonalisation): ChipPersonalisation =>
    withFiles(made, { SOD: change(fileOf(made.files, "SOD")) });

/** DG14 without its infos of chip authentication, its new hash in EF.SOD. */
const withoutInfo: Change<"key-without-info"> = (made, _, crypto) => {
  const securityInfos = decodeDg14(fileOf(made.files, "DG14")).securityInfos.filter(
    ({ type }) => type !== "ChipAuthenticationInfo",
  );
  const DG14 = encodeDg14({ securityInfos });
  return withFiles(made, { DG14, SOD: withHashOf(14, DG14, made, crypto) });
};

const withWrongHash: Change<"wrong-hash"> = (made, { group }, crypto) => {
  const other = concatBytes(fileOf(made.files, group), Uint8Array.of(0));
  const number = Number(group.slice(2)) as 1;
  return withFiles(made, { SOD: withHashOf(number, other, made, crypto) });
};

const withHashOf = (
  group: 1 | 14,
  content: Uint8Array,
  { files }: ChipPersonalisation,
  crypto: CryptoProvider,
): Uint8Array => {
  const sod = fileOf(files, "SOD");
  const { hashAlgorithm, dataGroupHashes } = decodeSod(sod);
  const hash = crypto.hash(hashByOid(hashAlgorithm) ?? "SHA-256", content);
  const listed = new Map([...dataGroupHashes, [group, hash]]);
  return signSodAgain(sod, { content: { dataGroupHashes: listed } }, crypto);
};

const withSalt: Change<"pss-salt"> = (made, { bytes }, crypto) => {
  const algorithm = {
    scheme: "RSASSA-PSS",
    hash: "SHA-256",
    mgfHash: "SHA-256",
    saltLength: bytes,
    trailerField: 1,
  } as const;
  const change = { signer: "rsa-pss", algorithm } as const;
  return withSod((sod) => signSodAgain(sod, change, crypto))(made);
};

const withOtherKey: Change<"cloned-key"> = (made, { file }, crypto) => {
  const { dg14, dg15, cardSecurity } = made.keys;
  const keys = {
    ...made.keys,
    ...(file === "dg14" && dg14
      ? { dg14: dg14.map(({ key, ...id }) => ({ ...id, key: otherAgreementKey(key, crypto) })) }
      : {}),
    ...(file === "dg15" && dg15 ? { dg15: otherKey(dg15, crypto) } : {}),
    ...(file === "cardsecurity" && cardSecurity
      ? { cardSecurity: derivedEcKey(cardSecurity.curve, COPY, crypto) }
      : {}),
  };
  if (keys[file === "cardsecurity" ? "cardSecurity" : file] === undefined) {
    throw notThere(`a chip with a private key of ${file}`);
  }
  return { ...made, keys };
};

const COPY = "a copy of the chip";

const otherKey = (key: PrivateKey, crypto: CryptoProvider): PrivateKey =>
  key.type === "RSA" ? simulatorRsaKey("authority") : otherAgreementKey(key, crypto);

const otherAgreementKey = (
  key: EcSecretKey | DhSecretKey,
  crypto: CryptoProvider,
): EcSecretKey | DhSecretKey => {
  if (key.type === "EC") return derivedEcKey(key.curve, COPY, crypto);
  const group = keyAgreementGroup({ type: "DH", group: key }, crypto);
  return { ...key, privateValue: group.privateKey(derivedRandom(COPY, crypto)) };
};

const withAlteredFile: Change<"altered-file"> = (made, { file, fromEnd }) => {
  const bytes = fileOf(made.files, file);
  if (fromEnd < 1 || fromEnd > bytes.length) {
    throw notThere(`a byte to alter, found no such one in ${file}`);
  }
  const place = bytes.length - fromEnd;
  return withFiles(made, {
    [file]: bytes.map((byte, i) => (i === place ? byte ^ 0x01 : byte)),
  });
};
