import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";

/** Letters and quotes that look like ASCII and are not: a wire key spelt with them never matches. */
const LOOK_ALIKES = /[\u0400-\u04ff\u2018\u2019\u201c\u201d]/;

const sources = execFileSync(
  "git",
  ["ls-files", "-co", "--exclude-standard", "packages", "examples", "bench", "test", "*.ts"],
  { encoding: "utf8" },
)
  .split("\n")
  .filter((path) => /\.(ts|tsx|js|mjs|json|html|css|sh)$/.test(path) && existsSync(path));

test("no source holds Cyrillic letters or curly quotes", () => {
  expect(sources.length).toBeGreaterThan(20);
  const found = sources.flatMap((path) =>
    readFileSync(path, "utf8")
      .split("\n")
      .flatMap((line, index) => (LOOK_ALIKES.test(line) ? [`${path}:${index + 1}`] : [])),
  );
  expect(found).toEqual([]);
});
