import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import {
  CLIENT_V1_TRANSITIONS,
  CLIENT_V2_TRANSITIONS,
  CLOSE_REASONS,
  diagramLines,
  SERVER_V1_TRANSITIONS,
  SERVER_V2_TRANSITIONS,
  type Transition,
} from "../src/index.js";

const page = readFileSync(new URL("../../../docs/protocols/docval.md", import.meta.url), "utf8");
const diagrams = [...page.matchAll(/^## (.+)\n\n```mermaid\n([\s\S]*?)\n```$/gm)].map(
  ([, title, body]) => ({ title, body }),
);

const TABLES: readonly (readonly [string, readonly Transition[], string])[] = [
  ["The server, version 2", SERVER_V2_TRANSITIONS, "waiting-for-start"],
  ["The server, version 1", SERVER_V1_TRANSITIONS, "waiting-for-start"],
  ["The client, version 2", CLIENT_V2_TRANSITIONS, "connecting"],
  ["The client, version 1", CLIENT_V1_TRANSITIONS, "connecting"],
];

describe("the page draws what the machines do", () => {
  test.each(TABLES)("%s", (title, table, first) => {
    const drawn = diagrams.find((diagram) => diagram.title === title)?.body;
    expect(drawn).toBe(diagramLines(table, first).join("\n"));
  });

  test("and nothing else", () => {
    expect(diagrams).toHaveLength(TABLES.length);
  });

  test("it lists every close reason under its code", () => {
    for (const [reason, { code }] of Object.entries(CLOSE_REASONS)) {
      const row = page.split("\n").find((line) => line.startsWith(`| ${code} |`));
      expect(row).toContain(reason);
    }
  });

  test("no line of a table is there twice", () => {
    for (const [, table] of TABLES) {
      const keys = table.map(({ from, on, to, reason }) => `${from} ${on} ${to} ${reason}`);
      expect(new Set(keys).size).toBe(keys.length);
    }
  });
});
