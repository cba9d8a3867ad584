import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export const CHROMIUM = process.env["CHROMIUM"] ?? "/usr/bin/chromium";
export const hasChromium = existsSync(CHROMIUM);

const FLAGS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--remote-debugging-port=0",
  "--window-size=1400,1000",
];

/** A headless browser with a profile of its own. */
export interface Chromium {
  /** Host and port of its debugging protocol. */
  readonly debugger: Promise<string>;
  /** Waits until it ended. `ask` asks it to; one that does not is killed. */
  close(ask?: () => void): Promise<void>;
}

export const startChromium = (url: string, flags: readonly string[] = []): Chromium => {
  const folder = mkdtempSync(join(tmpdir(), "chromium-"));
  const browser = spawn(CHROMIUM, [...FLAGS, ...flags, `--user-data-dir=${folder}`, url], {
    stdio: ["ignore", "ignore", "pipe"],
  });
  const ended = new Promise((resolve) => browser.once("close", resolve));
  const address = debuggerOf(browser);
  address.catch(() => {});
  return {
    debugger: address,
    async close(ask = () => browser.kill()) {
      ask();
      const late = setTimeout(() => browser.kill("SIGKILL"), 5_000);
      await ended;
      clearTimeout(late);
      rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 200 });
    },
  };
};

const debuggerOf = (browser: ChildProcess): Promise<string> =>
  new Promise((resolve, reject) => {
    let text = "";
    browser.once("error", reject);
    browser.stderr!.on("data", (part: Buffer) => {
      text += part.toString();
      const match = /listening on ws:\/\/([^/]+)/.exec(text);
      if (match !== null) resolve(match[1]!);
    });
  });
