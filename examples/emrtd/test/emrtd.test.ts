import { spawnSync } from "node:child_process";
import {
  copyFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { emrtd, emrtdJson } from "./run.js";

const folder = mkdtempSync(join(tmpdir(), "emrtd-command-"));
const dump = join(folder, "dump");
const KEY = ["--document-number", "L898902C3", "--birth", "740812", "--expiry", "340415"];

beforeAll(async () => {
  expect((await emrtd("personalise", "--profile", "bac-ecdsa", "--out", dump)).exit).toBe(0);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("emrtd verify", () => {
  test("answers yes for a document whose authority is trusted", async () => {
    const { exit, document } = await emrtdJson(
      "verify",
      "--dir",
      dump,
      "--csca",
      join(dump, "csca"),
    );
    expect(exit).toBe(0);
    expect(document).toMatchObject({
      verdict: "authentic",
      document: { number: "L898902C3", surname: "ERIKSSON" },
      access: { protocol: "none" },
      dataGroups: { 1: { hash: "match" } },
    });
    expect(document.checks.map(({ id }: { id: string }) => id)).toHaveLength(11);
  });

  test("answers no without an anchor, and says why", async () => {
    const { exit, document } = await emrtdJson("verify", "--dir", dump);
    expect(exit).toBe(1);
    expect(document.verdict).toBe("undetermined");
    expect(document.checks).toContainEqual(
      expect.objectContaining({ id: "document-signer-chain", reason: "NO_TRUST_ANCHOR" }),
    );
  });

  test("writes one page with the portrait, for its owner alone", async () => {
    const page = join(folder, "report.html");
    await emrtd("verify", "--dir", dump, "--csca", "sim", "--html", page);
    expect(readFileSync(page, "utf8")).toContain('src="data:image/jpeg;base64,');
    expect(statSync(page).mode & 0o777).toBe(0o600);
  });

  test.each([
    ["a folder that is not there", ["verify", "--dir", join(folder, "nowhere")], "ENOENT"],
    ["a folder without files of a chip", ["verify", "--dir", join(dump, "csca")], "NO_CHIP_FILES"],
    ["no folder", ["verify"], "USAGE"],
    ["a date that is none", ["verify", "--dir", dump, "--at", "yesterday"], "USAGE"],
    [
      "an anchor that is none",
      ["verify", "--dir", dump, "--csca", join(dump, "DG1.bin")],
      "TRUST_SOURCE_INVALID",
    ],
    ["a profile that is not there", ["read", "--chip", "sim:nothing"], "USAGE"],
    ["a kind of chip that is not there", ["read", "--chip", "nfc"], "USAGE"],
    ["a zone of no format", ["mrz", "parse", "P<UTO"], "MRZ_LENGTH"],
    ["a key instead of a file", ["decode", join(dump, "DG15_sk.pkcs8")], "CMS_INVALID"],
  ])("ends with 2 and a code for %s", async (_, words, code) => {
    const { exit, err, document } = await emrtdJson(...words);
    expect(exit).toBe(2);
    expect(document.error.code).toBe(code);
    expect(err).toMatch(new RegExp(`^error: ${code}: .+\n$`));
  });

  test("a folder without EF.SOD proves nothing, a broken one is a failure", async () => {
    const bare = mkdtempSync(join(folder, "bare-"));
    copyFileSync(join(dump, "DG1.bin"), join(bare, "DG1.bin"));
    const without = await emrtdJson("verify", "--dir", bare);
    expect(without).toMatchObject({ exit: 1, document: { verdict: "undetermined" } });
    writeFileSync(
      join(bare, "EF_SOD.bin"),
      readFileSync(join(dump, "EF_SOD.bin")).subarray(0, 900),
    );
    const broken = await emrtdJson("verify", "--dir", bare);
    expect(broken).toMatchObject({ exit: 1, document: { verdict: "not-authentic" } });
    writeFileSync(join(bare, "copy.bin"), readFileSync(join(dump, "DG1.bin")));
    expect((await emrtdJson("verify", "--dir", bare)).document.error.code).toBe("DUPLICATE_FILE");
  });
});

describe("emrtd read", () => {
  test.each([
    ["pace-cam", 0, "authentic"],
    ["tampered", 1, "not-authentic"],
    ["cloned", 1, "not-authentic"],
    ["untrusted", 1, "undetermined"],
  ])("sim:%s ends with %i", async (profile, exit, verdict) => {
    const run = await emrtdJson("read", "--chip", `sim:${profile}`);
    expect(run).toMatchObject({ exit, document: { verdict } });
  });

  test("writes the files that were read, and they verify", async () => {
    const out = join(folder, "out");
    expect((await emrtd("read", "--chip", `dir:${dump}`, ...KEY, "--out", out)).exit).toBe(1);
    expect(readdirSync(out)).toEqual(
      readdirSync(dump).filter((name) => /^(EF_|DG\d+\.)/.test(name)),
    );
    expect((await emrtd("verify", "--dir", out, "--csca", "sim")).exit).toBe(0);
  });

  test("a recording is held again to the byte, and opens for its owner alone", async () => {
    const tape = join(folder, "tape");
    const first = await emrtdJson(
      "read",
      "--chip",
      "sim:ca-aes",
      "--trace",
      tape,
      "--at",
      "2026-01-01",
    );
    expect(statSync(tape).mode & 0o777).toBe(0o600);
    const again = ["read", "--chip", `replay:${tape}`, "--csca", "sim", "--at", "2026-01-01"];
    expect((await emrtdJson(...again)).document).toEqual(first.document);
  });

  test("a reading that breaks off leaves the files that it has", async () => {
    const [tape, out] = [join(folder, "whole-tape"), join(folder, "broken-out")];
    await emrtd("read", "--chip", "sim:bac-ecdsa", "--trace", tape);
    const lines = readFileSync(tape, "utf8").split("\n");
    writeFileSync(tape, `${lines.slice(0, 30).join("\n")}\n`);
    const run = await emrtdJson("read", "--chip", `replay:${tape}`, "--out", out);
    expect(run).toMatchObject({ exit: 2, document: { error: { code: "TAPE_MISMATCH" } } });
    expect(run.err).toContain(`what was read until then is in ${out}`);
    expect(readdirSync(out)).toContain("EF_SOD.bin");
    expect(readdirSync(out)).not.toContain("DG2.bin");
  });

  test("fingers and irises of the simulator open to its own terminal, and the tape knows it by name", async () => {
    const tape = join(folder, "eac-tape");
    const at = ["--at", "2026-01-01"];
    const first = await emrtdJson("read", "--chip", "sim:eac-ta", "--trace", tape, ...at);
    expect(first.exit).toBe(0);
    expect(first.err).toContain("the terminal's keys are those of the simulator's profile eac-ta");
    expect(first.document.dataGroups).toMatchObject({ 3: { hash: "match" }, 4: { hash: "match" } });
    const again = await emrtdJson("read", "--chip", `replay:${tape}`, "--csca", "sim", ...at);
    expect(again.document).toEqual(first.document);
  });

  test("and those of a folder to the terminal that is named", async () => {
    const eac = join(folder, "eac");
    await emrtd("personalise", "--profile", "eac-ta", "--out", eac);
    const terminal = join(eac, "terminal");
    const certificates = readdirSync(terminal)
      .filter((name) => name.endsWith(".cvcert"))
      .flatMap((name) => ["--terminal-cert", join(terminal, name)]);
    const key = ["--terminal-key", join(terminal, "terminal_sk.pkcs8")];
    const chip = ["read", "--chip", `dir:${eac}`, ...KEY, "--csca", "sim"];
    const statusOf = async (...flags: readonly string[]) => {
      const { document } = await emrtdJson(...chip, ...flags);
      const { checks, dataGroups, error } = document;
      const check = checks?.find(({ id }: { id: string }) => id === "terminal-authentication");
      return [check?.status ?? error.code, dataGroups?.[3].hash];
    };
    expect(await statusOf()).toEqual(["undetermined", "not-read"]);
    expect(await statusOf(...certificates, ...key)).toEqual(["passed", "match"]);
    expect(await statusOf(...certificates)).toEqual(["USAGE", undefined]);
    expect(await statusOf(...key)).toEqual(["USAGE", undefined]);
    const authority = ["--terminal-cert", join(eac, "CVCA.cvcert")];
    expect(await statusOf(...authority, ...key)).toEqual(["TERMINAL_CREDENTIALS", undefined]);
    const { document } = await emrtdJson("decode", join(eac, "CVCA.cvcert"));
    expect(document.content).toMatchObject({ holderReference: "UTCVCAUT001" });
  });

  test("a wrong key is refused by the chip, and nothing is written", async () => {
    const wrong = ["--document-number", "L898902C4", "--birth", "740812", "--expiry", "340415"];
    const out = join(folder, "refused");
    const run = await emrtdJson("read", "--chip", "sim", ...wrong, "--out", out);
    expect(run.document.error.code).toBe("ACCESS_DENIED");
    expect(run.exit).toBe(1);
    expect(() => statSync(out)).toThrow();
  });

  test("no key for somebody else's chip is wrong usage", async () => {
    expect((await emrtdJson("read", "--chip", `dir:${dump}`)).document.error.code).toBe("USAGE");
  });

  test("a card reader that is not there ends with 3", async () => {
    const { exit, document } = await emrtdJson("read", "--chip", "pcsc", ...KEY);
    // Where nothing could be built that speaks to readers, that is what has to be mended first.
    const unbuilt = document.error.code === "PCSC_BINDING_MISSING";
    expect(document.error.code).toMatch(/^PCSC_/);
    expect(exit).toBe(unbuilt ? 2 : 3);
  });
});

test("help on every level, on standard output", async () => {
  for (const words of [[], ["verify"], ["mrz"], ["mrz", "make"], ["chip"]]) {
    const { exit, out, err } = await emrtd(...words, "--help");
    expect({ exit, err }).toEqual({ exit: 0, err: "" });
    expect(out).toContain(`usage: ${["emrtd", ...words].join(" ")}`);
  }
});

test("the command is a process with an exit status and one document on standard output", () => {
  const words = ["verify", "--dir", dump, "--csca", "sim", "--json"];
  const { status, stdout } = spawnSync(
    process.execPath,
    ["--conditions=@org/source", "--import", "tsx", "examples/emrtd/src/main.ts", ...words],
    { encoding: "utf8" },
  );
  expect(status).toBe(0);
  expect(JSON.parse(stdout).verdict).toBe("authentic");
});
