import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { CHROMIUM, hasChromium } from "../../../test/chromium/chromium.js";
import { openTab, type Tab } from "../../../test/chromium/tab.js";
import { type FrontDesk, openFrontDesk } from "../src/front-desk.js";
import { simulatorTrustStore } from "../src/simulate/world.js";
import { DE } from "../src/web/messages/de.js";
import { EN } from "../src/web/messages/en.js";

/** Where pictures of every state are put, for somebody to look at. */
const pictures = process.env["SCREENSHOTS"];

/** The desk's page in Chromium, over simulated devices on sockets of their own. */
describe.skipIf(!hasChromium)(`the page (skipped where there is no ${CHROMIUM})`, () => {
  let desk: FrontDesk;
  let tab: Tab;
  let commands = 0;

  beforeAll(async () => {
    desk = await openFrontDesk({
      chip: { kind: "sim", profile: "bac-rsa" },
      trust: simulatorTrustStore(),
      patience: { captureMs: 2_000, answerMs: 3_500, chipMs: 2_500 },
    });
    tab = await openTab();
  });
  afterAll(async () => {
    await tab.close();
    await desk.close();
  });
  beforeEach(async () => {
    for (const fault of [...desk.world.faults]) desk.world.fault(fault, false);
    await desk.world.takeAway();
    desk.desk.act({ input: "cancel" });
    commands = desk.enrolCommands();
    await tab.open(desk.url);
    await state("document", "running");
  });

  const click = (id: string) => tab.evaluate(`document.getElementById("${id}").click()`);
  const fill = (id: string, value: string) =>
    tab.evaluate(`document.getElementById("${id}").value = ${JSON.stringify(value)}`);
  const text = (id: string) => tab.evaluate<string>(`document.getElementById("${id}").innerText`);
  const has = (id: string) => tab.evaluate<boolean>(`document.getElementById("${id}") !== null`);
  const state = (step: string, wanted: string) =>
    tab.until(`document.getElementById("step-${step}").className === "${wanted}"`);
  const lay = async (values: { visitor?: string; profile?: string; fault?: string } = {}) => {
    const { visitor = "anna", profile = "bac-rsa", fault = "" } = values;
    await fill("sim-visitor", visitor);
    await fill("sim-profile", profile);
    await fill("sim-page", fault);
    await click("sim-lay");
  };
  const shot = async (name: string) => {
    if (pictures === undefined) return;
    mkdirSync(pictures, { recursive: true });
    writeFileSync(join(pictures, `${name}.png`), await tab.screenshot());
  };
  const sent = () => desk.enrolCommands() - commands;
  const capture = async () => {
    await click("start-capture");
    await state("capture", "done");
  };

  test("tells the whole story, to whoever looks, and forgets it", async () => {
    await shot("01-waiting");
    await lay();
    await state("chip", "running");
    await shot("02-chip");
    await state("comparison", "done");
    await shot("03-authentic");
    expect(await text("now")).toBe(EN.next.startCapture);
    await capture();
    expect(await text("step-capture")).toContain(EN.notMatched);
    await click("start-enrolment");
    await state("enrolment", "done");
    const pin = await tab.evaluate<string>(`document.querySelector(".pin").innerText`);
    expect(pin).toMatch(/^[1-9]\d{8}$/);
    expect(desk.world.clock!.terminal.people()).toContain(pin);
    await shot("04-enrolled");

    // Loaded anew, and in another tab, the story is the same.
    await tab.open(desk.url);
    await state("punch", "running");
    const other = await openTab();
    await other.open(desk.url);
    await other.until(`document.querySelector(".pin").innerText === "${pin}"`);
    await click("sim-punch");
    await state("punch", "done");
    await other.until(`document.getElementById("step-punch").className === "done"`);
    await other.close();
    expect(await text("now")).toBe(EN.next.done);
    const shown = await tab.evaluate<number[]>(
      `Promise.all([...document.querySelectorAll(".portraits img")].map((img) => img.decode().then(() => img.naturalWidth)))`,
    );
    expect(shown).toEqual([280, 280, 280]);
    await shot("05-done");
    await tab.open(`${desk.url}/receipt`);
    expect(await tab.evaluate<string>(`document.querySelector("main").innerText`)).toContain(pin);
    await shot("06-receipt");

    await tab.open(desk.url);
    await click("remove");
    await tab.until(
      `document.getElementById("step-enrolment").innerText.includes(${JSON.stringify(EN.remains)})`,
    );
    expect(desk.world.clock!.terminal.people()).not.toContain(pin);
    await shot("07-removed");
    await click("next-visitor");
    await state("chip", "pending");
    expect(await tab.evaluate<string>("document.body.innerText")).not.toContain(pin);

    await lay();
    await state("comparison", "done");
    await capture();
    await click("start-enrolment");
    await state("enrolment", "done");
    expect(await text("step-enrolment")).toContain(pin);
    expect(await text("step-enrolment")).toContain(EN.returning);
    expect(sent()).toBe(2);
  });

  for (const profile of ["cloned", "tampered"]) {
    test(`a chip that is ${profile} locks the way to the clock`, async () => {
      await lay({ profile });
      await state("chip", "failed");
      await shot(`10-${profile}`);
      expect(await text("step-chip")).toContain(EN.failures.NOT_AUTHENTIC.reason);
      expect(await text("now")).toBe(EN.failures.NOT_AUTHENTIC.remedy);
      expect(await has("start-capture")).toBe(false);
      expect(await has("start-enrolment")).toBe(false);
      expect(sent()).toBe(0);
    });
  }

  test("going on nevertheless takes a reason, which stays in sight", async () => {
    await lay({ profile: "untrusted" });
    await state("chip", "failed");
    expect(await text("now")).toBe(EN.failures.UNDETERMINED.remedy);
    await fill("override-visit-reason", "  ");
    await tab.evaluate(`document.getElementById("override-visit-reason").form.noValidate = true`);
    await click("override-visit");
    await tab.until(`document.getElementById("alert").textContent !== ""`);
    expect(await text("alert")).toBe(EN.refusals.REASON_NEEDED);
    await fill("override-visit-reason", "Known to the director");
    await click("override-visit");
    await tab.until(`document.getElementById("start-capture") !== null`);
    expect(await text("step-chip")).toContain("Known to the director");
    expect(await text("now")).toBe(EN.next.startUnproved);
    await shot("11-override");
    await tab.open(`${desk.url}/receipt`);
    expect(await tab.evaluate<string>(`document.querySelector("main").innerText`)).toContain(
      "Known to the director",
    );
    expect(sent()).toBe(0);
  });

  test("a misread zone does not open the chip; the typed key does", async () => {
    await lay({ fault: "wrong-mrz" });
    await state("chip", "failed");
    expect(await text("step-chip")).toContain(EN.failures.WRONG_KEY.reason);
    expect(await text("now")).toBe(EN.failures.WRONG_KEY.remedy);
    await tab.evaluate(`document.querySelector("#step-chip details.key").open = true`);
    await shot("12-wrong-key");
    await fill("key-number", "L898902C3");
    await fill("key-dateOfBirth", "740812");
    await fill("key-dateOfExpiry", "340415");
    await click("type-key");
    // The page still has the digit that was misread, and that is a difference.
    await state("comparison", "failed");
    expect(await text("step-comparison")).toContain(EN.failures.DOCUMENT_DIFFERS.reason);
    await shot("13-differs");
    expect(await has("start-capture")).toBe(false);
    expect(sent()).toBe(0);
  });

  test("a document whose day is over is genuine and locked", async () => {
    await lay({ visitor: "lucia" });
    await state("comparison", "failed");
    expect(await text("now")).toBe(EN.failures.DOCUMENT_EXPIRED.remedy);
    await shot("14-expired");
    expect(sent()).toBe(0);
  });

  test("a document without a chip is told, and left out with a reason", async () => {
    await lay({ profile: "" });
    await state("chip", "failed");
    expect(await text("now")).toBe(EN.failures.NO_CHIP.remedy);
    await shot("15-no-chip");
    await fill("skip-chip-reason", "identity card of 1998");
    await click("skip-chip");
    await state("chip", "skipped");
    expect(await text("now")).toBe(EN.next.locked);
    await shot("16-chip-left-out");
    expect(sent()).toBe(0);
  });

  test("a reader that is unplugged says so, and goes on when it is back", async () => {
    await click("sim-reader-unplugged");
    await state("document", "failed");
    expect(await text("now")).toBe(EN.failures.READER_UNPLUGGED.remedy);
    await shot("17-unplugged");
    await click("sim-reader-unplugged");
    await tab.until(`document.getElementById("sim-reader-unplugged").ariaPressed === "false"`);
    await click("retry-document");
    await state("document", "running");
    await lay();
    await state("comparison", "done");
    expect(sent()).toBe(0);
  });

  test("a clock that is offline is given nobody to remember", async () => {
    await lay();
    await state("comparison", "done");
    await capture();
    await click("sim-clock-offline");
    await tab.until(`document.getElementById("sim-clock-offline").ariaPressed === "true"`);
    await click("start-enrolment");
    await state("enrolment", "failed");
    expect(await text("now")).toBe(EN.failures.CLOCK_OFFLINE.remedy);
    await shot("18-clock-offline");
    expect(sent()).toBe(0);
    await click("sim-clock-offline");
    await tab.until(`document.getElementById("sim-clock-offline").ariaPressed === "false"`);
    await click("retry-enrolment");
    await state("enrolment", "done");
    expect(sent()).toBe(1);
  });

  test("a capture that is not good enough stands in the way", async () => {
    await click("sim-low-quality");
    await lay();
    await state("comparison", "done");
    await click("start-capture");
    await state("capture", "failed");
    expect(await text("step-capture")).toContain(EN.failures.LOW_QUALITY.reason);
    expect(await text("now")).toBe(EN.failures.LOW_QUALITY.remedy);
    await shot("19-low-quality");
    expect(await has("start-enrolment")).toBe(false);
    expect(sent()).toBe(0);
  });

  test("a page that cannot be read leaves the key to be typed", async () => {
    await lay({ fault: "unreadable" });
    await state("document", "failed");
    expect(await text("now")).toBe(EN.failures.PAGE_UNREADABLE.remedy);
    await shot("20-unreadable");
    await fill("key-can", "123456");
    await click("type-can");
    await state("chip", "failed");
    await shot("21-can-refused");
    expect(sent()).toBe(0);
  });

  test("keeps the place of whoever uses the keyboard, and every field has a name", async () => {
    await lay();
    await state("comparison", "done");
    await tab.evaluate(`document.getElementById("start-capture").focus()`);
    await click("start-capture");
    await state("capture", "done");
    expect(await tab.evaluate<string>("document.activeElement.closest('section').id")).toBe("next");
    const nameless = await tab.evaluate<string[]>(
      `[...document.querySelectorAll("button, a, input:not([type=hidden]), select, img")]
        .filter((one) => !(one.innerText || one.alt || one.labels?.length)).map((one) => one.outerHTML)`,
    );
    expect(nameless).toEqual([]);
  });

  test("is German in the dark on a phone, without a bar to scroll by", async () => {
    await tab.becomePhone();
    await click("language");
    await tab.until(`document.documentElement.lang === "de" && document.readyState === "complete"`);
    await shot("30-phone-waiting");
    await lay({ profile: "cloned" });
    await state("chip", "failed");
    expect(await text("now")).toBe(DE.failures.NOT_AUTHENTIC.remedy);
    await shot("31-phone-cloned");
    expect(await tab.evaluate<number>("document.documentElement.scrollWidth")).toBeLessThanOrEqual(
      390,
    );
    expect(
      await tab.evaluate<boolean>(
        `[...document.querySelectorAll(".scroll")].every((one) => one.scrollWidth <= one.clientWidth)`,
      ),
    ).toBe(true);
    await lay();
    expect(tab.complaints).toEqual([]);
  });
});
