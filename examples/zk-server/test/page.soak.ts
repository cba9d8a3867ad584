import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { hasChromium } from "../../../test/chromium/chromium.js";
import { openTab, type Tab } from "../../../test/chromium/tab.js";
import { type Served, SN, serve, TOKEN } from "./serve.js";

/** Where pictures go for people to look at; nowhere unless it is set. */
const folder = process.env["SCREENSHOTS"];

const keep = async (tab: Tab, name: string): Promise<void> => {
  const picture = await tab.screenshot();
  expect(picture.length).toBeGreaterThan(5_000);
  if (folder === undefined) return;
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${name}.png`), picture);
};

describe.skipIf(!hasChromium)("the page in Chromium (needs /usr/bin/chromium or CHROMIUM)", () => {
  let zk: Served;
  let tab: Tab;
  beforeAll(async () => {
    zk = await serve({ pairing: "approve" });
    tab = await openTab();
  });
  afterAll(async () => {
    await tab.close();
    await zk.close();
  });

  const press = (selector: string): Promise<void> =>
    tab.evaluate(`document.querySelector(${JSON.stringify(selector)}).click()`);
  const punch = (pin: string): Promise<string> =>
    zk.terminal(`cdata?SN=${SN}&table=ATTLOG&Stamp=1`, `${pin}\t2015-07-30 15:16:28\t0\t1\n`);

  test("opens with the token", async () => {
    await tab.open(zk.url);
    await keep(tab, "login");
    await tab.evaluate(`document.querySelector("[name=token]").value = "${TOKEN}"`);
    await press("button.main");
    await tab.until(`document.getElementById("live")?.textContent === "live"`);
    expect(await tab.evaluate("document.cookie")).toBe("");
  });

  test("shows a terminal that comes, without a reload, and approves it", async () => {
    await zk.terminal(`cdata?SN=${SN}&options=all`);
    await tab.until(`document.querySelector("#terminals .pending") !== null`);
    await press(`form[action="/devices/approve"] button`);
    await tab.until(`document.querySelector("#terminals .approved") !== null`);
    expect(await tab.evaluate(`document.querySelector(".message").textContent`)).toContain(
      "approved",
    );
  });

  test("shows punches while they come, the newest first, as text", async () => {
    await tab.until(`document.getElementById("live")?.textContent === "live"`);
    await zk.terminal(`cdata?SN=${SN}&options=all`);
    for (const pin of ["7", "8", "<img src=x onerror=alert(1)>"]) await punch(pin);
    await tab.until(`document.querySelectorAll("#punches tr").length === 3`);
    const people = `[...document.querySelectorAll("#punches tr td:nth-child(2)")].map((c) => c.textContent)`;
    expect(await tab.evaluate(people)).toEqual(["<img src=x onerror=alert(1)>", "8", "7"]);
  });

  test("gives a person to the terminal", async () => {
    await tab.evaluate(`(() => {
      const { elements } = document.querySelector('form[action="/people/put"]');
      elements.pin.value = "901";
      elements.name.value = "Zo\u00eb";
    })()`);
    await press(`form[action="/people/put"] button`);
    await tab.until(`document.querySelector("#people")?.textContent.includes("901")`);
    expect(await zk.terminal(`getrequest?SN=${SN}`)).toContain(
      "DATA UPDATE USERINFO PIN=901\tName=Zo\u00eb",
    );
  });

  test("can be used by keyboard and by ear", async () => {
    const unnamed = `[...document.querySelectorAll("input:not([type=hidden]), select, button")]
      .filter((field) => !(field.labels?.length || field.textContent.trim() || field.ariaLabel)).length`;
    expect(await tab.evaluate(unnamed)).toBe(0);
    expect(await tab.evaluate(`document.documentElement.lang`)).toBe("en");
    const unscoped = `document.querySelectorAll("th:not([scope])").length`;
    expect(await tab.evaluate(unscoped)).toBe(0);
    const sections = `[...document.querySelectorAll("section")].every((section) =>
      document.getElementById(section.getAttribute("aria-labelledby"))?.textContent)`;
    expect(await tab.evaluate(sections)).toBe(true);
  });

  test("fits a wide and a narrow screen", async () => {
    const overflows = "document.documentElement.scrollWidth > document.documentElement.clientWidth";
    expect(await tab.evaluate(overflows)).toBe(false);
    await keep(tab, "wide");
    await tab.becomePhone();
    expect(await tab.evaluate(overflows)).toBe(false);
    await keep(tab, "phone");
  });

  test("breaks none of its own rules", () => {
    expect(tab.complaints).toEqual([]);
    expect(zk.warnings).toEqual([]);
  });
});
