import type { EmrtdPassport } from "@org/docval-protocol";
import { describe, expect, test } from "vitest";
import { fieldsOf, proofsOf, verdictOf } from "../src/stations/verdict.js";

const GOOD: EmrtdPassport = {
  sodInfo: {
    hashAlgorithm: "SHA-256",
    hashForDataGroup: {
      "1": new Uint8Array(32),
      "2": new Uint8Array(32),
      "15": new Uint8Array(32),
    },
  },
  mrzInfo: {
    documentType: "TD3",
    documentCode: "P",
    issuingState: "UTO",
    primaryIdentifier: "ERIKSSON",
    secondaryIdentifier: ["ANNA", "MARIA"],
    nationality: "UTO",
    documentNumber: "L898902C3",
    dateOfBirth: "740812",
    gender: "FEMALE",
    dateOfExpiry: "340415",
    optionalData1: "",
    optionalData2: null,
  },
  facePhoto: null,
  signaturePhotos: [],
  additionalPersonalDetails: null,
  additionalDocumentDetails: null,
  passiveAuthentication: true,
  passiveAuthenticationDetails: {
    sodSignatureValid: true,
    documentCertificateValid: true,
    allHashesValid: true,
    dataGroupsChecked: [1, 2, 15],
    dataGroupsWithValidHash: [1, 2, 15],
    error: null,
  },
  chipAuthenticationResult: "UNAVAILABLE",
  activeAuthenticationResult: "SUCCESS",
  errors: [],
};

const passive = (changes: object, errors: string[]): EmrtdPassport => ({
  ...GOOD,
  passiveAuthentication: false,
  passiveAuthenticationDetails: { ...GOOD.passiveAuthenticationDetails!, ...changes },
  errors,
});
const withoutDg15 = {
  ...GOOD.sodInfo!,
  hashForDataGroup: { "1": new Uint8Array(32), "2": new Uint8Array(32) },
};

const CASES: readonly [string, EmrtdPassport, ReturnType<typeof verdictOf>][] = [
  ["all was proved", GOOD, "authentic"],
  ["the chip is a copy", { ...GOOD, activeAuthenticationResult: "FAILED" }, "not-authentic"],
  ["the chip failed its proof", { ...GOOD, chipAuthenticationResult: "FAILED" }, "not-authentic"],
  [
    "a proof was promised and not given",
    { ...GOOD, activeAuthenticationResult: "UNAVAILABLE" },
    "undetermined",
  ],
  [
    "the stronger of two proofs was given",
    {
      ...GOOD,
      chipAuthenticationResult: "SUCCESS",
      activeAuthenticationResult: "UNAVAILABLE",
      errors: ["active-authentication: CHIP_PROOF_WITHHELD"],
    },
    "authentic",
  ],
  [
    "no proof of the chip is promised",
    { ...GOOD, sodInfo: withoutDg15, activeAuthenticationResult: "UNAVAILABLE" },
    "authentic",
  ],
  [
    "a proof that DG14 promises was withheld",
    {
      ...GOOD,
      sodInfo: withoutDg15,
      activeAuthenticationResult: "UNAVAILABLE",
      errors: ["chip-authentication: CHIP_PROOF_WITHHELD"],
    },
    "undetermined",
  ],
  [
    "nobody that is trusted signed it",
    passive({ documentCertificateValid: false }, ["document-signer-chain: NO_TRUST_ANCHOR"]),
    "undetermined",
  ],
  [
    "the signer's certificate ran out",
    passive({ documentCertificateValid: false }, ["certificate-validity: EXPIRED"]),
    "undetermined",
  ],
  [
    "the signer was taken back",
    passive({ documentCertificateValid: false }, ["revocation: REVOKED"]),
    "not-authentic",
  ],
  [
    "the signature is wrong",
    passive({ sodSignatureValid: false }, ["sod-signature: SIGNATURE_INVALID"]),
    "not-authentic",
  ],
  [
    "an algorithm is unknown",
    passive({ sodSignatureValid: false }, ["sod-signature: ALGORITHM_UNSUPPORTED"]),
    "undetermined",
  ],
  [
    "a signed group has another content, in whatever words a server says it",
    passive({ allHashesValid: false, dataGroupsWithValidHash: [1, 15] }, ["DG2 differs"]),
    "not-authentic",
  ],
  [
    "a group was read that nobody signed",
    passive({ allHashesValid: false, dataGroupsChecked: [1, 2, 13, 15] }, ["DG13: NOT_IN_SOD"]),
    "undetermined",
  ],
  [
    "there are no details",
    { ...passive({}, []), passiveAuthenticationDetails: null },
    "undetermined",
  ],
];

describe("the verdict of a signed result", () => {
  for (const [because, passport, verdict] of CASES) {
    test(`${verdict}: ${because}`, () => {
      expect(verdictOf(passport)).toBe(verdict);
    });
  }

  test("names what was proved, and has the fields of the zone", () => {
    expect(proofsOf(GOOD)).toEqual([
      "sod-signature",
      "document-signer-chain",
      "certificate-validity",
      "data-group-hashes",
      "active-authentication",
    ]);
    expect(fieldsOf(GOOD)).toMatchObject({ givenNames: "ANNA MARIA", sex: "F" });
    expect(fieldsOf({ ...GOOD, mrzInfo: null })).toEqual({});
  });
});
