import { expect } from "vitest";
import { concatBytes } from "../../src/bytes.js";
import { signMessage, simulatorRsaKey } from "../../src/chip/pki.js";
import { RSA_ENCRYPTION, RSASSA_PSS, type SignatureAlgorithm } from "../../src/cms/algorithm.js";
import { encodeExplicit } from "../../src/crypto/ec-parameters.js";
import { keyOfMisnamedCurve } from "../../src/crypto/misnamed-curve.js";
import { portableCrypto } from "../../src/crypto/portable.js";
import { publicKeyOf } from "../../src/crypto/private-key.js";
import type { RsaKey } from "../../src/crypto/public-key.js";
import { verifyPkcs1 } from "../../src/crypto/rsa-padding.js";
import { derBitString, derNull, derOctetString, derOid, derSequence, TAG } from "../../src/der.js";
import { decodeTlv, encodeTlv } from "../../src/tlv.js";
import { DEVIATION_TYPES } from "../../src/trust/deviation-types.js";
import { check, deviations, verify } from "../support/judged.js";
import { readProfile } from "../support/read-profile.js";
import { FIELD, replacing, withSignerFields } from "../support/rewrite-signer.js";
import {
  AUTHORITY_NAME,
  type DocumentContent,
  ECDSA,
  makeAuthority,
  makeFiles,
  makeSignerCertificate,
  SIGNER_KEY,
  tools,
  trusting,
} from "../support/test-document.js";
import { deviationSource, makeDeviationList, trustingAlso } from "../support/test-trust.js";

const EC_PUBLIC_KEY = "1.2.840.10045.2.1";
const RSA = simulatorRsaKey("signer");
const RSA_PUBLIC = publicKeyOf(RSA, portableCrypto) as RsaKey;
const PKCS1: SignatureAlgorithm = { scheme: "RSASSA-PKCS1-v1_5", hash: "SHA-256" };

/** Authentic, and these are the deviations that the report names. */
const expectAuthentic = (
  files: Parameters<typeof verify>[0],
  expected: readonly string[] = [],
  options: Parameters<typeof verify>[1] = {},
) => {
  const report = verify(files, options);
  expect(report.verdict).toBe("authentic");
  expect(deviations(report)).toEqual(expected);
  return report;
};

const signedByRsa = (algorithm: SignatureAlgorithm, publicKey = RSA_PUBLIC) => {
  const certificate = makeSignerCertificate({ publicKey });
  return makeFiles({ certificate, signer: { key: RSA, algorithm } });
};

const pss = (hash: "SHA-1" | "SHA-256" | "SHA-512", saltLength: number): SignatureAlgorithm => ({
  scheme: "RSASSA-PSS",
  hash,
  mgfHash: hash,
  saltLength,
  trailerField: 1,
});

/** EF.SOD names a signer by another certificate than the one that it carries. */
const naming = (changes: Parameters<typeof makeSignerCertificate>[0]): DocumentContent => ({
  signer: { certificate: makeSignerCertificate(changes) },
  options: { certificates: [makeSignerCertificate()] },
});

const withSod = (
  files: ReturnType<typeof makeFiles>,
  ...change: Parameters<typeof replacing>
): ReturnType<typeof makeFiles> => ({
  ...files,
  SOD: withSignerFields(files.SOD, replacing(...change)),
});

const pssWithoutParameters = derSequence(derOid(RSASSA_PSS));
const WRONG_HASH = DEVIATION_TYPES.find(({ name }) => name === "LDS-DGHashWrong")!;

export const securityObjectQuirks = {
  "content-type": () => {
    for (const contentType of ["1.2.840.113549.1.7.1", "1.3.27.1.1.1", "1.2.528.1.1006.1.20.1"]) {
      expectAuthentic(makeFiles({ options: { contentType } }), ["SOD_CONTENT_TYPE"]);
    }
    const other = verify(makeFiles({ options: { contentType: "0.4.0.127.0.7.3.2.1" } }));
    expect(check(other, "sod-signature")).toEqual(["failed", "SOD_MALFORMED"]);
  },
  "indefinite-lengths": async () => {
    const { report, files } = await readProfile("bac-ecdsa", { faults: ["ber-sod"] });
    expect(report.verdict).toBe("authentic");
    expect(report.deviations.map(({ code }) => code)).toContain("SOD_NOT_DER");
    expect(files.SOD).toBeDefined();
  },
  "attributes-in-any-order": () => {
    const files = makeFiles({ signer: { signingTime: new Date("2025-01-01T00:00:00Z") } });
    const SOD = withSignerFields(files.SOD, (fields) => {
      const attributes = decodeTlv(fields[FIELD.attributes]!).children();
      const turned = attributes.map(({ bytes }) => bytes).reverse();
      const key = { key: SIGNER_KEY, algorithm: ECDSA };
      const signature = signMessage(key, encodeTlv(TAG.set, ...turned), tools);
      const received = replacing(FIELD.attributes, encodeTlv(0xa0, ...turned))(fields);
      return replacing(FIELD.signature, derOctetString(signature))(received);
    });
    expectAuthentic({ ...files, SOD });
  },
  "signer-reordered": async () => {
    const issuer = [...AUTHORITY_NAME].reverse();
    expectAuthentic(makeFiles(naming({ issuer })), ["SIGNER_NAME_REORDERED"]);
    const { report } = await readProfile("bac-ecdsa", { faults: ["reordered-signer"] });
    expect(report.verdict).toBe("authentic");
    expect(report.deviations.map(({ code }) => code)).toContain("SIGNER_NAME_REORDERED");
  },
  "signer-respelled": () => {
    const issuer = AUTHORITY_NAME.map(([type, text]) => [type, text.toLowerCase()] as const);
    expectAuthentic(makeFiles(naming({ issuer })), ["SIGNER_NAME_RESPELLED"]);
  },
  "signer-mismatch": () => {
    expectAuthentic(makeFiles(naming({ serialNumber: 77n })), ["SIGNER_IDENTIFIER_MISMATCH"]);
    const { options, ...rest } = naming({ serialNumber: 77n });
    const certificates = [...options!.certificates!, makeAuthority()];
    const several = verify(makeFiles({ ...rest, options: { certificates } }));
    expect(check(several, "sod-signature")).toEqual(["undetermined", "SIGNER_CERTIFICATE_MISSING"]);
  },
  "signer-by-key": () => {
    expectAuthentic(makeFiles({ signer: { sid: "subject-key-identifier" } }));
  },
  "signer-certificate-elsewhere": () => {
    const files = makeFiles({ options: { certificates: [] } });
    const trust = trusting(makeAuthority(), makeSignerCertificate());
    expectAuthentic(files, ["SIGNER_CERTIFICATE_ABSENT"], { trust });
    const certificates = [makeAuthority(), makeSignerCertificate()];
    expectAuthentic(makeFiles({ options: { certificates } }));
  },
  "signature-algorithm-unnamed": () => {
    const byKeyType = derSequence(derOid(RSA_ENCRYPTION), derNull());
    expectAuthentic(withSod(signedByRsa(PKCS1), FIELD.algorithm, byKeyType));
    const withSha1 = derSequence(derOid("1.2.840.10045.4.1"));
    expectAuthentic(withSod(makeFiles(), FIELD.algorithm, withSha1), ["SIGNATURE_HASH_MISNAMED"]);
  },
  "pss-key-other-signature": () => {
    expectAuthentic(signedByRsa(PKCS1, { ...RSA_PUBLIC, pss: {} }), ["PSS_KEY_MISUSED"]);
  },
  "digest-info-null": () => {
    const digest = portableCrypto.hash("SHA-256", Uint8Array.of(1));
    for (const parameters of [derNull(), new Uint8Array()]) {
      const algorithm = derSequence(derOid("2.16.840.1.101.3.4.2.1"), parameters);
      const info = derSequence(algorithm, derOctetString(digest));
      const padding = new Uint8Array(256 - 3 - info.length).fill(0xff);
      const block = concatBytes(Uint8Array.of(0, 1), padding, Uint8Array.of(0), info);
      const signature = portableCrypto.rsaPrivate(RSA, block);
      expect(verifyPkcs1(RSA_PUBLIC, "SHA-256", digest, signature, portableCrypto)).toBe(true);
      const other = portableCrypto.hash("SHA-256", Uint8Array.of(2));
      expect(verifyPkcs1(RSA_PUBLIC, "SHA-256", other, signature, portableCrypto)).toBe(false);
    }
  },
  "pss-salt": async () => {
    for (const salt of [20, 32, 64]) {
      const { report, check: of } = await readProfile("bac-rsa", { faults: [`pss-salt=${salt}`] });
      expect(report.verdict).toBe("authentic");
      expect(of("sod-signature").detail["saltLength"]).toBe(salt);
    }
  },
  "pss-parameters": () => {
    expectAuthentic(signedByRsa(pss("SHA-512", 64)));
    const files = signedByRsa(pss("SHA-1", 20));
    const none = withSod(files, FIELD.algorithm, derSequence(derOid(RSASSA_PSS)));
    expectAuthentic(none, ["SHA1_USED"]);
    const other = withSod(signedByRsa(pss("SHA-256", 32)), FIELD.algorithm, pssWithoutParameters);
    expect(check(verify(other), "sod-signature")).toEqual(["failed", "SIGNATURE_INVALID"]);
  },
  "two-hashes": () => {
    for (const hash of ["SHA-1", "SHA-224", "SHA-512"] as const) {
      expectAuthentic(makeFiles({ hash, signer: { digest: "SHA-256" } }));
      expectAuthentic(makeFiles({ hash: "SHA-256", signer: { digest: hash } }));
    }
  },
  "signature-integer-zeros": () => {
    const files = makeFiles();
    const SOD = withSignerFields(files.SOD, (fields) => {
      const signature = decodeTlv(decodeTlv(fields[FIELD.signature]!).value);
      const integers = signature
        .children()
        .map(({ value }) => encodeTlv(TAG.integer, concatBytes(new Uint8Array(3), value)));
      return replacing(FIELD.signature, derOctetString(derSequence(...integers)))(fields);
    });
    expectAuthentic({ ...files, SOD });
  },
  "curve-written-out": () => {
    const publicKey = publicKeyOf({ ...SIGNER_KEY, explicitParameters: true }, portableCrypto);
    expectAuthentic(makeFiles({ certificate: makeSignerCertificate({ publicKey }) }));
    const point = portableCrypto.ecPublicKey("P-256", SIGNER_KEY.scalar);
    const forged = derSequence(
      derSequence(derOid(EC_PUBLIC_KEY), encodeExplicit("P-256", point)),
      derBitString(point),
    );
    const certificate = makeSignerCertificate({ publicKey: forged });
    const report = verify(makeFiles({ certificate }));
    expect(check(report, "sod-signature")).toEqual(["failed", "EC_PARAMETERS_UNKNOWN"]);
  },
  "curve-misnamed": () => {
    const point = portableCrypto.ecPublicKey("P-256", SIGNER_KEY.scalar);
    const publicKey = derSequence(
      derSequence(derOid(EC_PUBLIC_KEY), derOid("1.3.36.3.3.2.8.1.1.7")),
      derBitString(point),
    );
    expect(keyOfMisnamedCurve(publicKey)).toMatchObject({ curve: "P-256" });
    const certificate = makeSignerCertificate({ publicKey });
    expectAuthentic(makeFiles({ certificate }), ["KEY_CURVE_MISNAMED"]);
  },
  "signing-time-missing": () => {
    const report = expectAuthentic(makeFiles());
    const { detail } = report.checks.find(({ id }) => id === "sod-signature")!;
    expect(detail["signingTime"]).toBeNull();
    expect(check(report, "certificate-validity")[0]).toBe("passed");
  },
  "listed-and-refused": async () => {
    const { report, reading } = await readProfile("eac-ta");
    expect(reading.outcomes).toMatchObject({ DG3: "refused", DG4: "refused" });
    expect(report.dataGroups).toMatchObject({ 3: { hash: "not-read" }, 4: { hash: "not-read" } });
    expect(report.verdict).toBe("authentic");
  },
  "read-and-unlisted": async () => {
    const { DG15 } = (await readProfile("bac-ecdsa")).files;
    const { report, check: of } = await readProfile("ca-aes", {
      change: (made) => ({ ...made, files: { ...made.files, DG15: DG15! } }),
    });
    expect(report.dataGroups[15]).toEqual({ hash: "not-in-sod" });
    expect(of("active-authentication")).toMatchObject({ reason: "KEY_NOT_COVERED" });
  },
  "wrong-hash-listed": async () => {
    const { check: of, report } = await readProfile("bac-ecdsa", { faults: ["wrong-hash=DG12"] });
    expect(of("data-group-hashes")).toMatchObject({ status: "failed", reason: "HASH_MISMATCH" });
    expect(report.verdict).toBe("not-authentic");
    const files = {
      ...makeFiles({ more: { 12: Uint8Array.of(0x6c, 0) } }),
      DG12: Uint8Array.of(0x6c, 3, 0x5f, 0x19, 0),
    };
    const list = makeDeviationList([
      { documents: {}, descriptions: [{ type: WRONG_HASH.oid, parameter: { file: 12 } }] },
    ]);
    const listed = verify(files, { trust: trustingAlso(deviationSource(list)) });
    expect(check(listed, "data-group-hashes")).toEqual(["undetermined", "EXPLAINED_BY_DEVIATION"]);
    expect(listed.verdict).toBe("undetermined");
  },
};
