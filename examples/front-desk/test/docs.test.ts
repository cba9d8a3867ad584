import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { FAILURES, PROTOCOL_OF } from "../src/story/index.js";

const page = readFileSync(
  new URL("../../../docs/protocols/front-desk.md", import.meta.url),
  "utf8",
);

describe("docs/protocols/front-desk.md", () => {
  test("lists every failure, its step and what helps, and no other", () => {
    const rows = [...page.matchAll(/^\| `([A-Z_]+)` \| (\w+) \| (.+) \|$/gm)].map(
      ([, code, step, helps]) => [code, { step, helps: helps!.split(", ") }],
    );
    expect(Object.fromEntries(rows)).toEqual(FAILURES);
  });

  test("names the protocol of every step", () => {
    for (const protocol of Object.values(PROTOCOL_OF)) expect(page).toContain(protocol);
  });
});
