import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { WebSocket, WebSocketServer } from "ws";
import {
  CLIENT_NOTIFICATIONS,
  CONNECTION_TRANSITIONS,
  EXCHANGES,
  SERVICE_NOTIFICATIONS,
  SESSION_RULES,
} from "../src/index.js";
import { createSimulator, specimenPassport } from "../src/testing.js";
import * as web from "../src/web/index.js";
import { channelOfSocket } from "./socket-channel.js";

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), "utf8");
const page = read("../../../docs/protocols/sinosecu.md");

/** The table below a heading: first column to the others, by the names of the head. */
const tableBelow = (heading: string): Record<string, Record<string, string>> => {
  const lines = page.split(`## ${heading}\n`)[1]!.split("\n");
  const start = lines.findIndex((line) => line.startsWith("|"));
  const rows = lines.slice(
    start,
    lines.findIndex((line, i) => i > start && !line.startsWith("|")),
  );
  const cells = rows.map((row) =>
    row
      .split("|")
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
  const [head, , ...body] = cells;
  return Object.fromEntries(
    body.map(([name, ...values]) => [
      name!,
      Object.fromEntries(
        values.map((value, i) => [head![i + 1]!, value]).filter(([, value]) => value),
      ),
    ]),
  );
};

describe("the page of the protocol", () => {
  test("draws the connection as it is", () => {
    expect(tableBelow("The connection")).toEqual(CONNECTION_TRANSITIONS);
  });

  test("draws the card session as it is", () => {
    expect(tableBelow("The card session")).toEqual(SESSION_RULES);
  });

  test("names every message", () => {
    for (const { command, operand } of [
      ...EXCHANGES,
      ...CLIENT_NOTIFICATIONS,
      ...SERVICE_NOTIFICATIONS,
    ]) {
      const line = page
        .split("\n")
        .find((row) =>
          row.startsWith("| client") || row.startsWith("| service")
            ? row.includes(operand) && row.includes(command)
            : false,
        );
      expect(line, `${command} ${operand}`).toBeDefined();
    }
  });
});

describe("the README's page", () => {
  test("shows the reader's state and the documents that are read", async () => {
    const script = /^```html\n[\s\S]*?<script type="module">\n([\s\S]*?)<\/script>\n```$/m.exec(
      read("../README.md"),
    )![1]!;
    const code = script.replace(
      /import (\{[^}]*\}) from "@org\/sinosecu-ws-client\/web";/,
      "const $1 = module;",
    );
    expect(code).not.toContain("import");

    const server = new WebSocketServer({ port: 0, host: "127.0.0.1", path: "/echo" });
    await new Promise((resolve) => server.once("listening", resolve));
    const { port } = server.address() as { port: number };
    const simulator = createSimulator({ clock: web.systemClock });
    server.on("connection", (socket) => void simulator.serve(channelOfSocket(socket)));

    const elements: Record<
      string,
      {
        textContent: string;
        children: { textContent: string }[];
        append(child: { textContent: string }): void;
      }
    > = {};
    const element = () => ({
      textContent: "",
      children: [] as { textContent: string }[],
      append(child: { textContent: string }) {
        this.children.push(child);
      },
    });
    const document = {
      querySelector: (selector: string) => (elements[selector] ??= element()),
      createElement: element,
    };
    let reader: web.Reader | undefined;
    const module = {
      ...web,
      // Only the port is another one.
      openReader: (url: string) => {
        expect(url).toBe(web.DEFAULT_URL);
        reader = web.openReader(url.replace(":90/", `:${port}/`), { settleMs: 50 });
        return reader;
      },
    };
    const before = globalThis.WebSocket;
    globalThis.WebSocket = WebSocket as unknown as typeof globalThis.WebSocket;
    try {
      new Function("module", "document", code)(module, document);
      await reader!.ready();
      const known = new Promise<void>((resolve) => {
        reader!.on("status", ({ device }) => device === "connected" && resolve());
      });
      const shown = new Promise<unknown>((resolve) => reader!.on("document", resolve));
      await known;
      simulator.lay(specimenPassport());
      await shown;
      expect(elements["#status"]!.textContent).toBe("reader connected");
      expect(elements["#documents"]!.children.map(({ textContent }) => textContent)).toEqual([
        "ERIKSSON, 5 images",
      ]);
    } finally {
      globalThis.WebSocket = before;
      await reader?.close();
      server.close();
    }
  });
});
