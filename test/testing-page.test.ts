import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

/** Rows of docs/testing.md that name a test: a file, then titles of tests in it, or parts of them. */
const rows = readFileSync("docs/testing.md", "utf8")
  .split("\n")
  .flatMap((line) => {
    const file = /\| `([\w/-]+(?:\.property)?\.test\.ts)` "/.exec(line)?.[1];
    return file === undefined
      ? []
      : [...line.matchAll(/"([^"]+)"/g)].map((match) => ({ file, title: match[1]! }));
  });

test("the page names tests", () => {
  expect(rows.length).toBeGreaterThan(20);
});

test.each(rows)("$file has $title", ({ file, title }) => {
  const path = file.includes("/") ? file : join("packages/emrtd-core/test", file);
  expect(readFileSync(path, "utf8")).toContain(title);
});
