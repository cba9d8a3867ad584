import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { emrtd, emrtdJson } from "./run.js";

const folder = mkdtempSync(join(tmpdir(), "emrtd-trust-"));
const dump = join(folder, "dump");
const list = (name: string): string => join(dump, "lists", name);
const LIST = ["--master-list", list("master-list.ml")];
const ROOT = ["--master-list-root", list("master-list-root.cer")];

beforeAll(async () => {
  expect((await emrtd("personalise", "--profile", "bac-ecdsa", "--out", dump)).exit).toBe(0);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const verify = async (...words: readonly string[]) => {
  const run = await emrtdJson("verify", "--dir", dump, ...words);
  const check = (id: string) =>
    run.document.checks?.find((row: { readonly id: string }) => row.id === id);
  return { ...run, verdict: run.document.verdict, check };
};

/** A copy with one bit changed; the offset counts from the end. */
const altered = (path: string, fromEnd: number): string => {
  const bytes = readFileSync(path);
  bytes[bytes.length - fromEnd]! ^= 1;
  const copy = join(folder, `altered-${fromEnd}`);
  writeFileSync(copy, bytes);
  return copy;
};

describe("emrtd verify with lists", () => {
  test("trusts a master list under its root, and nothing of it without", async () => {
    const trusted = await verify(...LIST, ...ROOT);
    expect([trusted.exit, trusted.verdict]).toEqual([0, "authentic"]);
    expect(trusted.check("document-signer-chain").detail.source).toBe("master-list");
    const without = await verify(...LIST);
    expect([without.exit, without.verdict]).toEqual([1, "undetermined"]);
    expect(without.err).toContain("nothing in");
  });

  test("refuses a master list that is altered, or under another root", async () => {
    for (const words of [
      ["--master-list", altered(list("master-list.ml"), 1), ...ROOT],
      [...LIST, "--master-list-root", join(dump, "csca", "utopia-1.cer")],
    ]) {
      const { exit, document } = await verify(...words);
      expect([exit, document.error.code]).toEqual([2, "TRUST_LIST_REFUSED"]);
    }
  });

  test("takes one root for each list, or one for all", async () => {
    expect((await verify(...LIST, ...LIST, ...ROOT)).exit).toBe(0);
    expect((await verify(...LIST, ...ROOT, ...LIST, ...ROOT)).exit).toBe(0);
    for (const words of [ROOT, [...LIST, ...ROOT, ...ROOT]]) {
      const { exit, document } = await verify(...words);
      expect([exit, document.error.code]).toEqual([2, "USAGE"]);
    }
  });

  test("asks revocation lists, and ignores one that is altered", async () => {
    const crl = (name: string) => verify(...LIST, ...ROOT, "--crl", list(name));
    const stands = await crl("nobody-revoked.crl");
    expect([stands.exit, stands.check("revocation").status]).toEqual([0, "passed"]);
    const revoked = await crl("signer-revoked.crl");
    expect([revoked.exit, revoked.verdict]).toEqual([1, "not-authentic"]);
    expect(revoked.check("revocation")).toMatchObject({
      reason: "REVOKED",
      detail: { reason: "keyCompromise", revocationDate: "2025-01-01T00:00:00.000Z" },
    });
    const ignored = await verify(...LIST, ...ROOT, "--crl", altered(list("signer-revoked.crl"), 1));
    expect(ignored.check("revocation").reason).toBe("NO_CRL");
    expect(ignored.document.deviations).toContainEqual(
      expect.objectContaining({ code: "CRL_NOT_TRUSTED" }),
    );
  });

  test("says what a deviation list says", async () => {
    const words = [...LIST, ...ROOT, "--deviation-list", list("deviation-list.dl")];
    const { exit, document } = await verify(...words);
    expect(exit).toBe(0);
    expect(document.deviations).toContainEqual({
      code: "DEVIATION_LISTED",
      where: `LDS-DGHashWrong, DG12, ${list("deviation-list.dl")}`,
    });
    const wrong = mkdtempSync(join(folder, "wrong-"));
    for (const name of ["EF_SOD", "DG1", "DG12"]) {
      writeFileSync(join(wrong, `${name}.bin`), readFileSync(join(dump, `${name}.bin`)));
    }
    writeFileSync(join(wrong, "DG12.bin"), readFileSync(altered(join(dump, "DG12.bin"), 1)));
    const judge = async (...more: readonly string[]) =>
      (await emrtdJson("verify", "--dir", wrong, "--csca", "sim", ...more)).document.verdict;
    expect(await judge()).toBe("not-authentic");
    expect(await judge("--deviation-list", list("deviation-list.dl"))).toBe("undetermined");
    expect(await judge("--deviation-list", altered(list("deviation-list.dl"), 1))).toBe(
      "not-authentic",
    );
  });

  test("needs a root for a defect list", async () => {
    const { exit, document } = await verify(
      "--csca",
      "sim",
      "--defect-list",
      list("master-list.ml"),
    );
    expect([exit, document.error.code]).toEqual([2, "USAGE"]);
    const root = ["--defect-list-root", list("master-list-root.cer")];
    const other = await verify("--csca", "sim", "--defect-list", list("master-list.ml"), ...root);
    expect([other.exit, other.document.error.code]).toEqual([2, "TRUST_SOURCE_INVALID"]);
  });

  test("takes the simulator's own anchors beside lists when it reads the simulator", async () => {
    const crl = ["--crl", list("signer-revoked.crl")];
    const { exit, document } = await emrtdJson("read", "--chip", "sim:bac-ecdsa", ...crl);
    expect([exit, document.verdict]).toEqual([1, "not-authentic"]);
  });
});

describe("emrtd master-list", () => {
  test("shows authorities by country, and who signed", async () => {
    const { exit, document, err } = await emrtdJson(
      "master-list",
      list("master-list.ml"),
      "--root",
      list("master-list-root.cer"),
    );
    expect([exit, err]).toEqual([0, ""]);
    expect(document).toMatchObject({
      trusted: true,
      reason: null,
      signingTime: "2025-01-01T00:00:00.000Z",
      certificates: 3,
      countries: [{ country: "UT", certificates: [{}, {}, {}] }],
    });
    expect(document.signer.subject).toMatch(/^CN=Master List Signer/);
    expect(document.countries[0].certificates[0]).toMatchObject({
      notAfter: "2049-12-31T23:59:59.000Z",
      link: false,
    });
  });

  test("shows a list that nobody vouches for, and says so", async () => {
    const { exit, out, err } = await emrtd("master-list", list("master-list.ml"));
    expect(exit).toBe(0);
    expect(out).toContain("not trusted: NO_ROOT");
    expect(out).toMatch(/^UT +3 +0 +2020-01-01 +2049-12-31/m);
    expect(err).toContain("no --root was given");
  });

  test("answers no for a list that is not signed under the root", async () => {
    for (const words of [
      [altered(list("master-list.ml"), 1), "--root", list("master-list-root.cer")],
      [list("master-list.ml"), "--root", join(dump, "csca", "utopia-1.cer")],
    ]) {
      const { exit, document } = await emrtdJson("master-list", ...words);
      expect([exit, document.trusted]).toEqual([1, false]);
    }
  });

  test("ends with 2 for what is no master list", async () => {
    for (const file of [join(dump, "EF_SOD.bin"), list("nobody-revoked.crl")]) {
      expect((await emrtdJson("master-list", file)).exit).toBe(2);
    }
  });
});
