import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

/** Every package as it would be published, in the folder of somebody who installs it. */
interface Manifest {
  readonly name: string;
  readonly exports: Readonly<Record<string, unknown>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

const packages = readdirSync("packages").map((folder) => {
  const path = resolve("packages", folder);
  const manifest: Manifest = JSON.parse(readFileSync(join(path, "package.json"), "utf8"));
  return { path, manifest };
});
const entries = packages.flatMap(({ manifest: { name, exports } }) =>
  Object.keys(exports).map((subpath) => join(name, subpath)),
);

const folder = mkdtempSync(join(tmpdir(), "packed-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** In a folder that knows nothing of the workspace. */
const run = (command: string, args: readonly string[], cwd: string): string =>
  execFileSync(command, args, { cwd, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });

describe("packed and installed elsewhere", () => {
  beforeAll(() => {
    const isBuilt = packages.every(({ path }) => existsSync(join(path, "dist")));
    // All of them, in the order in which they need each other.
    if (!isBuilt) run("npx", ["-y", "pnpm@10.34.9", "build"], resolve("."));
    const dependencies: Record<string, string> = {};
    // It is compiled where it is installed, and may not be.
    const optionalDependencies: Record<string, string> = {};
    for (const { path, manifest } of packages) {
      const told = run(
        "npx",
        ["-y", "pnpm@10.34.9", "pack", "--json", "--pack-destination", folder],
        path,
      );
      const { filename }: { filename: string } = JSON.parse(told.slice(told.indexOf("{")));
      for (const [peer, range] of Object.entries(manifest.peerDependencies ?? {})) {
        if (peer.startsWith("@org/")) continue;
        (peer === "smartcard" ? optionalDependencies : dependencies)[peer] ??= range;
      }
      dependencies[manifest.name] = `file:${filename}`;
    }
    writeFileSync(
      join(folder, "package.json"),
      JSON.stringify({ type: "module", dependencies, optionalDependencies }),
    );
    run("npm", ["install", "--no-audit", "--no-fund", "--legacy-peer-deps"], folder);
  }, 300_000);

  test.each(entries)("%s is imported", (entry) => {
    const code = `console.log(Object.keys(await import(${JSON.stringify(entry)})).length)`;
    expect(Number(run("node", ["--input-type=module", "-e", code], folder))).toBeGreaterThan(0);
  });

  test("a chip is read and judged by what was installed", () => {
    const code = `
      import { createTrustStore, drive, readDocument, verifyDocument } from "@org/emrtd-core";
      import * as testing from "@org/emrtd-core/testing";
      const random = (length) => crypto.getRandomValues(new Uint8Array(length));
      const document = testing.personalise("bac-ecdsa");
      const chip = testing.transceiveWith(testing.createVirtualChip(document, { random }));
      const { files, evidence } = await drive(readDocument(document.password, { random }), chip);
      const anchors = testing.simulatorAnchors().map((bytes) => ({ type: "certificate", bytes }));
      console.log(verifyDocument(files, createTrustStore(anchors), { at: new Date(), evidence }).verdict);`;
    expect(run("node", ["--input-type=module", "-e", code], folder).trim()).toBe("authentic");
  });
});
