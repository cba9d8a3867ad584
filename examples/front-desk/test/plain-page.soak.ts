import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { CHROMIUM, hasChromium } from "../../../test/chromium/chromium.js";
import { openTab, type Tab } from "../../../test/chromium/tab.js";
import { type FrontDesk, openFrontDesk } from "../src/front-desk.js";
import { simulatorTrustStore } from "../src/simulate/world.js";

/** The desk's page where no script runs: forms are sent by the browser, and what is new is asked for. */
describe.skipIf(!hasChromium)(
  `the page without scripts (skipped where there is no ${CHROMIUM})`,
  () => {
    let desk: FrontDesk;
    let tab: Tab;

    beforeAll(async () => {
      desk = await openFrontDesk({
        chip: { kind: "sim", profile: "bac-rsa" },
        trust: simulatorTrustStore(),
      });
      tab = await openTab();
      await tab.disableScripts();
    });
    afterAll(async () => {
      await tab.close();
      await desk.close();
    });

    const press = async (id: string) => {
      const mark = "document.body.dataset.pressed";
      const form = `document.getElementById("${id}").closest("form")`;
      await tab.evaluate(`${mark} = "yes"; ${form}.requestSubmit()`);
      await tab.until(`document.readyState === "complete" && ${mark} === undefined`);
    };
    const reached = (step: string, wanted: string) =>
      vi.waitFor(
        async () => {
          await tab.open(desk.url);
          const name = `document.getElementById("step-${step}").className`;
          expect(await tab.evaluate<string>(name)).toBe(wanted);
        },
        { timeout: 60_000 },
      );
    const seen = (id: string) =>
      tab.evaluate<boolean>(`document.getElementById("${id}").checkVisibility()`);

    test("tells the whole story, to whoever asks for what is new", async () => {
      await tab.open(desk.url);
      expect(await seen("reload")).toBe(true);
      await press("sim-lay");
      await reached("comparison", "done");
      await press("start-capture");
      await reached("capture", "done");
      await press("start-enrolment");
      await reached("enrolment", "done");
      await press("sim-punch");
      await reached("punch", "done");
      await tab.open(`${desk.url}/receipt`);
      expect(await seen("print")).toBe(false);
      expect(desk.enrolCommands()).toBe(1);
      expect(tab.complaints).toEqual([]);
    });
  },
);
