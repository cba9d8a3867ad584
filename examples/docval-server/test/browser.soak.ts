import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pino } from "pino";
import { build } from "tsup";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { type Rig, startRig } from "./rig.js";

/** The client in Chromium, chip and all, over the platform's own WebSocket, against the server. */
const folder = mkdtempSync(join(tmpdir(), "docval-browser-"));
const source = new URL("./page.ts", import.meta.url).pathname;

interface Told {
  readonly close?: object;
  readonly passive?: boolean;
  readonly chip?: string;
  readonly name?: string;
  readonly failed?: string;
}

let pages: Server;
let origin: string;
let script: string;
let tell: (told: Told) => void;
const lines: string[] = [];
let rig: Rig;

beforeAll(async () => {
  await build({
    entry: { page: source },
    outDir: folder,
    format: "esm",
    platform: "browser",
    target: "es2022",
    noExternal: [/.*/],
    config: false,
    silent: true,
    dts: false,
    esbuildOptions(options) {
      options.conditions = ["@org/source"];
    },
  });
  pages = createServer((request, response) => {
    if (request.url === "/told") {
      let body = "";
      request.on("data", (chunk) => {
        body += chunk;
      });
      request.on("end", () => {
        tell(JSON.parse(body));
        response.end();
      });
      return;
    }
    const isScript = request.url === "/page.js";
    response.setHeader("content-type", isScript ? "text/javascript" : "text/html");
    response.end(
      isScript ? readFileSync(join(folder, "page.js")) : request.url === "/" ? script : "",
    );
  });
  await new Promise<void>((resolve) => pages.listen(0, "127.0.0.1", resolve));
  origin = `http://127.0.0.1:${(pages.address() as AddressInfo).port}`;
  rig = await startRig({
    origins: [origin],
    log: pino({ base: null }, { write: (line: string) => void lines.push(line) }),
  });
});
afterAll(async () => {
  await rig.close();
  pages.close();
  pages.closeAllConnections();
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
});

/** Opens a page that does this, and answers with what it tells. */
const browse = async (call: string): Promise<Told> => {
  script = `<!doctype html><meta charset="utf-8"><script type="module">
    import { verify } from "/page.js";
    const tell = (told) => fetch("/told", { method: "POST", body: JSON.stringify(told) });
    try {
      const { close, result } = await ${call};
      tell({
        close,
        passive: result?.passiveAuthentication,
        chip: result?.chipAuthenticationResult,
        name: result?.mrzInfo.primaryIdentifier,
      });
    } catch (error) {
      tell({ failed: error.code ?? String(error) });
    }
  </script>`;
  const told = new Promise<Told>((resolve) => {
    tell = resolve;
  });
  const browser = spawn(
    process.env["CHROMIUM"] ?? "chromium",
    [
      "--headless",
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      `--user-data-dir=${join(folder, "profile")}`,
      `${origin}/`,
    ],
    { stdio: "ignore" },
  );
  const ended = new Promise((resolve) => browser.once("exit", resolve));
  try {
    return await told;
  } finally {
    browser.kill();
    await ended;
  }
};

const server = () => `"${rig.url.replace("http", "ws")}"`;

describe("in Chromium", () => {
  test.each([1, 2] as const)("version %i ends in a result", async (version) => {
    expect(await browse(`verify(${server()}, ${version}, "ca-aes")`)).toEqual({
      close: { by: "server", code: 1000, reason: "", posted: true },
      passive: true,
      chip: "SUCCESS",
      name: "ERIKSSON",
    });
    expect(rig.results.at(-1)).toMatchObject({ passive: true, chip: "SUCCESS" });
  });

  test("a person who gives up is understood, though a page cannot send 1001", async () => {
    expect(await browse(`verify(${server()}, 2, "ca-aes", 10)`)).toEqual({
      close: { by: "client", code: 1001, reason: "CANCELLED_BY_USER", posted: false },
    });
    await vi.waitFor(() => expect(lines.at(-1)).toContain('"by":"client"'), {
      timeout: 20_000,
    });
  });

  test("a page that was not named is kept out", async () => {
    const closed = await startRig({ origins: ["https://other.test"] });
    try {
      const url = closed.url.replace("http", "ws");
      expect(await browse(`verify("${url}", 2, "ca-aes")`)).toEqual({ failed: "CONNECT_FAILED" });
    } finally {
      await closed.close();
    }
  });
});
