import { execFile, execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { afterAll, describe, expect, test } from "vitest";

/**
 * Every block of code that a README marks `ts` is run as it stands, from a file beside the packages,
 * so that its imports resolve as a reader's would. A block that fails, fails here.
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

const run = promisify(execFile);
const folder = join("node_modules", ".cache", `readme-${process.pid}`);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("the root README shows code", () => {
  expect(blocks.some(({ path }) => path === "README.md")).toBe(true);
});

describe("an example of a README runs", () => {
  test.concurrent.each(blocks)("$path, block $index", async ({ path, index, code }) => {
    const file = join(folder, `${path.replaceAll("/", "-")}-${index}.mts`);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, code);
    await run(process.execPath, ["--conditions=@org/source", "--import", "tsx", file], {
      timeout: 60_000,
    });
  });
});
