import { describe, expect, test } from "vitest";
import { derivedEcKey } from "../src/chip/pki.js";
import { EC_PUBLIC_KEY } from "../src/cms/algorithm.js";
import { encodeExplicit } from "../src/crypto/ec-parameters.js";
import { portableCrypto } from "../src/crypto/portable.js";
import type { CryptoProvider } from "../src/crypto/provider.js";
import { derBitString, derOid, derSequence } from "../src/der.js";
import { nodeCrypto } from "../src/node/index.js";
import {
  check,
  deviations,
  indexesOf,
  lastIndexOf,
  replaceBytes,
  verify,
} from "./support/judged.js";
import {
  AUTHORITY_NAME,
  ECDSA,
  makeAuthority,
  makeFiles,
  makeSignerCertificate,
  OTHER_KEY,
  SIGNER_KEY,
  SPECIMEN_MRZ,
  trusting,
} from "./support/test-document.js";

describe("the signature of the security object", () => {
  test("by a key that is not the certificate's does not verify", () => {
    const report = verify(makeFiles({ signer: { key: OTHER_KEY } }));
    expect(check(report, "sod-signature")).toEqual(["failed", "SIGNATURE_INVALID"]);
    expect(report.verdict).toBe("not-authentic");
    expect(report.document.number).toBeNull();
  });

  test("by such a key without signed attributes does not verify", () => {
    const report = verify(makeFiles({ signer: { key: OTHER_KEY, withoutSignedAttributes: true } }));
    expect(check(report, "sod-signature")).toEqual(["failed", "SIGNATURE_INVALID"]);
  });

  test("over another content does not verify: the digest in its attributes differs", () => {
    const files = makeFiles();
    const DG1 = makeFiles({ mrz: SPECIMEN_MRZ.replaceAll("ANNA", "EMMA") }).DG1!;
    const { hash } = portableCrypto;
    const SOD = replaceBytes(files.SOD, hash("SHA-256", files.DG1!), hash("SHA-256", DG1));
    const report = verify({ ...files, DG1, SOD });
    expect(check(report, "data-group-hashes")[0]).toBe("passed");
    expect(check(report, "sod-signature")).toEqual(["failed", "MESSAGE_DIGEST_MISMATCH"]);
    expect(report.verdict).toBe("not-authentic");
  });

  test("over attributes for another content type does not verify, right as it is", () => {
    const files = makeFiles({ options: { contentType: "2.23.136.1.1.2" } });
    const [outside] = indexesOf(files.SOD, derOid("2.23.136.1.1.2"));
    const SOD = files.SOD.slice();
    SOD.set(derOid("2.23.136.1.1.1"), outside);
    expect(check(verify({ ...files, SOD }), "sod-signature")).toEqual([
      "failed",
      "CONTENT_TYPE_MISMATCH",
    ]);
  });

  test("by a key on parameters with a chosen generator is refused", () => {
    const point = portableCrypto.ecPublicKey("P-256", SIGNER_KEY.scalar);
    const publicKey = derSequence(
      derSequence(derOid(EC_PUBLIC_KEY), encodeExplicit("P-256", point)),
      derBitString(point),
    );
    const report = verify(makeFiles({ certificate: makeSignerCertificate({ publicKey }) }));
    expect(check(report, "sod-signature")).toEqual(["failed", "EC_PARAMETERS_UNKNOWN"]);
    expect(report.verdict).toBe("not-authentic");
  });

  test("with a key that cannot be read is refused", () => {
    const publicKey = derSequence(
      derSequence(derOid(EC_PUBLIC_KEY), derOid("1.2.840.10045.3.1.7")),
      derBitString(new Uint8Array(65)),
    );
    const report = verify(makeFiles({ certificate: makeSignerCertificate({ publicKey }) }));
    expect(check(report, "sod-signature")).toEqual(["failed", "KEY_MALFORMED"]);
  });

  test("with a kind of key that is not known is left open", () => {
    const publicKey = derSequence(derSequence(derOid("1.2.3.4")), derBitString(new Uint8Array(8)));
    const report = verify(makeFiles({ certificate: makeSignerCertificate({ publicKey }) }));
    expect(check(report, "sod-signature")).toEqual(["undetermined", "ALGORITHM_UNSUPPORTED"]);
    expect(report.verdict).toBe("undetermined");
  });

  test("is missing where there is no file, and fails where it cannot be read", () => {
    const { SOD, ...groups } = makeFiles();
    expect(check(verify(groups), "sod-signature")).toEqual(["undetermined", "NO_SOD"]);
    expect(verify(groups).verdict).toBe("undetermined");
    const cut = verify({ ...groups, SOD: SOD.subarray(0, SOD.length - 1) });
    expect(check(cut, "sod-signature")).toEqual(["failed", "SOD_MALFORMED"]);
    expect(cut.verdict).toBe("not-authentic");
    expect(cut.document.number).toBeNull();
  });

  test("of several signers is the best one's", () => {
    const right = { key: SIGNER_KEY, algorithm: ECDSA, certificate: makeSignerCertificate() };
    const report = verify(makeFiles({ signers: [{ ...right, key: OTHER_KEY }, right] }));
    expect(report.verdict).toBe("authentic");
    expect(deviations(report)).toEqual(["SIGNER_UNVERIFIED"]);
  });

  test("of a crowd of signers is left open, after a few", () => {
    const wrong = { key: OTHER_KEY, algorithm: ECDSA, certificate: makeSignerCertificate() };
    const report = verify(makeFiles({ signers: Array.from({ length: 9 }, () => wrong) }));
    expect(check(report, "sod-signature")).toEqual(["undetermined", "LIMIT_EXCEEDED"]);
  });

  test("of a thousand certificates is left open, after a few", () => {
    const certificate = makeSignerCertificate({ serialNumber: 99n });
    const certificates = Array.from({ length: 1_000 }, () => certificate);
    const report = verify(makeFiles({ options: { certificates } }));
    expect(check(report, "sod-signature")).toEqual(["undetermined", "LIMIT_EXCEEDED"]);
  });

  test("needs a certificate, from the file or from the store", () => {
    const files = makeFiles({ options: { certificates: [] } });
    const missing = verify(files);
    expect(check(missing, "sod-signature")).toEqual(["undetermined", "SIGNER_CERTIFICATE_MISSING"]);
    const found = verify(files, { trust: trusting(makeAuthority(), makeSignerCertificate()) });
    expect([found.verdict, deviations(found)]).toEqual([
      "authentic",
      ["SIGNER_CERTIFICATE_ABSENT"],
    ]);
  });

  test("finds its certificate beside others, readable or not", () => {
    const certificates = [Uint8Array.of(0x30, 0), makeAuthority(), makeSignerCertificate()];
    expect(verify(makeFiles({ options: { certificates } })).verdict).toBe("authentic");
    const broken = verify(makeFiles({ options: { certificates: [Uint8Array.of(0x30, 0)] } }));
    expect(check(broken, "sod-signature")).toEqual(["failed", "CERTIFICATE_MALFORMED"]);
  });

  test("may name its signer in other words, and the report says so", () => {
    const certificate = makeSignerCertificate();
    const naming = (changes: Parameters<typeof makeSignerCertificate>[0]) =>
      makeFiles({
        signer: { certificate: makeSignerCertificate(changes) },
        options: { certificates: [certificate] },
      });
    const reordered = verify(naming({ issuer: [...AUTHORITY_NAME].reverse() }));
    expect([reordered.verdict, deviations(reordered)]).toEqual([
      "authentic",
      ["SIGNER_NAME_REORDERED"],
    ]);
    const respelled = verify(
      naming({ issuer: AUTHORITY_NAME.map(([type, text]) => [type, text.toLowerCase()]) }),
    );
    expect([respelled.verdict, deviations(respelled)]).toEqual([
      "authentic",
      ["SIGNER_NAME_RESPELLED"],
    ]);
    const another = verify(naming({ serialNumber: 77n }));
    expect([another.verdict, deviations(another)]).toEqual([
      "authentic",
      ["SIGNER_IDENTIFIER_MISMATCH"],
    ]);
  });

  test("may name another hash than it was made with, and the report says so", () => {
    const files = makeFiles({
      signer: { algorithm: { scheme: "ECDSA", hash: "SHA-256" }, digest: "SHA-256" },
    });
    // ecdsa-with-SHA1 in place of ecdsa-with-SHA256 in the SignerInfo, one byte shorter.
    const named = Uint8Array.of(0x06, 8, 0x2a, 0x86, 0x48, 0xce, 0x3d, 4, 3, 2);
    const at = lastIndexOf(files.SOD, named);
    const SOD = files.SOD.slice();
    // ecdsa-with-SHA512 has an identifier of the same length.
    SOD[at + named.length - 1] = 4;
    const report = verify({ ...files, SOD });
    expect([report.verdict, deviations(report)]).toEqual([
      "authentic",
      ["SIGNATURE_HASH_MISNAMED"],
    ]);
    expect(report.signer.signatureAlgorithm).toBe("ECDSA with SHA-256");
  });
});

describe("the work that a document may cause", () => {
  const counting = () => {
    let verified = 0;
    const crypto: CryptoProvider = {
      ...nodeCrypto,
      ecdsaVerify: (...args) => {
        verified++;
        return nodeCrypto.ecdsaVerify(...args);
      },
    };
    return { crypto, count: () => verified };
  };

  test("is two signatures for a usual one", () => {
    const { crypto, count } = counting();
    verify(makeFiles(), { crypto });
    expect(count()).toBe(2);
  });

  test("is four signers of many", () => {
    const wrong = { key: OTHER_KEY, algorithm: ECDSA, certificate: makeSignerCertificate() };
    const { crypto, count } = counting();
    verify(makeFiles({ signers: Array.from({ length: 16 }, () => wrong) }), { crypto });
    expect(count()).toBe(4);
  });

  test("is forty signatures, however many authorities have the name", () => {
    const namesakes = Array.from({ length: 60 }, (_, i) =>
      makeAuthority({ key: derivedEcKey("P-256", `namesake ${i}`, portableCrypto) }),
    );
    const certificate = makeSignerCertificate({ issuerKey: OTHER_KEY });
    const { crypto, count } = counting();
    const report = verify(makeFiles({ certificate }), { crypto, trust: trusting(...namesakes) });
    expect(check(report, "document-signer-chain")).toEqual(["undetermined", "LIMIT_EXCEEDED"]);
    expect(count()).toBe(40);
  });
});
