import { execFile } from "node:child_process";
import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { beforeAll, describe, expect, test } from "vitest";
import { openPcsc } from "../src/node/pcsc.js";
import { inCi, missingTools } from "./support/tools.js";
import { codeOf } from "./support/until.js";

const run = promisify(execFile);
const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const root = here("../../..");

const missing = missingTools("pcscd", "opensc-tool", "unshare", "ip", "g++", "make");
const why = missing.length > 0 ? ` (skipped, missing: ${missing.join(", ")})` : "";

test.runIf(inCi)("a build machine has all that the PC/SC tests need", () => {
  expect(missing).toEqual([]);
});

describe.skipIf(missing.length > 0)(`PC/SC, by a service of its own${why}`, () => {
  let findings: Record<string, unknown>[] = [];
  beforeAll(async () => {
    const session = here("./support/pcsc-session.ts");
    const command = [process.execPath, "--conditions=@org/source", "--import", "tsx", session];
    const { stdout } = await run(here("./pcscd.sh"), command, { cwd: root, timeout: 300_000 });
    findings = stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
  }, 320_000);

  const finding = (name: string) => findings.find((one) => name in one);
  const codes = () =>
    Object.fromEntries(
      findings.filter((one) => "code" in one).map(({ code, found }) => [code, found]),
    );

  test("a virtual card is read: SELECT, and 60,000 bytes at once", () => {
    expect(finding("select")).toEqual({ select: "9000", file: 60_002, end: "9000" });
  });

  test("another program reads it too", () => {
    expect(finding("opensc")?.["opensc"]).toContain("Received (SW1=0x90, SW2=0x00)");
  });

  test("each thing that can be wrong has a code of its own", () => {
    expect(codes()).toEqual({
      "no reader": "PCSC_NO_READER",
      "no reader number": "PCSC_NO_READER",
      "no card": "CARD_ABSENT",
      "nobody waits": "TRANSPORT_ABORTED",
      "shared by us, wanted alone": "PCSC_SHARING",
      "held by another": "PCSC_SHARING",
      "service gone, card open": "PCSC_NO_SERVICE",
      "service gone": "PCSC_NO_SERVICE",
    });
  });

  test("every case of the conformance suite holds", () => {
    const cases = findings.filter((one) => "case" in one);
    expect(cases.length).toBeGreaterThan(12);
    expect(cases.filter(({ failure }) => failure !== null)).toEqual([]);
  });
});

describe("without a compiler", () => {
  test("the install succeeds, and PC/SC says what is missing", async () => {
    const directory = mkdtempSync(join(tmpdir(), "no-compiler-"));
    try {
      cpSync(join(root, "pnpm-workspace.yaml"), join(directory, "pnpm-workspace.yaml"));
      cpSync(
        join(root, "packages/transports/package.json"),
        join(directory, "packages/transports/package.json"),
      );
      const manifest = { name: "app", private: true, optionalDependencies: { smartcard: "3.7.0" } };
      writeFileSync(join(directory, "package.json"), JSON.stringify(manifest));
      const pnpm = ["--yes", "pnpm@10.34.9", "install", "--no-frozen-lockfile"];
      await run("npx", [...pnpm, "--config.side-effects-cache=false"], {
        cwd: directory,
        env: { ...process.env, CC: "/bin/false", CXX: "/bin/false" },
      });
      const entry = pathToFileURL(join(directory, "node_modules/smartcard/dist/lib/index.js"));
      expect(await codeOf(openPcsc({ binding: () => import(entry.href) }))).toBe(
        "PCSC_BINDING_MISSING",
      );
    } finally {
      rmSync(directory, { recursive: true, force: true });
    }
  });
});
