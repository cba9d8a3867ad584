import { execFileSync, spawn } from "node:child_process";
import { createHash, X509Certificate } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer, type RequestListener, type Server } from "node:http";
import { createServer as createSecureServer } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "tsup";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type WebSocket, WebSocketServer } from "ws";
import { createSimulator, specimenPassport } from "../src/testing.js";
import { systemClock } from "../src/web/index.js";
import { channelOfSocket } from "./socket-channel.js";

/** The reader of this package in Chromium, over the platform's own WebSocket, by ws and by wss. */
const folder = mkdtempSync(join(tmpdir(), "sinosecu-browser-"));
const bundle = join(folder, "web.js");

beforeAll(async () => {
  await build({
    entry: { web: new URL("../src/web/index.ts", import.meta.url).pathname },
    outDir: folder,
    format: "esm",
    platform: "browser",
    target: "es2022",
    noExternal: [/.*/],
    config: false,
    silent: true,
    dts: false,
  });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The README's page, with the port of this test and a word to the test at its end. */
const pageFor = (url: string): string => {
  const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");
  const html = /^```html\n([\s\S]*?)^```$/m.exec(readme)![1]!;
  const report = `
  const tell = (what, value) => fetch("/report", { method: "POST", body: JSON.stringify({ what, value }) });
  reader.on("status", ({ device }) => device === "connected" && tell("connected", document.querySelector("#status").textContent));
  reader.on("document", (read) => tell("document", {
    shown: document.querySelector("#documents").lastChild.textContent,
    sizes: read.images.map(({ kind, bytes }) => [kind, bytes?.length]),
    drawn: document.querySelector("#documents").children.length,
  }));
  reader.on("protocol-error", ({ code }) => tell("error", code));
  tell("explained", await explainFailure());
  window.onerror = (message) => tell("failed", message);
</script>`;
  return `<!doctype html><meta charset="utf-8">${html
    .replace("@org/sinosecu-ws-client/web", "/web.js")
    .replace("ws://127.0.0.1:90/echo", url)
    .replace("</script>", report)}`;
};

const certificate = (): { key: string; cert: string; pin: string } => {
  const [key, cert] = [join(folder, "key.pem"), join(folder, "cert.pem")];
  execFileSync(
    "openssl",
    `req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=localhost -addext subjectAltName=IP:127.0.0.1 -keyout ${key} -out ${cert}`.split(
      " ",
    ),
    { stdio: "pipe" },
  );
  const spki = new X509Certificate(readFileSync(cert)).publicKey.export({
    type: "spki",
    format: "der",
  });
  return {
    key: readFileSync(key, "utf8"),
    cert: readFileSync(cert, "utf8"),
    pin: createHash("sha256").update(spki).digest("base64"),
  };
};

interface Story {
  readonly connected: string;
  readonly explained: string;
  readonly documents: readonly { shown: string; sizes: [string, number][]; drawn: number }[];
  readonly errors: readonly string[];
}

const browse = async (secure: boolean): Promise<Story> => {
  const simulator = createSimulator({ clock: systemClock, quirks: ["image-codes", "fragments"] });
  const told: { what: string; value: unknown }[] = [];
  let wake = (): void => {};
  const until = async (what: string, count = 1): Promise<unknown[]> => {
    for (;;) {
      const values = told.filter((one) => one.what === what).map(({ value }) => value);
      if (values.length >= count) return values;
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  };
  let html = "";
  const listener: RequestListener = (request, response) => {
    if (request.url === "/report") {
      let body = "";
      request.on("data", (chunk) => {
        body += chunk;
      });
      request.on("end", () => {
        told.push(JSON.parse(body));
        response.end();
        wake();
      });
      return;
    }
    const script = request.url === "/web.js";
    response.setHeader("content-type", script ? "text/javascript" : "text/html");
    response.end(script ? readFileSync(bundle) : request.url === "/" ? html : "");
  };
  const { key, cert, pin } = secure ? certificate() : { key: "", cert: "", pin: "" };
  const server = (
    secure ? createSecureServer({ key, cert }, listener) : createServer(listener)
  ) as Server;
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  html = pageFor(`${secure ? "wss" : "ws"}://${host}/echo`);
  const sockets = new WebSocketServer({ server, path: "/echo" });
  sockets.on("connection", (socket: WebSocket) => void simulator.serve(channelOfSocket(socket)));
  const browser = spawn(
    "chromium",
    [
      "--headless",
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      `--user-data-dir=${join(folder, `profile-${secure}`)}`,
      ...(secure ? [`--ignore-certificate-errors-spki-list=${pin}`] : []),
      "--remote-debugging-port=0",
      `${secure ? "https" : "http"}://${host}/`,
    ],
    { stdio: "ignore" },
  );
  try {
    const [connected] = await until("connected");
    const [explained] = await until("explained");
    simulator.lay(specimenPassport());
    await until("document", 1);
    simulator.takeAway();
    simulator.lay({
      ...specimenPassport({ surname: "BRAVO" }),
      images: {
        White: new Uint8Array(9_000_000).fill(0xff, 0, 1).fill(0xd8, 1, 2).fill(0xff, 2, 3),
      },
    });
    const documents = await until("document", 2);
    return {
      connected: connected as string,
      explained: explained as string,
      documents: documents as Story["documents"],
      errors: told
        .filter(({ what }) => what === "error" || what === "failed")
        .map(({ value }) => String(value)),
    };
  } finally {
    browser.kill();
    for (const socket of sockets.clients) socket.terminate();
    server.close();
    simulator.close();
  }
};

describe("in Chromium", () => {
  test.each([
    ["ws", false],
    ["wss", true],
  ])("the README's page reads documents by %s", async (_, secure) => {
    const story = await browse(secure);
    expect(story.errors).toEqual([]);
    expect(story.connected).toBe("reader connected");
    expect(story.explained).toBe("NOT_RUNNING");
    expect(story.documents.map(({ shown }) => shown)).toEqual([
      "ERIKSSON, 5 images",
      "BRAVO, 1 images",
    ]);
    expect(story.documents[1]!.sizes).toEqual([["White", 9_000_000]]);
  });
});
