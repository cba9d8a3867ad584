import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, describe, expect, test } from "vitest";

/**
 * Every block of code that a README marks `ts` is run as it stands, from a file of its own whose
 * imports resolve as a reader's would. A block that fails, fails here.
 */
const readmes = execFileSync(
  "git",
  ["ls-files", "-co", "--exclude-standard", "README.md", "*/README.md"],
  {
    encoding: "utf8",
  },
)
  .split("\n")
  .filter((path) => path.endsWith("README.md") && !path.startsWith("examples/"));

const blocks = readmes.flatMap((path) =>
  [...readFileSync(path, "utf8").matchAll(/^```ts\n([\s\S]*?)^```$/gm)].map((match, index) => ({
    path,
    index,
    code: match[1]!,
  })),
);

const folder = join("test", `.readme-${process.pid}`);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("the root README shows code", () => {
  expect(blocks.some(({ path }) => path === "README.md")).toBe(true);
});

describe("an example of a README runs", () => {
  test.each(blocks)("$path, block $index", async ({ path, index, code }) => {
    const file = join(folder, `${path.replaceAll("/", "-")}-${index}.ts`);
    mkdirSync(folder, { recursive: true });
    writeFileSync(file, code);
    await import(pathToFileURL(resolve(file)).href);
  });
});
