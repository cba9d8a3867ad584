import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";

/** Every entry of every package, as its package.json offers it. */
const entries = readdirSync("packages").flatMap((name) => {
  const { exports }: { exports: Record<string, unknown> } = JSON.parse(
    readFileSync(join("packages", name, "package.json"), "utf8"),
  );
  return Object.keys(exports).map((subpath) => ({ name, specifier: join("@org", name, subpath) }));
});

describe("what a package exports changes on purpose only", () => {
  test.each(entries)("$specifier", async ({ name, specifier }) => {
    const module: Record<string, unknown> = await import(specifier);
    const surface = Object.keys(module)
      .sort()
      .map((key) => `${key}: ${typeof module[key]}\n`)
      .join("");
    const entry = specifier.slice(`@org/${name}`.length + 1).replaceAll("/", "-") || "index";
    await expect(surface).toMatchFileSnapshot(`../packages/${name}/test/api/${entry}.txt`);
  });
});
