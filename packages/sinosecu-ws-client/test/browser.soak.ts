import { execFileSync } from "node:child_process";
import { createHash, X509Certificate } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type WebSocket, WebSocketServer } from "ws";
import { hasChromium } from "../../../test/chromium/chromium.js";
import { bundleForPage, servePages, TELL } from "../../../test/chromium/told-pages.js";
import { createSimulator, specimenPassport } from "../src/testing.js";
import { systemClock } from "../src/web/index.js";
import { channelOfSocket } from "./socket-channel.js";

/** The reader of this package in Chromium, over the platform's own WebSocket, by ws and by wss. */
const folder = mkdtempSync(join(tmpdir(), "sinosecu-browser-"));
let bundle: Buffer;

beforeAll(async () => {
  bundle = await bundleForPage(new URL("../src/web/index.ts", import.meta.url).pathname);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The README's page, with the port of this test and a word to the test at its end. */
const pageFor = (url: string): string => {
  const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");
  const html = /^```html\n([\s\S]*?)^```$/m.exec(readme)![1]!;
  const report = `
  ${TELL}
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
    .replace("@org/sinosecu-ws-client/web", "/page.js")
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
  const tls = secure ? certificate() : undefined;
  const pages = await servePages(bundle, tls);
  const sockets = new WebSocketServer({ server: pages.server, path: "/echo" });
  sockets.on("connection", (socket: WebSocket) => void simulator.serve(channelOfSocket(socket)));
  const page = pages.show(
    pageFor(`${pages.origin.replace("http", "ws")}/echo`),
    tls && [`--ignore-certificate-errors-spki-list=${tls.pin}`],
  );
  try {
    const [connected] = await page.told("connected");
    const [explained] = await page.told("explained");
    simulator.lay(specimenPassport());
    await page.told("document", 1);
    simulator.takeAway();
    simulator.lay({
      ...specimenPassport({ surname: "BRAVO" }),
      images: {
        White: new Uint8Array(9_000_000).fill(0xff, 0, 1).fill(0xd8, 1, 2).fill(0xff, 2, 3),
      },
    });
    const documents = await page.told("document", 2);
    return {
      connected: connected as string,
      explained: explained as string,
      documents: documents as Story["documents"],
      errors: page.toldSoFar("error", "failed").map(String),
    };
  } finally {
    await page.close();
    for (const socket of sockets.clients) socket.terminate();
    pages.close();
    simulator.close();
  }
};

describe.skipIf(!hasChromium)("in Chromium (needs /usr/bin/chromium or CHROMIUM)", () => {
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
