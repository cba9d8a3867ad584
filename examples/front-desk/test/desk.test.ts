import { describe, expect, test, vi } from "vitest";
import { openDesk, type Stations } from "../src/desk.js";
import type { Outcome, Punch } from "../src/story/index.js";
import { CHIP, PAGE, SAMPLE } from "./rig.js";

/** Stations that do as they are told, and say what they were asked for. */
const stationsOf = (answers: Partial<Record<Outcome["step"], () => Promise<Outcome>>>) => {
  const asked: string[] = [];
  const aborted: string[] = [];
  let tellPunch: (pin: string, punch: Punch) => void = () => {};
  const work = (step: Outcome["step"], signal: AbortSignal): Promise<Outcome> => {
    asked.push(step);
    signal.addEventListener("abort", () => aborted.push(step));
    return answers[step]?.() ?? new Promise(() => {});
  };
  const stations: Stations = {
    page: { read: (signal) => work("document", signal), close: async () => {} },
    chip: (_, signal) => work("chip", signal),
    capture: (signal) => work("capture", signal),
    clock: {
      enrol: (_, signal) => work("enrolment", signal),
      awaitPunch: (_, signal) => work("punch", signal),
      remove: async () => true,
      onPunch: (listener) => {
        tellPunch = listener;
        return () => {};
      },
      enrolCommands: 0,
      close: () => {},
    },
  };
  return { stations, asked, aborted, punch: (pin: string, punch: Punch) => tellPunch(pin, punch) };
};

const settled = () => new Promise((resolve) => setTimeout(resolve, 5));
const once = (outcome: Outcome) => {
  let given = false;
  return () => {
    if (given) return new Promise<Outcome>(() => {});
    given = true;
    return Promise.resolve(outcome);
  };
};

describe("the desk", () => {
  test("does what the story asks for, one after the other, and tells everybody", async () => {
    const { stations, asked } = stationsOf({
      document: async () => ({ step: "document", page: PAGE }),
      chip: async () => ({ step: "chip", chip: CHIP }),
      capture: async () => ({ step: "capture", sample: SAMPLE }),
      enrolment: async () => ({
        step: "enrolment",
        enrolment: { pin: "1", terminal: "T", returning: false },
      }),
    });
    const desk = openDesk({ stations, warn: () => {} });
    let told = 0;
    desk.onChange(() => told++);
    await settled();
    desk.act({ input: "start", step: "capture" });
    await settled();
    desk.act({ input: "start", step: "enrolment" });
    await settled();
    expect(asked).toEqual(["document", "chip", "capture", "enrolment", "punch"]);
    expect(told).toBeGreaterThan(5);
    desk.act({ input: "remove" });
    await settled();
    expect(desk.story.visitor.enrolment?.removal).toBe("removed");
    desk.close();
  });

  test("a station that breaks is a step that failed, told without a word of anybody", async () => {
    const warnings: string[] = [];
    const { stations } = stationsOf({
      document: async () => {
        throw new TypeError("ERIKSSON");
      },
    });
    const desk = openDesk({ stations, warn: (text) => warnings.push(text) });
    await settled();
    expect(desk.story.steps.document).toMatchObject({ failure: { code: "READER_AWAY" } });
    expect(warnings).toEqual(["read-page: TypeError"]);
    desk.close();
  });

  test("whoever cancels ends what runs; what comes of it later is nobody's", async () => {
    let late: (outcome: Outcome) => void = () => {};
    const { stations, asked, aborted } = stationsOf({
      document: once({ step: "document", page: PAGE }),
      chip: () =>
        new Promise((resolve) => {
          late = resolve;
        }),
    });
    const desk = openDesk({ stations, warn: () => {} });
    await settled();
    desk.act({ input: "cancel" });
    late({ step: "chip", chip: CHIP });
    await settled();
    expect(aborted).toContain("chip");
    expect(asked).toEqual(["document", "chip", "document"]);
    expect(desk.story.visitor).toEqual({ punches: [] });
    desk.close();
  });

  test("forgets by itself, and is silent once it is closed", async () => {
    const { stations } = stationsOf({ document: once({ step: "document", page: PAGE }) });
    const desk = openDesk({ stations, idleMs: 200, warn: () => {} });
    const pages: boolean[] = [];
    const countdowns: (number | null)[] = [];
    desk.onChange(({ visitor }) => {
      pages.push(visitor.page !== undefined);
      countdowns.push(desk.forgetsInMs);
    });
    await vi.waitFor(() => expect(desk.story.notice).toBe("IDLE"), 30_000);
    expect(pages).toContain(true);
    expect(countdowns[pages.indexOf(true)]).toBeLessThanOrEqual(200);
    expect(desk.story.visitor).toEqual({ punches: [] });
    expect(desk.forgetsInMs).toBeNull();
    const told = pages.length;
    desk.close();
    expect(desk.act({ input: "cancel" })).toBe("NOT_NOW");
    expect(pages).toHaveLength(told);
  });
});
