import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { INTERACTIONS, PROTOCOL_VERSIONS } from "../src/index.js";
import { readVectors } from "./vectors.js";

const source = new URL("../src/", import.meta.url);
const FOLDERS = ["records", "requests", "commands", "replies", "responses"] as const;

/** Files that serve several messages of their folder and define none. */
const SHARED: ReadonlySet<string> = new Set([
  "any.ts",
  "index.ts",
  "content.ts",
  "replies.ts",
  "response.ts",
  "attendance-details.ts",
  // The name of a file, inside ATTPHOTO.
  "identity-card-photo.ts",
]);

const files = FOLDERS.flatMap((folder) =>
  readdirSync(new URL(folder, source)).map((name) => ({ folder, name })),
).filter(({ name }) => !SHARED.has(name));

const modules = await Promise.all(
  files.map(async ({ folder, name }) => ({
    file: `${folder}/${name}`,
    text: readFileSync(new URL(`${folder}/${name}`, source), "utf8"),
    exports: Object.values((await import(`../src/${folder}/${name.slice(0, -3)}.ts`)) as object),
  })),
);

const VECTORS = new Map([
  ["record", new Set(readVectors("records").map(({ name }) => name))],
  ["command", new Set(readVectors("commands").map(({ name }) => name))],
  ["reply", new Set(readVectors("replies").map(({ name }) => name))],
  ["response", new Set(readVectors("responses").map(({ name }) => name))],
  ["request", new Set(readVectors("requests").map(({ name }) => name))],
]);

describe.each(INTERACTIONS.map((entry) => [entry.kind, entry.name, entry] as const))(
  "%s %s",
  (kind, name, entry) => {
    const home = modules.filter(({ exports }) => exports.includes(entry.codec));

    test("has a file, which cites its section", () => {
      expect(home).toHaveLength(1);
      expect(home[0]?.text).toContain("Attendance PUSH 3.7,");
      const chapter = entry.section.replace("appendix", "").trim();
      expect(home[0]?.text).toContain(chapter);
    });

    test("goes both ways, by a schema, since a version", () => {
      expect(typeof entry.codec.encode).toBe("function");
      expect(typeof entry.codec.decode).toBe("function");
      expect(PROTOCOL_VERSIONS).toContain(entry.since);
      const bare = kind === "command" && entry.schema.length === 0;
      if (bare) {
        expect(name).toMatch(/^(CLEAR \w+|CHECK|LOG|RELOAD OPTIONS|INFO|REBOOT|AC_\w+)$/);
      } else expect(entry.schema.length).toBeGreaterThan(0);
    });

    test("has a vector", () => {
      expect(VECTORS.get(kind)).toContain(name);
    });
  },
);

test("a file of a message defines messages of the registry alone", () => {
  const codecs: readonly unknown[] = INTERACTIONS.map(({ codec }) => codec);
  // The line that carries a command, and the file of both exchanges, are counted by what they hold.
  const idle = modules.filter(({ exports }) => !exports.some((value) => codecs.includes(value)));
  expect(idle.map(({ file }) => file)).toEqual([]);
});

test("no two messages of a kind have one name", () => {
  const names = INTERACTIONS.map(({ kind, name }) => `${kind} ${name}`);
  expect(new Set(names).size).toBe(names.length);
});

test("no message is a bag of strings", () => {
  for (const { file, text } of modules) {
    expect(text.includes("Record<string, string>"), file).toBe(false);
  }
});

/** Chapters and sections of the document that define a message, counted by hand. */
const SECTIONS = {
  request: [
    "5",
    "6",
    "7",
    "8",
    "9",
    "10",
    "11.2",
    "11.3",
    "11.4",
    "11.6",
    "11.12",
    "11.14",
    "11.16",
    "12",
    "12.8.2",
    "12.8.3",
    "13",
    "14",
  ],
  record: [
    "11.2",
    "11.3",
    "11.4",
    "11.5",
    "11.6",
    "11.7",
    "11.9",
    "11.10",
    "11.11",
    "11.12",
    "11.13",
    "11.15",
    "11.16",
  ],
  command: [
    ...Array.from({ length: 18 }, (_, i) => `12.1.1.${i + 1}`),
    ...Array.from({ length: 10 }, (_, i) => `12.1.2.${i + 1}`),
    ..."12.1.3 12.2.1 12.2.2 12.2.3 12.2.4 12.3.1 12.3.2 12.3.3 12.4.1 12.4.2 12.4.3 12.5.1 12.5.2 12.6.1 12.6.2 12.6.3 12.7.1 12.7.2 12.7.3 12.8.1 12.8.2".split(
      " ",
    ),
  ],
  reply: ["13", "12.3.3", "12.4.3", "12.5.1", "12.5.2", "12.8.1"],
  response: ["5", "6", "7", "11.2", "12", "14"],
} as const;

test.each(Object.entries(SECTIONS))("every section with a %s is there", (kind, sections) => {
  const there = INTERACTIONS.filter((entry) => entry.kind === kind).map(({ section }) => section);
  expect(sections.filter((section) => !there.includes(section))).toEqual([]);
});

test("QUERY has its five tables", () => {
  const queries = INTERACTIONS.filter(({ section }) => section === "12.1.3");
  expect(queries.map(({ name }) => name)).toEqual([
    "DATA QUERY ATTLOG",
    "DATA QUERY ATTPHOTO",
    "DATA QUERY USERINFO",
    "DATA QUERY FINGERTMP",
    "DATA QUERY BIODATA",
  ]);
});
