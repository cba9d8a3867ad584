import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { hasChromium } from "../../../test/chromium/chromium.js";
import { openTab, type Tab } from "../../../test/chromium/tab.js";
import { type RunningMdsDevice, startMdsDevice } from "../../mds-device/src/start.js";
import { createPageServer } from "../src/page-server.js";

/** The page in Chromium, with a device that allows it. */
let tab: Tab;
let device: RunningMdsDevice;
let server: Awaited<ReturnType<typeof createPageServer>>;
let origin: string;

beforeAll(async () => {
  if (!hasChromium) return;
  server = await createPageServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  device = await startMdsDevice({ spec: "0.9.5", allowOrigins: [origin] });
  tab = await openTab();
}, 120_000);
afterAll(async () => {
  await tab?.close();
  await device?.close();
  server?.close();
});

const click = (label: string, kind: string, place: number): Promise<unknown> =>
  tab.evaluate(
    `[...document.querySelectorAll("#devices tr")].filter((row) => row.textContent.includes("${kind}"))
      .flatMap((row) => [...row.querySelectorAll("button")])
      .filter((button) => button.textContent === "${label}")[${place}].click()`,
  );
const result = `document.querySelector("#result").textContent`;

describe.skipIf(!hasChromium)("the page in Chromium (needs /usr/bin/chromium or CHROMIUM)", () => {
  test("finds devices and says of ports why they have none", async () => {
    await tab.open(origin);
    await tab.evaluate(`document.querySelector("#settings button").click()`);
    await tab.until(`document.querySelector("#ports").textContent.includes("closed")`);
    expect(await tab.evaluate(`document.querySelectorAll("#devices tr").length`)).toBe(6);
  });

  test("asks a device what it is", async () => {
    await click("Info", "finger", 0);
    await tab.until(`${result}.includes("authentic")`);
    expect(await tab.evaluate(result)).toContain("Utopia");
  });

  test.each([
    ["Capture", "finger"],
    ["Registration", "iris"],
    ["Registration", "face"],
  ])("%s of %s is authentic, and its picture is shown", async (label, kind) => {
    await click(label, kind, 0);
    await tab.until(`document.querySelector("#result canvas") !== null`);
    expect(await tab.evaluate(`document.querySelector("#result h2").className`)).toBe("authentic");
    const shades = `new Set(document.querySelector("#result canvas").getContext("2d").getImageData(0, 0, 200, 200).data).size`;
    expect(await tab.evaluate(shades)).toBeGreaterThan(20);
  });

  test("shows the preview and its frame rate", async () => {
    await click("Preview", "finger", 0);
    await tab.until(`/[3-9]\\.\\d a second/.test(${result})`);
    await tab.until(`document.querySelector("#preview").naturalWidth > 100`);
  });

  test("complains of nothing but of other ports", () => {
    const own = tab.complaints.filter((text) => text.includes(`:${device.port}`));
    expect(own).toEqual([]);
    expect(tab.complaints.filter((text) => /exception|Security Policy/.test(text))).toEqual([]);
  });
});
