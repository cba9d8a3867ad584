import type { EmrtdPassport } from "@org/docval-protocol";
import type { Fields, ProvedChip } from "../story/index.js";

/** Reasons that contradict a document; every other one says that something is missing. */
const CONTRADICTIONS: ReadonlySet<string> = new Set([
  "SIGNATURE_INVALID",
  "MESSAGE_DIGEST_MISMATCH",
  "CONTENT_TYPE_MISMATCH",
  "SOD_MALFORMED",
  "ISSUER_SIGNATURE_INVALID",
  "REVOKED",
  "HASH_MISMATCH",
  "CHIP_PROOF_INVALID",
  "KEY_MALFORMED",
]);

/**
 * The verdict that a signed result carries. A result has no word for "undetermined", so that it is read
 * from what stands beside its answers: a contradiction outweighs every proof, and a document that promises
 * a proof of its chip is not authentic without one.
 */
export const verdictOf = (passport: EmrtdPassport): ProvedChip["verdict"] => {
  const { chipAuthenticationResult: chip, activeAuthenticationResult: active, errors } = passport;
  const reasons = errors.map((error) => error.split(": ").at(-1)!);
  if (chip === "FAILED" || active === "FAILED") return "not-authentic";
  if (reasons.some((reason) => CONTRADICTIONS.has(reason))) return "not-authentic";
  if (hasOtherContent(passport)) return "not-authentic";
  if (!passport.passiveAuthentication) return "undetermined";
  const promised = Object.hasOwn(passport.sodInfo?.hashForDataGroup ?? {}, "15");
  const withheld = errors.some((error) => /^(chip|active)-authentication: /.test(error));
  const proved = chip === "SUCCESS" || active === "SUCCESS";
  return (promised || withheld) && !proved ? "undetermined" : "authentic";
};

/** A group that is signed and was read, and whose hash is another. */
const hasOtherContent = ({ passiveAuthenticationDetails, sodInfo }: EmrtdPassport): boolean => {
  const { dataGroupsChecked = [], dataGroupsWithValidHash = [] } =
    passiveAuthenticationDetails ?? {};
  const signed = sodInfo?.hashForDataGroup ?? {};
  return dataGroupsChecked.some(
    (group) => Object.hasOwn(signed, String(group)) && !dataGroupsWithValidHash.includes(group),
  );
};

/** What the result says was proved. */
export const proofsOf = (passport: EmrtdPassport): readonly string[] => {
  const details = passport.passiveAuthenticationDetails;
  return [
    ...(details?.sodSignatureValid ? ["sod-signature"] : []),
    ...(details?.documentCertificateValid ? ["document-signer-chain", "certificate-validity"] : []),
    ...(details?.allHashesValid ? ["data-group-hashes"] : []),
    ...(passport.chipAuthenticationResult === "SUCCESS" ? ["chip-authentication"] : []),
    ...(passport.activeAuthenticationResult === "SUCCESS" ? ["active-authentication"] : []),
  ];
};

/** As the zone has them. */
const SEXES: Readonly<Record<string, string>> = { MALE: "M", FEMALE: "F" };

/** Data group 1, as the page and the zone have it. */
export const fieldsOf = ({ mrzInfo }: EmrtdPassport): Fields => {
  if (mrzInfo === null) return {};
  return {
    documentNumber: mrzInfo.documentNumber,
    surname: mrzInfo.primaryIdentifier,
    givenNames: mrzInfo.secondaryIdentifier.join(" "),
    nationality: mrzInfo.nationality,
    issuer: mrzInfo.issuingState,
    sex: SEXES[mrzInfo.gender] ?? mrzInfo.gender,
    dateOfBirth: mrzInfo.dateOfBirth,
    dateOfExpiry: mrzInfo.dateOfExpiry,
  };
};
