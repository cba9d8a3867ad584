import { WebSocket } from "ws";
import { startChromium } from "./chromium.js";

/** A tab of a headless browser, driven by its own debugging protocol. */
export interface Tab {
  /** What the browser complained about. */
  readonly complaints: string[];
  open(url: string): Promise<void>;
  /** Value of an expression in the page. */
  evaluate<T>(expression: string): Promise<T>;
  /** Waits until an expression in the page holds. */
  until(expression: string): Promise<void>;
  screenshot(): Promise<Buffer>;
  /** Pages opened from now on run no script of their own. */
  disableScripts(): Promise<void>;
  /** A narrow screen in the dark. */
  becomePhone(): Promise<void>;
  close(): Promise<void>;
}

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: { readonly entry?: { level: string; text: string } };
  readonly result?: {
    readonly result?: { value: unknown };
    readonly data?: string;
    readonly exceptionDetails?: { readonly exception?: { readonly description?: string } };
  };
}

/** How long a page has to come to what a test waits for. */
const PATIENCE_MS = 60_000;

export const openTab = async (): Promise<Tab> => {
  const chromium = startChromium("about:blank");
  const address = await chromium.debugger;
  const tabs = (await (await fetch(`http://${address}/json`)).json()) as {
    type: string;
    webSocketDebuggerUrl: string;
  }[];
  const socket = new WebSocket(tabs.find(({ type }) => type === "page")!.webSocketDebuggerUrl);
  await new Promise((resolve) => socket.once("open", resolve));

  const complaints: string[] = [];
  const waiting = new Map<number, (message: Message) => void>();
  socket.on("message", (data: Buffer) => {
    const message = JSON.parse(data.toString()) as Message;
    const { entry } = message.params ?? {};
    if (message.id !== undefined) waiting.get(message.id)?.(message);
    else if (message.method === "Runtime.exceptionThrown") complaints.push(data.toString());
    else if (entry?.level === "error") complaints.push(entry.text);
  });
  let id = 0;
  const call = (method: string, params: object = {}): Promise<Message> =>
    new Promise((resolve) => {
      waiting.set(++id, resolve);
      socket.send(JSON.stringify({ id, method, params }));
    });
  const evaluate = async <T>(expression: string): Promise<T> => {
    const params = { expression, awaitPromise: true, returnByValue: true };
    const { result } = await call("Runtime.evaluate", params);
    const thrown = result?.exceptionDetails;
    if (thrown) throw new Error(`${expression}: ${thrown.exception?.description ?? "failed"}`);
    return result?.result?.value as T;
  };
  const until = async (expression: string): Promise<void> => {
    // A page that is being loaded has not all that is asked for.
    const end = Date.now() + PATIENCE_MS;
    while ((await evaluate(expression).catch(() => false)) !== true) {
      if (Date.now() > end) throw new Error(`not true within ${PATIENCE_MS} ms: ${expression}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  };
  for (const domain of ["Page", "Runtime", "Log"]) await call(`${domain}.enable`);
  return {
    complaints,
    evaluate,
    until,
    async open(url) {
      await call("Page.navigate", { url });
      await until(`document.readyState === "complete" && location.href.startsWith("http")`);
    },
    async screenshot() {
      const { result } = await call("Page.captureScreenshot", {
        format: "png",
        captureBeyondViewport: true,
      });
      return Buffer.from(result?.data ?? "", "base64");
    },
    async disableScripts() {
      await call("Emulation.setScriptExecutionDisabled", { value: true });
    },
    async becomePhone() {
      const screen = { width: 390, height: 800, deviceScaleFactor: 1, mobile: true };
      await call("Emulation.setDeviceMetricsOverride", screen);
      await call("Emulation.setEmulatedMedia", {
        features: [{ name: "prefers-color-scheme", value: "dark" }],
      });
    },
    async close() {
      // Asked to, it ends its helpers before itself, and nobody writes into its folder any more.
      await chromium.close(() => void call("Browser.close"));
      socket.close();
    },
  };
};
