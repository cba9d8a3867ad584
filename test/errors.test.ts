import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { errorsPage, errorTable, packageNames } from "./error-pages.js";

test("docs/errors.md lists every code of every package", async () => {
  expect(readFileSync("docs/errors.md", "utf8")).toBe(await errorsPage());
});

describe("every code of the table is thrown somewhere", () => {
  test.each(packageNames())("%s", async (name) => {
    const sources = execFileSync(
      "git",
      ["ls-files", "-co", "--exclude-standard", `packages/${name}/src`],
      {
        encoding: "utf8",
      },
    )
      .split("\n")
      .filter((path) => path.endsWith(".ts") && !path.endsWith("/errors.ts"))
      .map((path) => readFileSync(path, "utf8"))
      .join("\n");
    const unused = Object.keys(await errorTable(name)).filter(
      (code) => !sources.includes(`"${code}"`),
    );
    expect(unused).toEqual([]);
  });
});
