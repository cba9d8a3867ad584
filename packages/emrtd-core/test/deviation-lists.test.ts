import { describe, expect, test } from "vitest";
import { fromHex, toHex } from "../src/bytes.js";
import { simulatorDeviationList } from "../src/chip/pki.js";
import { decodeCertificate } from "../src/cms/certificate.js";
import { formatName } from "../src/cms/name.js";
import { portableCrypto } from "../src/crypto/portable.js";
import { encodeDg12 } from "../src/lds/dg12.js";
import { nodeCrypto } from "../src/node/index.js";
import type { DeviationDocuments } from "../src/trust/deviation-documents.js";
import {
  type DeviationDescription,
  decodeDeviationList,
  encodeDeviationList,
  ID_DEVIATION_LIST_SIGNING_KEY,
} from "../src/trust/deviation-list.js";
import { DEVIATION_TYPES, type DeviationTypeName } from "../src/trust/deviation-types.js";
import { createTrustStore } from "../src/trust/store.js";
import { DEVIATION_RULES, type DeviationRule } from "../src/verification/deviation-rules.js";
import type { CheckId } from "../src/verification/report.js";
import type { VerificationOptions } from "../src/verification/verify-document.js";
import { check, deviations, verify } from "./support/judged.js";
import {
  AUTHORITY_KEY,
  makeAuthority,
  makeFiles,
  makeSignerCertificate,
  OTHER_KEY,
  SPECIMEN_MRZ,
  signerExtensions,
  withFlippedBit,
  x,
} from "./support/test-document.js";
import {
  deviationSource,
  makeDeviationList,
  makeListSigner,
  trustingAlso,
} from "./support/test-trust.js";
import vector from "./vectors/de-deviation-list.json" with { type: "json" };

const oidOf = (name: DeviationTypeName): string =>
  DEVIATION_TYPES.find((row) => row.name === name)!.oid;

const say = (
  name: DeviationTypeName,
  rest: Omit<DeviationDescription, "type"> = {},
  documents: DeviationDocuments = {},
) => [{ documents, descriptions: [{ type: oidOf(name), ...rest }] }];

const DG12 = encodeDg12({ dateOfIssue: "20240601" });
const OTHER_DG12 = encodeDg12({ dateOfIssue: "20151205" });
const right = makeFiles({ more: { 12: DG12 } });
/** As 346,275 cards of a state are: the hash is that of another DG12. */
const wrongHash = { ...right, DG12: OTHER_DG12 };
const HASH_WRONG = { parameter: { file: 12 } } as const;

const judge = (
  files: Parameters<typeof verify>[0],
  list: Uint8Array,
  options: Partial<VerificationOptions> = {},
) => {
  const report = verify(files, { trust: trustingAlso(deviationSource(list)), ...options });
  return {
    report,
    result: (id: CheckId) => [...check(report, id), report.verdict],
    found: deviations(report),
  };
};

const hashes = (documents: DeviationDocuments, files = wrongHash) =>
  judge(files, makeDeviationList(say("LDS-DGHashWrong", HASH_WRONG, documents))).result(
    "data-group-hashes",
  );

const EXPLAINED = ["undetermined", "EXPLAINED_BY_DEVIATION", "undetermined"];
const FAILED = ["failed", "HASH_MISMATCH", "not-authentic"];

describe.each([portableCrypto, nodeCrypto])("a deviation list, with $name", (crypto) => {
  test("explains a wrong hash, and makes nothing pass", () => {
    const list = makeDeviationList(say("LDS-DGHashWrong", HASH_WRONG));
    const { result, found, report } = judge(wrongHash, list, { crypto });
    expect(result("data-group-hashes")).toEqual(EXPLAINED);
    expect(found).toEqual(["DEVIATION_LISTED"]);
    expect(report.deviations.at(-1)?.where).toBe("LDS-DGHashWrong, DG12, deviations");
    const { detail } = report.checks.find(({ id }) => id === "data-group-hashes")!;
    expect(detail).toMatchObject({
      mismatch: [12],
      before: { status: "failed", reason: "HASH_MISMATCH" },
      listed: [{ type: "LDS-DGHashWrong", where: "DG12", certain: true, origin: "deviations" }],
    });
  });
});

describe("what does not explain a wrong hash", () => {
  test("no list", () => {
    const report = verify(wrongHash);
    expect([...check(report, "data-group-hashes"), report.verdict]).toEqual(FAILED);
  });

  test("a list that speaks of another group, of no group, or of something else", () => {
    for (const deviation of [
      say("LDS-DGHashWrong", { parameter: { file: 11 } }),
      say("LDS-DGHashWrong"),
      say("LDS-DGMalformed", HASH_WRONG),
      say("Chip"),
      say("NationalUse", { nationalUse: Uint8Array.of(0xa1, 2, 5, 0) }),
    ]) {
      expect(judge(wrongHash, makeDeviationList(deviation)).result("data-group-hashes")).toEqual(
        FAILED,
      );
    }
  });

  test("a list of one group where two are wrong; lists of both", () => {
    const two = { ...wrongHash, DG2: withFlippedBit(wrongHash.DG2!, -1) };
    expect(hashes({}, two)).toEqual(FAILED);
    const both = makeDeviationList([
      ...say("LDS-DGHashWrong", HASH_WRONG),
      ...say("LDS-DGHashWrong", { parameter: { file: 2 } }),
    ]);
    expect(judge(two, both).result("data-group-hashes")).toEqual(EXPLAINED);
  });
});

describe("selectors are joined by AND", () => {
  const { issuer, serialNumber, subjectKeyIdentifier } = decodeCertificate(makeSignerCertificate());
  const fitting: DeviationDocuments = {
    documentType: "P",
    documentNumbers: new Set(["X0000000X", "L898902C3"]),
    signer: { issuer, serialNumber },
  };

  test("a document that fits each of them is meant", () => {
    expect(hashes(fitting)).toEqual(EXPLAINED);
    expect(hashes({ documentType: "P<" })).toEqual(EXPLAINED);
    expect(hashes({ signer: { subjectKeyIdentifier: subjectKeyIdentifier! } })).toEqual(EXPLAINED);
  });

  test.each<[string, DeviationDocuments]>([
    ["type", { documentType: "C" }],
    ["number", { documentNumbers: new Set(["L898902C4"]) }],
    ["signer by serial number", { signer: { issuer, serialNumber: Uint8Array.of(3) } }],
    ["signer by key", { signer: { subjectKeyIdentifier: new Uint8Array(20) } }],
    ["period", { issued: { first: new Date("2020-01-01Z"), last: new Date("2021-01-01Z") } }],
  ])("one that does not fit is enough: %s", (_, documents) => {
    const dated = { ...makeFiles({ more: { 12: DG12, 11: new Uint8Array([0x6b, 0]) } }) };
    const files = { ...dated, DG11: Uint8Array.of(0x6b, 1, 0) };
    const list = makeDeviationList(
      say("LDS-DGHashWrong", { parameter: { file: 11 } }, { ...fitting, ...documents }),
    );
    expect(judge(files, list).result("data-group-hashes")).toEqual(FAILED);
  });

  test("a signer can be named by a digest of its certificate", () => {
    const certificateDigest = portableCrypto.hash("SHA-256", makeSignerCertificate());
    const deviation = say("LDS-DGHashWrong", HASH_WRONG, { signer: { certificateDigest } });
    const list = (digestAlgorithm?: string) =>
      makeDeviationList(deviation, digestAlgorithm === undefined ? {} : { digestAlgorithm });
    const result = (bytes: Uint8Array) => judge(wrongHash, bytes).result("data-group-hashes");
    expect(result(list("2.16.840.1.101.3.4.2.1"))).toEqual(EXPLAINED);
    expect(result(list("2.16.840.1.101.3.4.2.3"))).toEqual(FAILED);
    // By which algorithm, the list does not say.
    expect(result(list())).toEqual(FAILED);
  });

  test("a period is held against the date of issue, the time of signing, or an estimate", () => {
    const issued = { first: new Date("2024-05-01Z"), last: new Date("2024-07-01Z") };
    const documents = { issued };
    // DG12 is the group that is wrong: its date counts for nothing, and nothing else tells.
    expect(hashes(documents)).toEqual(FAILED);
    const signed = makeFiles({
      more: { 12: DG12 },
      signer: { signingTime: new Date("2024-06-02T00:00:00Z") },
    });
    expect(hashes(documents, { ...signed, DG12: OTHER_DG12 })).toEqual(EXPLAINED);
    const late = makeFiles({
      more: { 12: DG12 },
      signer: { signingTime: new Date("2024-08-02T00:00:00Z") },
    });
    expect(hashes(documents, { ...late, DG12: OTHER_DG12 })).toEqual(FAILED);
    const used = (from: string, to: string) => {
      const period = x.privateKeyUsagePeriod(new Date(from), new Date(to));
      const certificate = makeSignerCertificate({ extensions: [...signerExtensions(), period] });
      return { ...makeFiles({ certificate, more: { 12: DG12 } }), DG12: OTHER_DG12 };
    };
    expect(hashes(documents, used("2024-05-10Z", "2024-06-10Z"))).toEqual(EXPLAINED);
    // Some documents of this signer are meant, perhaps this one: not enough to explain anything.
    expect(hashes(documents, used("2024-05-10Z", "2024-07-10Z"))).toEqual(FAILED);
    const list = makeDeviationList(say("LDS-DGHashWrong", { parameter: { file: 2 } }, documents));
    const DG2 = withFlippedBit(right.DG2!, -1);
    expect(judge({ ...right, DG2 }, list).result("data-group-hashes")).toEqual(EXPLAINED);
  });

  test("without DG1 nobody can tell which document it is", () => {
    const { DG1: _, ...files } = right;
    const list = makeDeviationList(say("LDS-COMInconsistent", {}, fitting));
    const { found, report } = judge(files, list);
    expect(found).toContain("DEVIATION_LISTED");
    expect(report.deviations.at(-1)?.where).toBe("LDS-COMInconsistent, perhaps, deviations");
  });
});

describe("who may say so", () => {
  const deviation = say("LDS-DGHashWrong", HASH_WRONG);
  const ignored = (list: Uint8Array) => {
    const { result, found } = judge(wrongHash, list);
    expect([result("data-group-hashes"), found]).toEqual([FAILED, ["DEVIATION_LIST_NOT_TRUSTED"]]);
  };
  const signerOf = (rest: Parameters<typeof makeListSigner>[0]) =>
    makeListSigner({ usage: ID_DEVIATION_LIST_SIGNING_KEY, ...rest });

  test("nobody, where a bit of the list is another one", () => {
    const list = makeDeviationList(deviation);
    ignored(withFlippedBit(list, -1));
    // The group, inside of what is signed.
    const at = list.findIndex(
      (_, i) => list[i] === 0xa0 && list[i + 1] === 3 && list[i + 2] === 2 && list[i + 4] === 12,
    );
    ignored(withFlippedBit(list, at + 4));
  });

  test("not whom another authority certified, nor another key", () => {
    ignored(makeDeviationList(deviation, { signer: signerOf({ issuerKey: OTHER_KEY }) }));
    ignored(makeDeviationList(deviation, { signer: signerOf({ key: OTHER_KEY }) }));
  });

  test("not the signer of the documents, nor one of master lists, nor the authority", () => {
    const certificate = makeSignerCertificate();
    ignored(makeDeviationList(deviation, { signer: signerOf({ signer: { certificate } }) }));
    ignored(makeDeviationList(deviation, { signer: makeListSigner() }));
    const authority = { key: AUTHORITY_KEY, certificate: makeAuthority() };
    ignored(makeDeviationList(deviation, { signer: signerOf({ signer: authority }) }));
  });

  test("a state of its own documents, not of another's", () => {
    const germany = makeAuthority({
      key: OTHER_KEY,
      issuer: [["countryName", "DE"]],
      subject: [["countryName", "DE"]],
    });
    const signer = signerOf({ issuerKey: OTHER_KEY, content: { issuer: [["countryName", "DE"]] } });
    const trust = trustingAlso(
      { type: "certificate", bytes: germany },
      deviationSource(makeDeviationList(deviation, { signer })),
    );
    const report = verify(wrongHash, { trust });
    expect(trust.deviationLists).toMatchObject([{ trust: { trusted: true } }]);
    expect([check(report, "data-group-hashes"), deviations(report)]).toEqual([
      ["failed", "HASH_MISMATCH"],
      [],
    ]);
    expect(
      trust.countries().map(({ country, deviationLists }) => [country, deviationLists.length]),
    ).toEqual([
      ["DE", 1],
      ["UT", 0],
    ]);
  });

  test("nobody, where it is no such list", () => {
    for (const bytes of [makeAuthority(), makeFiles().SOD]) {
      expect(() => trustingAlso(deviationSource(bytes))).toThrow(
        expect.objectContaining({ code: "TRUST_SOURCE_INVALID" }),
      );
    }
  });
});

describe("what a deviation changes in other checks", () => {
  const result = (
    files: Parameters<typeof verify>[0],
    id: CheckId,
    name: DeviationTypeName,
    rest: Omit<DeviationDescription, "type"> = {},
  ) =>
    judge(files, makeDeviationList(say(name, rest)))
      .result(id)
      .slice(0, 2);
  const explained = ["undetermined", "EXPLAINED_BY_DEVIATION"];

  test("the signature of the signer's certificate", () => {
    const certificate = makeSignerCertificate({
      issuerKey: OTHER_KEY,
      extensions: signerExtensions(AUTHORITY_KEY),
    });
    const files = makeFiles({ certificate });
    const id = "document-signer-chain";
    expect(result(files, id, "CertOrKey-DSSignature")).toEqual(explained);
    expect(result(files, id, "CertOrKey-CSCAEncoding")).toEqual(explained);
    expect(result(files, id, "LDS-SODSignatureWrong")).toEqual([
      "failed",
      "ISSUER_SIGNATURE_INVALID",
    ]);
  });

  test("the signature of the document security object", () => {
    const files = makeFiles({ signer: { key: OTHER_KEY } });
    expect(result(files, "sod-signature", "LDS-SODSignatureWrong")).toEqual(explained);
    expect(result(files, "sod-signature", "LDS-DGHashWrong")).toEqual([
      "failed",
      "SIGNATURE_INVALID",
    ]);
  });

  test("the dates of the signer's certificate, where the list speaks of these", () => {
    const certificate = makeSignerCertificate({ notAfter: new Date("2025-01-01T00:00:00Z") });
    const files = makeFiles({ certificate });
    const id = "certificate-validity";
    const field = (certificateField: "validity" | "issuer") => ({
      parameter: { certificateField },
    });
    expect(result(files, id, "CertOrKey-DSEncoding", field("validity"))).toEqual(explained);
    expect(result(files, id, "CertOrKey-DSEncoding", field("issuer"))).toEqual([
      "failed",
      "EXPIRED",
    ]);
  });

  test("check digits, of the fields that the list names", () => {
    const files = makeFiles({ mrz: SPECIMEN_MRZ.replace("C36UTO", "C35UTO") });
    const id = "mrz-consistency";
    const field = (mrzField: "documentNumber" | "dateOfBirth" | "generic") => ({
      parameter: { mrzField },
    });
    expect(result(files, id, "MRZ-WrongCheckDigit", field("documentNumber"))).toEqual(explained);
    expect(result(files, id, "MRZ-WrongCheckDigit", field("generic"))).toEqual(explained);
    expect(result(files, id, "MRZ-WrongCheckDigit", field("dateOfBirth"))).toEqual([
      "failed",
      "CHECK_DIGIT_WRONG",
    ]);
  });

  test("the country of the document", () => {
    const files = makeFiles({ mrz: SPECIMEN_MRZ.replace("P<UTO", "P<D<<") });
    const wrong = { parameter: { mrzField: "issuingState" } } as const;
    expect(result(files, "country-consistency", "MRZ-WrongData", wrong)).toEqual(explained);
  });
});

describe("a policy", () => {
  const accepts: DeviationRule = {
    listed: "LDS-DGHashWrong",
    check: "data-group-hashes",
    found: ["failed"],
    reasons: ["HASH_MISMATCH"],
    files: [11, 12],
    becomes: "passed",
    reason: null,
  };

  test("may let a deviation pass, which the report shows", () => {
    const list = makeDeviationList(say("LDS-DGHashWrong", HASH_WRONG));
    const deviationRules = [accepts, ...DEVIATION_RULES];
    const { result, report } = judge(wrongHash, list, { policy: { deviationRules } });
    expect(result("data-group-hashes")).toEqual(["passed", null, "authentic"]);
    const { detail } = report.checks.find(({ id }) => id === "data-group-hashes")!;
    expect(detail).toMatchObject({ before: { reason: "HASH_MISMATCH" } });
    expect(report.dataGroups[12]).toEqual({ hash: "mismatch" });
  });

  test("may know better than all lists", () => {
    const list = makeDeviationList(say("LDS-DGHashWrong", HASH_WRONG));
    const { result } = judge(wrongHash, list, { policy: { deviationRules: [] } });
    expect(result("data-group-hashes")).toEqual(FAILED);
  });

  test("of its own accord lets nothing pass that failed", () => {
    expect(DEVIATION_RULES.filter(({ becomes }) => becomes === "passed")).toEqual([]);
    expect(
      DEVIATION_RULES.filter(
        ({ found, evenIfUncertain }) => found.includes("failed") && evenIfUncertain,
      ),
    ).toEqual([]);
  });
});

test("types that are not known are shown by their number", () => {
  const list = makeDeviationList([
    { documents: {}, descriptions: [{ type: "2.23.136.1.1.7.9", description: "odd" }] },
  ]);
  const { report } = judge(right, list);
  expect(report.deviations.at(-1)).toEqual({
    code: "DEVIATION_LISTED",
    where: "unknown 2.23.136.1.1.7.9, deviations",
  });
});

test("the simulator's deviation list is signed under its authority", () => {
  const { list, root } = simulatorDeviationList([{ documents: {}, descriptions: [] }]);
  const trust = createTrustStore([
    { type: "certificate", bytes: root },
    { type: "deviation-list", bytes: list },
  ]);
  expect(trust.deviationLists).toMatchObject([{ trust: { trusted: true } }]);
});

test("a list that a state published is read and written to the byte", () => {
  const bytes = fromHex(vector.content);
  const list = decodeDeviationList(bytes);
  const [{ documents, descriptions } = { documents: {}, descriptions: [] }] = list.deviations;
  const { signer } = documents;
  expect(signer && "issuer" in signer && formatName(signer.issuer)).toBe(vector.signer);
  expect(signer && "issuer" in signer && toHex(signer.serialNumber)).toBe(vector.serialNumber);
  expect(descriptions).toEqual([
    {
      type: vector.type,
      description: vector.description,
      parameter: { certificateField: "generic" },
    },
  ]);
  expect(list).toMatchObject({ version: 0, digestAlgorithm: "1.3.14.3.2.26" });
  expect(encodeDeviationList(list)).toEqual(bytes);
});
