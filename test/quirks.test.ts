import { readFileSync } from "node:fs";
import { QUIRKS } from "@org/emrtd-core";
import { expect, test } from "vitest";
import { QUIRK_PAGE, withQuirkTables } from "./quirk-tables.js";

test("docs/protocols/emrtd.md has the table of quirks that is in the code", () => {
  const page = readFileSync(QUIRK_PAGE, "utf8");
  expect(page).toBe(withQuirkTables(page));
  for (const { id } of Object.values(QUIRKS).flat()) expect(page).toContain(`\`${id}\``);
});
