import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

/** A copy of the house with nothing in it but its lint rules and what the packages declare. */
const house = mkdtempSync(join(tmpdir(), "architecture-"));
const { vcs: _, ...rules } = JSON.parse(readFileSync("biome.json", "utf8"));
writeFileSync(join(house, "biome.json"), JSON.stringify(rules));
afterAll(() => rmSync(house, { recursive: true, force: true }));

/** A file of a package that says no more than this, and the rule of the linter that it breaks, if any. */
interface Probe {
  readonly path: string;
  readonly text: string;
  readonly breaks?: string;
}

const from = (specifier: string): string => `export * from "${specifier}";\n`;
const NODE = 'export { readFileSync } from "node:fs";\n';
const SIBLING = "noRestrictedImports";

const PROBES: Readonly<Record<string, readonly Probe[]>> = {
  "no package imports another": [
    { path: "emrtd-core/src/sibling.ts", text: from("@org/transports"), breaks: SIBLING },
  ],
  "one subpath joins two packages, and those two alone": [
    { path: "docval-protocol/src/emrtd/core.ts", text: from("@org/emrtd-core") },
    {
      path: "docval-protocol/src/emrtd/other.ts",
      text: from("@org/transports"),
      breaks: SIBLING,
    },
    {
      path: "docval-protocol/src/emrtd/subpath.ts",
      text: from("@org/emrtd-core/testing"),
      breaks: SIBLING,
    },
    ...["index.ts", "http/probe.ts", "testing.ts"].map((file) => ({
      path: `docval-protocol/src/${file}`,
      text: from("@org/emrtd-core"),
      breaks: SIBLING,
    })),
  ],
  "nothing undeclared is imported": [
    {
      path: "emrtd-core/src/undeclared.ts",
      text: from("zod"),
      breaks: "noUndeclaredDependencies",
    },
  ],
  "Node's modules stand under src/node only": [
    { path: "emrtd-core/src/node-module.ts", text: NODE, breaks: "noNodejsModules" },
    { path: "emrtd-core/src/node/node-module.ts", text: NODE },
  ],
};

describe("the linter keeps the packages apart", () => {
  /** The rules that the linter names for each file, all of them linted together. */
  const refusals = new Map<string, string[]>();
  beforeAll(() => {
    for (const { path, text } of Object.values(PROBES).flat()) {
      const [name] = path.split("/");
      const manifest = join("packages", name!, "package.json");
      mkdirSync(join(house, "packages", dirname(path)), { recursive: true });
      cpSync(manifest, join(house, manifest));
      writeFileSync(join(house, "packages", path), text);
    }
    const { stdout, stderr } = spawnSync(
      resolve("node_modules/.bin/biome"),
      ["lint", "--reporter=github", "--max-diagnostics=none", "packages"],
      { cwd: house, encoding: "utf8" },
    );
    for (const line of `${stdout}${stderr}`.split("\n")) {
      const found = /title=lint\/\w+\/(\w+),file=(?:[^,]*\/)?packages\/([^,]+)/.exec(line);
      if (found) refusals.set(found[2]!, [...(refusals.get(found[2]!) ?? []), found[1]!]);
    }
  });

  test.each(Object.keys(PROBES))("%s", (name) => {
    for (const { path, breaks } of PROBES[name]!) {
      const rules = refusals.get(path) ?? [];
      if (breaks === undefined) expect(rules, path).toEqual([]);
      else expect(rules, path).toContain(breaks);
    }
  });
});

describe("the compiler keeps platforms out of portable code", () => {
  const names = ["Buffer", "process", "fetch", "setTimeout", "document"];

  /** What the compiler says of portable code that uses each of them. */
  const complaints = (): string => {
    const folder = resolve("packages/emrtd-core/node_modules/.cache/probe");
    const file = join(folder, "probe.ts");
    const config = join(folder, "tsconfig.json");
    const noEmit = { composite: false, emitDeclarationOnly: false, noEmit: true, rootDir: folder };
    mkdirSync(folder, { recursive: true });
    writeFileSync(file, `export const found = [${names.join(", ")}];\n`);
    writeFileSync(
      config,
      JSON.stringify({
        extends: resolve("packages/emrtd-core/tsconfig.json"),
        compilerOptions: noEmit,
        files: [file],
        include: [],
      }),
    );
    try {
      const compiler = resolve("node_modules/typescript/bin/tsc");
      return spawnSync(process.execPath, [compiler, "-p", config], { encoding: "utf8" }).stdout;
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  };

  test("none of them exists there", () => {
    const said = complaints();
    for (const name of names) expect(said).toContain(`Cannot find name '${name}'`);
  });
});
