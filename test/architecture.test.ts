import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { afterAll, describe, expect, test } from "vitest";

/** A copy of the house with nothing in it but its lint rules and what the packages declare. */
const house = mkdtempSync(join(tmpdir(), "architecture-"));
const { vcs: _, ...rules } = JSON.parse(readFileSync("biome.json", "utf8"));
writeFileSync(join(house, "biome.json"), JSON.stringify(rules));
afterAll(() => rmSync(house, { recursive: true, force: true }));

/** The rules that the linter names when a file of this text stands at this path. */
const refusals = (path: string, text: string): string[] => {
  const file = join(house, path);
  const [area, name] = path.split("/");
  mkdirSync(dirname(file), { recursive: true });
  cpSync(join(area!, name!, "package.json"), join(house, area!, name!, "package.json"));
  writeFileSync(file, text);
  const { stdout, stderr } = spawnSync(
    resolve("node_modules/.bin/biome"),
    ["lint", "--reporter=github", path],
    { cwd: house, encoding: "utf8" },
  );
  return [...`${stdout}${stderr}`.matchAll(/title=lint\/\w+\/(\w+)/g)].map((match) => match[1]!);
};

describe("the linter keeps the packages apart", () => {
  const source = "packages/emrtd-core/src/probe.ts";

  test("no package imports another", () => {
    expect(refusals(source, 'export * from "@org/transports";\n')).toContain("noRestrictedImports");
  });

  test("one subpath joins two packages, and those two alone", () => {
    const joining = "packages/docval-protocol/src/emrtd/probe.ts";
    const text = 'export * from "@org/emrtd-core";\n';
    expect(refusals(joining, text)).toEqual([]);
    for (const other of ["index.ts", "http/probe.ts", "testing.ts"]) {
      const path = `packages/docval-protocol/src/${other}`;
      expect(refusals(path, text)).toContain("noRestrictedImports");
    }
    for (const sibling of ["transports", "emrtd-core/testing"]) {
      const further = `export * from "@org/${sibling}";\n`;
      expect(refusals(joining, further)).toContain("noRestrictedImports");
    }
  });

  test("nothing undeclared is imported", () => {
    expect(refusals(source, 'export * from "zod";\n')).toContain("noUndeclaredDependencies");
  });

  test("Node's modules stand under src/node only", () => {
    const text = 'export { readFileSync } from "node:fs";\n';
    expect(refusals(source, text)).toContain("noNodejsModules");
    expect(refusals("packages/emrtd-core/src/node/probe.ts", text)).toEqual([]);
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
