import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { verifyActiveAuthentication } from "../src/authentication/active-verify.js";
import { personaliseFromFiles } from "../src/chip/personalise-from-files.js";
import { transceiveWith } from "../src/chip/transceive.js";
import { createVirtualChip } from "../src/chip/virtual-chip.js";
import { portableCrypto } from "../src/crypto/portable.js";
import { decodePrivateKey, type EcSecretKey } from "../src/crypto/private-key.js";
import { decodeSubjectPublicKeyInfo } from "../src/crypto/public-key.js";
import { decodeDg15 } from "../src/lds/dg15.js";
import type { ChipFiles } from "../src/lds/files.js";
import { identifyFile } from "../src/lds/identify-file.js";
import { nodeCrypto } from "../src/node/index.js";
import { drive } from "../src/protocol.js";
import { readDocument } from "../src/reader/read-document.js";
import { createTrustStore } from "../src/trust/store.js";
import { verifyDocument } from "../src/verification/verify-document.js";
import { countingRandom } from "./support/counting-random.js";

const SPECIMENS = process.env["SPECIMENS_DIR"];
const folder = join(SPECIMENS ?? "", "specimens/bsi-tr-03105-5");

const loadFiles = (): ChipFiles =>
  Object.fromEntries(
    readdirSync(folder).flatMap((name) => {
      const bytes = Uint8Array.from(readFileSync(join(folder, name)));
      const file = identifyFile(bytes, name);
      return file ? [[file, bytes]] : [];
    }),
  );

const password = { documentNumber: "C11T002JM", dateOfBirth: "960812", dateOfExpiry: "231031" };

describe.skipIf(!SPECIMENS)(
  "the specimen chip of BSI TR-03105-5 (needs SPECIMENS_DIR, which .ci/run sets)",
  () => {
    const key = () =>
      decodePrivateKey(Uint8Array.from(readFileSync(join(folder, "DG15_sk.pkcs8"))));
    const agreementKey = () => {
      const bytes = Uint8Array.from(readFileSync(join(folder, "DG14_sk.pkcs8")));
      return decodePrivateKey(bytes) as EcSecretKey;
    };
    const read = (crypto = portableCrypto, extendedAccess: readonly (3 | 4)[] = [3, 4]) => {
      const made = personaliseFromFiles(loadFiles(), {
        keys: { dg14: [{ key: agreementKey() }], dg15: key() },
        extendedAccess,
        crypto,
      });
      const chip = createVirtualChip(made, { random: countingRandom(2), crypto });
      return drive(
        readDocument(password, { random: countingRandom(9), crypto }),
        transceiveWith(chip),
      );
    };

    test("is read whole but for the groups that terminal authentication guards", async () => {
      const { DG3: _, DG4: __, ...open } = loadFiles();
      const reading = await read();
      expect(reading.failure).toBeNull();
      expect(reading.files).toEqual(open);
      expect(reading.outcomes).toMatchObject({ DG3: "refused", DG4: "refused", DG15: "read" });
    });

    test("is read whole where nothing guards them", async () => {
      const reading = await read(nodeCrypto, []);
      expect(reading.failure).toBeNull();
      expect(reading.files).toEqual(loadFiles());
    });

    test.each([portableCrypto, nodeCrypto])(
      "proves the key of DG14, and that of DG15, which its EF.SOD does not cover ($name)",
      async (crypto) => {
        const { files, evidence } = await read(crypto);
        const proof = evidence.find(({ protocol }) => protocol === "active-authentication");
        if (proof?.protocol !== "active-authentication") expect.unreachable();
        const publicKey = decodeSubjectPublicKeyInfo(decodeDg15(files.DG15!).publicKey);
        expect(verifyActiveAuthentication(proof, publicKey, { crypto }).status).toBe("passed");
        const report = verifyDocument(files, createTrustStore([]), {
          at: new Date("2022-01-01"),
          evidence,
          crypto,
        });
        expect(report.verdict).toBe("undetermined");
        expect(report.dataGroups).toMatchObject({
          15: { hash: "not-in-sod" },
          1: { hash: "match" },
          3: { hash: "not-read" },
        });
        expect(report.checks).toContainEqual(
          expect.objectContaining({
            id: "active-authentication",
            status: "undetermined",
            reason: "KEY_NOT_COVERED",
          }),
        );
        expect(report.checks).toContainEqual(
          expect.objectContaining({
            id: "chip-authentication",
            status: "passed",
            detail: expect.objectContaining({ protocol: "id-CA-ECDH-3DES-CBC-CBC" }),
          }),
        );
      },
    );

    test("is not made with a key that is not its own", () => {
      const other = decodePrivateKey(Uint8Array.from(readFileSync(join(folder, "DG14_sk.pkcs8"))));
      expect(() => personaliseFromFiles(loadFiles(), { keys: { dg15: other } })).toThrow(
        expect.objectContaining({ code: "CHIP_PERSONALISATION" }),
      );
    });
  },
);
