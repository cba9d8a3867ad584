import { readFile, rm } from "node:fs/promises";
import { createServer, type RequestListener, type Server } from "node:http";
import { createServer as createSecureServer } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "tsup";
import { startChromium } from "./chromium.js";

/** In a page: tells the test that shows it. */
export const TELL =
  'const tell = (what, value) => fetch("/told", { method: "POST", body: JSON.stringify({ what, value }) });';

/** A module and all it imports, as one script for a page. */
export const bundleForPage = async (entry: string): Promise<Buffer> => {
  const folder = join(tmpdir(), `page-${process.pid}-${Math.random().toString(36).slice(2)}`);
  try {
    await build({
      entry: { page: entry },
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
    return await readFile(join(folder, "page.js"));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

/** A server of pages that say what became of them. */
export interface ToldPages {
  readonly origin: string;
  readonly server: Server;
  /** Opens a page, with the script at `/page.js`, in a browser of its own. */
  show(html: string, flags?: readonly string[]): ShownPage;
  close(): void;
}

export interface ShownPage {
  /** All that was told under this name, once there is so much of it. */
  told(what: string, count?: number): Promise<readonly unknown[]>;
  /** All that was told under these names until now. */
  toldSoFar(...names: readonly string[]): readonly unknown[];
  close(): Promise<void>;
}

export const servePages = async (
  script: Buffer,
  tls?: { readonly key: string; readonly cert: string },
): Promise<ToldPages> => {
  let page = "";
  let hear = (_: { readonly what: string; readonly value: unknown }): void => {};
  const listener: RequestListener = async (request, response) => {
    if (request.url === "/told") {
      let body = "";
      for await (const part of request) body += part;
      hear(JSON.parse(body));
      response.end();
      return;
    }
    const isScript = request.url === "/page.js";
    response.setHeader("content-type", isScript ? "text/javascript" : "text/html");
    response.end(isScript ? script : request.url === "/" ? page : "");
  };
  const server: Server = tls ? createSecureServer(tls, listener) : createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const origin = `${tls ? "https" : "http"}://127.0.0.1:${port}`;
  return {
    origin,
    server,
    show(html, flags) {
      const all: { readonly what: string; readonly value: unknown }[] = [];
      let wake = (): void => {};
      hear = (one) => {
        all.push(one);
        wake();
      };
      page = html;
      const toldSoFar = (...names: readonly string[]) =>
        all.filter(({ what }) => names.includes(what)).map(({ value }) => value);
      const browser = startChromium(`${origin}/`, flags);
      return {
        async told(what, count = 1) {
          for (;;) {
            const values = toldSoFar(what);
            if (values.length >= count) return values;
            await new Promise<void>((resolve) => {
              wake = resolve;
            });
          }
        },
        toldSoFar,
        close: () => browser.close(),
      };
    },
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
};
