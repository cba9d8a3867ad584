import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "tsup";

const here = (name: string): string => fileURLToPath(new URL(`page/${name}`, import.meta.url));

const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src blob:; connect-src http://127.0.0.1:*";

/** The page and its scripts, bundled for browsers from the sources of the packages. */
export const createPageServer = async (): Promise<Server> => {
  const files = new Map<string, { readonly type: string; readonly content: Uint8Array }>([
    ["/", { type: "text/html; charset=utf-8", content: await readFile(here("page.html")) }],
    ["/page.css", { type: "text/css", content: await readFile(here("page.css")) }],
  ]);
  for (const [name, content] of await bundle())
    files.set(`/${name}`, { type: "text/javascript", content });
  return createServer((request, response) => {
    const file = files.get(new URL(request.url ?? "/", "http://127.0.0.1").pathname);
    if (file === undefined) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, {
      "Content-Type": file.type,
      "Content-Security-Policy": POLICY,
      "Cache-Control": "no-store",
    });
    response.end(file.content);
  });
};

const bundle = async (): Promise<readonly (readonly [string, Uint8Array])[]> => {
  const folder = await mkdtemp(join(tmpdir(), "mds-page-"));
  try {
    await build({
      entry: { app: here("app.ts") },
      outDir: folder,
      format: "esm",
      platform: "browser",
      target: "es2022",
      splitting: true,
      minify: true,
      noExternal: [/.*/],
      esbuildOptions: (options) => {
        options.conditions = ["@org/source"];
        // The JPEG 2000 codec asks for these where it finds itself in Node.
        options.external = ["fs", "path"];
      },
      config: false,
      silent: true,
      dts: false,
    });
    const names = await readdir(folder);
    return await Promise.all(
      names.map(
        async (name) => [name, new Uint8Array(await readFile(join(folder, name)))] as const,
      ),
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};
