import { pino } from "pino";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { hasChromium } from "../../../test/chromium/chromium.js";
import {
  bundleForPage,
  servePages,
  TELL,
  type ToldPages,
} from "../../../test/chromium/told-pages.js";
import { type Rig, startRig } from "./rig.js";

/** The client in Chromium, chip and all, over the platform's own WebSocket, against the server. */
const source = new URL("./page.ts", import.meta.url).pathname;

interface Told {
  readonly close?: object;
  readonly passive?: boolean;
  readonly chip?: string;
  readonly name?: string;
  readonly failed?: string;
}

let pages: ToldPages;
const lines: string[] = [];
let rig: Rig;

beforeAll(async () => {
  pages = await servePages(await bundleForPage(source));
  rig = await startRig({
    origins: [pages.origin],
    log: pino({ base: null }, { write: (line: string) => void lines.push(line) }),
  });
});
afterAll(async () => {
  await rig.close();
  pages.close();
});

/** Opens a page that does this, and answers with what it tells. */
const browse = async (call: string): Promise<Told> => {
  const page = pages.show(`<!doctype html><meta charset="utf-8"><script type="module">
    import { verify } from "/page.js";
    ${TELL}
    try {
      const { close, result } = await ${call};
      tell("end", {
        close,
        passive: result?.passiveAuthentication,
        chip: result?.chipAuthenticationResult,
        name: result?.mrzInfo.primaryIdentifier,
      });
    } catch (error) {
      tell("end", { failed: error.code ?? String(error) });
    }
  </script>`);
  try {
    return (await page.told("end"))[0] as Told;
  } finally {
    await page.close();
  }
};

const server = () => `"${rig.url.replace("http", "ws")}"`;

describe.skipIf(!hasChromium)("in Chromium (needs /usr/bin/chromium or CHROMIUM)", () => {
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
