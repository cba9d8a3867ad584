import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fromHex } from "../src/bytes.js";
import { decodeCertificate } from "../src/cms/certificate.js";
import { decodeSod } from "../src/lds/sod.js";
import { decodesOrRefuses } from "./support/fuzz.js";
import { verify } from "./support/judged.js";
import { makeFiles } from "./support/test-document.js";
import vectors from "./vectors/openssl-signed-data.json" with { type: "json" };

const RUNS = 300_000;

describe("hundreds of thousands of inputs are decoded or refused", () => {
  test("EF.SOD", () => {
    decodesOrRefuses(
      decodeSod,
      fc.constantFrom(...vectors.rows.map(({ sod }) => fromHex(sod))),
      RUNS,
    );
  });

  test("certificates", () => {
    const certificates = vectors.rows.flatMap(({ csca, documentSigner }) => [csca, documentSigner]);
    decodesOrRefuses(
      (bytes) => decodeCertificate(bytes).publicKey,
      fc.constantFrom(...certificates.map(fromHex)),
      RUNS,
    );
  });
});

test("each bit of EF.SOD flipped: a report, and never another holder or signer", () => {
  const files = makeFiles();
  const verdicts = { authentic: 0, "not-authentic": 0, undetermined: 0 };
  for (let bit = 0; bit < 8 * files.SOD.length; bit++) {
    const SOD = files.SOD.slice();
    SOD[bit >> 3]! ^= 1 << (bit & 7);
    const report = verify({ ...files, SOD });
    verdicts[report.verdict]++;
    if (report.verdict !== "authentic") continue;
    expect(report.document.number).toBe("L898902C3");
    expect(report.signer.serialNumber).toBe("02");
  }
  // What stays authentic is not signed: versions, the list of digest algorithms, the signer's name.
  expect(verdicts.authentic).toBeLessThan(verdicts["not-authentic"]);
});
