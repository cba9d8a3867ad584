import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { issueSecurityObject, simulatorAnchors, simulatorRsaKey } from "../src/chip/pki.js";
import { HOLDER_PASSWORD } from "../src/chip/profiles/holder.js";
import { personalise } from "../src/chip/profiles/personalise.js";
import { createVirtualChip } from "../src/chip/virtual-chip.js";
import { HASH_OIDS } from "../src/cms/algorithm.js";
import { portableCrypto } from "../src/crypto/portable.js";
import { nodeCrypto } from "../src/node/index.js";
import { drive } from "../src/protocol.js";
import { readDocument } from "../src/reader/read-document.js";
import { createTrustStore } from "../src/trust/store.js";
import { DEVIATIONS } from "../src/verification/deviations.js";
import { REASONS } from "../src/verification/reasons.js";
import { verifyDocument } from "../src/verification/verify-document.js";
import { countingRandom } from "./support/counting-random.js";
import { check, deviations, verify } from "./support/judged.js";
import {
  ECDSA,
  makeFiles,
  makeSignerCertificate,
  OTHER_KEY,
  SIGNER_KEY,
  tools,
} from "./support/test-document.js";

const PACKAGE = new URL("..", import.meta.url);

const sources = (folder: string, ...but: readonly string[]): string =>
  execFileSync("git", ["ls-files", "-co", "--exclude-standard", folder], {
    cwd: PACKAGE,
    encoding: "utf8",
  })
    .split("\n")
    .filter((path) => path.endsWith(".ts") && !but.includes(path))
    .map((path) => readFileSync(new URL(path, PACKAGE), "utf8"))
    .join("\n");

const vectors = readFileSync(new URL("test/vectors/openssl-signed-data.json", PACKAGE), "utf8");

/** A code in quotation marks, or the first word of a longer text. */
const speaksOf = (text: string, code: string): boolean =>
  text.includes(`"${code}"`) || text.includes(`"${code} `);

describe.each([
  ["reasons", REASONS, "src/verification/reasons.ts"],
  ["deviations", DEVIATIONS, "src/verification/deviations.ts"],
])("the codes of %s", (_, table, file) => {
  const codes = Object.keys(table);

  test("are each given somewhere", () => {
    const source = sources("src", file);
    expect(codes.filter((code) => !speaksOf(source, code))).toEqual([]);
  });

  test("are each expected by a test", () => {
    const tests = sources("test") + vectors;
    expect(codes.filter((code) => !speaksOf(tests, code))).toEqual([]);
  });

  test("are each explained in words of their own", () => {
    expect(new Set(Object.values(table)).size).toBe(codes.length);
  });
});

describe("codes that nothing else gives", () => {
  test("what depends on a signature that does not stand", () => {
    const report = verify(makeFiles({ signer: { key: OTHER_KEY } }));
    for (const id of ["document-signer-chain", "certificate-validity", "revocation"] as const) {
      expect(check(report, id)).toEqual(["undetermined", "SOD_NOT_VERIFIED"]);
    }
  });

  test("oddities of a document security object", () => {
    const found = (content: Parameters<typeof makeFiles>[0]) =>
      deviations(verify(makeFiles(content)));
    expect(found({ options: { contentType: "1.3.27.1.1.1" } })).toEqual(["SOD_CONTENT_TYPE"]);
    expect(found({ signer: { withoutSignedAttributes: true } })).toEqual([
      "SIGNED_ATTRIBUTES_ABSENT",
    ]);
    expect(found({ signer: { algorithm: { scheme: "ECDSA", hash: "SHA-1" } } })).toEqual([
      "SHA1_USED",
    ]);
    const key = simulatorRsaKey("signer");
    const { modulus, exponent } = key;
    const publicKey = { type: "RSA", modulus, exponent, pss: {} } as const;
    const certificate = makeSignerCertificate({ publicKey });
    const signer = {
      key,
      certificate,
      algorithm: { scheme: "RSASSA-PKCS1-v1_5", hash: "SHA-256" },
    } as const;
    expect(found({ certificate, signer })).toEqual(["PSS_KEY_MISUSED"]);
  });

  test("a document security object that does not list DG1", () => {
    const { DG2, DG1 } = makeFiles();
    const SOD = issueSecurityObject(
      {
        version: 0,
        hashAlgorithm: HASH_OIDS["SHA-256"],
        dataGroupHashes: new Map([[2, portableCrypto.hash("SHA-256", DG2!)]]),
      },
      [{ key: SIGNER_KEY, algorithm: ECDSA, certificate: makeSignerCertificate() }],
      tools,
    );
    const report = verify({ SOD, DG1: DG1!, DG2: DG2! });
    expect([deviations(report), report.verdict]).toEqual([["DG1_NOT_LISTED"], "undetermined"]);
  });

  test("an EF.CardSecurity that cannot be read, or whose signer is not trusted", async () => {
    const options = { random: countingRandom(2), crypto: nodeCrypto };
    const chip = createVirtualChip(personalise("pace-cam"), options);
    const reading = readDocument(HOLDER_PASSWORD, { ...options, random: countingRandom(3) });
    const { files, evidence } = await drive(reading, async (command) => chip.receive(command));
    const judge = (CardSecurity: Uint8Array, anchors: readonly Uint8Array[]) => {
      const trust = createTrustStore(anchors.map((bytes) => ({ type: "certificate", bytes })));
      const at = new Date("2026-06-01T00:00:00Z");
      const report = verifyDocument({ ...files, CardSecurity }, trust, {
        at,
        evidence,
        crypto: nodeCrypto,
      });
      return check(report, "chip-authentication");
    };
    expect(judge(Uint8Array.of(0x30, 0), simulatorAnchors())).toEqual([
      "failed",
      "CARD_SECURITY_MALFORMED",
    ]);
    expect(judge(files.CardSecurity!, [])).toEqual(["undetermined", "CARD_SECURITY_NOT_TRUSTED"]);
  });
});
