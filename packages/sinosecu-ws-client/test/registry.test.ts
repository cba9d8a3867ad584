import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import {
  CLIENT_NOTIFICATIONS,
  EXCHANGES,
  SERVICE_NOTIFICATIONS,
  SINOSECU_ERRORS,
  SWITCHES,
} from "../src/index.js";
import vectors from "./vectors/messages.json" with { type: "json" };

const folder = new URL("../src/messages/", import.meta.url);
const sources = readdirSync(folder).map((name) => readFileSync(new URL(name, folder), "utf8"));

describe("every message", () => {
  const all = [...EXCHANGES, ...CLIENT_NOTIFICATIONS, ...SERVICE_NOTIFICATIONS];

  test("of both manuals and of the service's own vocabulary is here", () => {
    expect(all.map(({ command, operand }) => `${command} ${operand}`)).toMatchSnapshot();
  });

  test("has a file of its own that cites where it is known from", () => {
    for (const { operand, command, section } of all) {
      const asExchange = `exchange("${command}", "${operand}"`;
      const asNotification = `command: "${command}",`;
      const file = sources.find(
        (text) =>
          text.includes(asExchange) ||
          (text.includes(asNotification) && text.includes(`operand: "${operand}"`)),
      );
      expect(file, `${command} ${operand}`).toBeDefined();
      if (section) expect(file).toContain(section);
    }
  });

  test("of the vectors says where its text comes from", () => {
    for (const { source } of vectors) expect(source.length).toBeGreaterThan(10);
  });
});

test("switches go by the names of the wire", () => {
  for (const [name, { operand, command }] of Object.entries(SWITCHES)) {
    expect([command, operand]).toEqual(["Set", name]);
  }
});

test("every error has a side at fault and a meaning", () => {
  for (const { fault, meaning } of Object.values(SINOSECU_ERRORS)) {
    expect(["caller", "peer", "device", "transport"]).toContain(fault);
    expect(meaning).not.toBe("");
  }
});
