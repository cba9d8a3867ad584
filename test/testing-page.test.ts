import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

/** Rows of docs/testing.md that name a test: a file below the folder named last, then titles, or parts of them. */
let folder = "";
const rows = readFileSync("docs/testing.md", "utf8")
  .split("\n")
  .flatMap((line) => {
    folder = /`(packages\/[\w-]+\/test)\/`:$/.exec(line)?.[1] ?? folder;
    const file = /\| `([\w-]+(?:\.property)?\.test\.ts)` "/.exec(line)?.[1];
    return file === undefined
      ? []
      : [...line.matchAll(/"([^"]+)"/g)].map((match) => ({
          file: join(folder, file),
          title: match[1]!,
        }));
  });

test("the page names tests", () => {
  expect(rows.length).toBeGreaterThan(20);
});

test.each(rows)("$file has $title", ({ file, title }) => {
  expect(readFileSync(file, "utf8")).toContain(title);
});
