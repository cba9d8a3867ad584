import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { answerActiveAuthentication } from "../src/authentication/active.js";
import type { ChipEvidence } from "../src/authentication/evidence.js";
import { portableCrypto } from "../src/crypto/portable.js";
import { decodePrivateKey } from "../src/crypto/private-key.js";
import { nodeCrypto } from "../src/node/index.js";
import { verifyDocument } from "../src/verification/verify-document.js";
import { tools, trusting, withFlippedBit } from "./support/test-document.js";

const root = process.env["SPECIMENS_DIR"];

describe.skipIf(!root)("the specimen of BSI TR-03105-5 (needs SPECIMENS_DIR)", () => {
  const read = (name: string) =>
    new Uint8Array(readFileSync(join(root ?? "", "specimens/bsi-tr-03105-5", name)));
  const load = () => ({
    COM: read("EF_COM.bin"),
    SOD: read("EF_SOD.bin"),
    DG1: read("Datagroup1.bin"),
    DG2: read("Datagroup2.bin"),
    DG3: read("Datagroup3.bin"),
    DG4: read("Datagroup4.bin"),
    DG14: read("Datagroup14.bin"),
    DG15: read("Datagroup15.bin"),
  });
  const at = new Date("2014-06-01T00:00:00Z");
  const statusOf = (report: ReturnType<typeof verifyDocument>) =>
    Object.fromEntries(report.checks.map(({ id, status, reason }) => [id, [status, reason]]));

  test.each([portableCrypto, nodeCrypto])(
    "verifies as far as it can without an anchor, $name",
    (crypto) => {
      const report = verifyDocument(load(), trusting(), { at, crypto });
      expect(report.verdict).toBe("undetermined");
      expect(report.dataGroups).toEqual({
        1: { hash: "match" },
        2: { hash: "match" },
        3: { hash: "match" },
        4: { hash: "match" },
        14: { hash: "match" },
        15: { hash: "not-in-sod" },
      });
      expect(statusOf(report)).toMatchObject({
        "sod-signature": ["passed", null],
        "document-signer-chain": ["undetermined", "NO_TRUST_ANCHOR"],
        "certificate-validity": ["passed", null],
        "data-group-hashes": ["passed", null],
        "active-authentication": ["not-applicable", "NO_CHIP"],
        "mrz-consistency": ["passed", null],
      });
      expect(report.signer).toMatchObject({
        country: "DE",
        subject: "CN=HJP PB DS,OU=Document Signer,O=HJP Consulting,C=DE",
        signatureAlgorithm: "RSASSA-PSS with SHA-256",
      });
      expect(report.document).toMatchObject({
        number: "C11T002JM",
        birth: "960812",
        expiry: "231031",
      });
      // Its certificate is of 2013; the rules of Doc 9303-12 that it does not follow are later ones.
      expect(report.deviations.filter(({ code }) => !code.startsWith("PROFILE_"))).toEqual([]);
    },
  );

  test("is forged with one bit of its signature changed", () => {
    const files = load();
    const report = verifyDocument({ ...files, SOD: withFlippedBit(files.SOD, -1) }, trusting(), {
      at,
    });
    expect(report.verdict).toBe("not-authentic");
  });

  test("answers an active authentication rightly, with a key that nobody signed", () => {
    const challenge = Uint8Array.of(8, 7, 6, 5, 4, 3, 2, 1);
    const key = decodePrivateKey(read("DG15_sk.pkcs8"));
    const hash = { hash: "SHA-1" } as const;
    const signature = answerActiveAuthentication(
      key,
      challenge,
      hash,
      tools.random,
      portableCrypto,
    );
    const evidence: ChipEvidence[] = [
      {
        protocol: "access-control",
        access: {
          protocol: "bac",
          variant: null,
          cipher: "3DES",
          domainParameters: null,
          downgraded: false,
        },
        outcomes: { DG15: "read" },
      },
      { protocol: "active-authentication", challenge, signature, statusWord: 0x9000 },
    ];
    const report = verifyDocument(load(), trusting(), { at, evidence });
    expect(statusOf(report)).toMatchObject({
      "active-authentication": ["undetermined", "KEY_NOT_COVERED"],
      "chip-authentication": ["undetermined", "NOT_ATTEMPTED"],
    });
    expect(report.verdict).toBe("undetermined");
  });
});
