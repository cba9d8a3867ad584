import { describe, expect, test } from "vitest";
import { CHIP, FIELDS, IDLE_MS, KEY, PAGE, play, proveChip, readDocument, SAMPLE } from "./rig.js";

const REASON = "known to the desk";

describe("a visit that goes well", () => {
  test("runs from the passport to the punch, each step by its own effect", () => {
    const visit = play();
    proveChip(visit);
    expect(visit.states()).toMatchObject({ chip: "done", comparison: "done", capture: "pending" });
    visit.give({ input: "start", step: "capture" });
    visit.answer({ step: "capture", sample: SAMPLE });
    visit.give({ input: "start", step: "enrolment" });
    const enrolment = { pin: "123456789", terminal: "T1", returning: false };
    visit.answer({ step: "enrolment", enrolment });
    visit.answer({ step: "punch", punch: { id: "1", time: "2026-11-22 09:00:00", verify: 1 } });
    expect(new Set(Object.values(visit.states()))).toEqual(new Set(["done"]));
    expect(visit.effects.map(({ effect }) => effect)).toEqual([
      ...["read-page", "read-chip", "capture", "enrol", "await-punch"],
    ]);
    expect(visit.effects[3]).toMatchObject({
      person: { name: "ERIKSSON ANNA MARIA", identity: "UTO|L898902C3|740812" },
    });
  });

  test("later punches of the same person are added, each once, and nobody else's", () => {
    const visit = play();
    proveChip(visit);
    visit.give({ input: "start", step: "capture" });
    visit.answer({ step: "capture", sample: SAMPLE });
    visit.give({ input: "start", step: "enrolment" });
    visit.answer({ step: "enrolment", enrolment: { pin: "1", terminal: "T1", returning: false } });
    const punch = { id: "1", time: "2026-11-22 09:00:00", verify: 1 };
    visit.answer({ step: "punch", punch });
    visit.give({ input: "punched", pin: "1", punch });
    visit.give({ input: "punched", pin: "2", punch: { ...punch, id: "2" } });
    visit.give({ input: "punched", pin: "1", punch: { ...punch, id: "3" } });
    expect(visit.story.visitor.punches.map(({ id }) => id)).toEqual(["1", "3"]);
  });
});

describe("the way to the time clock", () => {
  for (const verdict of ["not-authentic", "undetermined"] as const) {
    test(`is locked where the chip is ${verdict}, until somebody answers for it`, () => {
      const visit = play();
      readDocument(visit);
      const failure = verdict === "undetermined" ? "UNDETERMINED" : "NOT_AUTHENTIC";
      visit.answer({ step: "chip", failure, known: { chip: { ...CHIP, verdict } } });
      expect(visit.give({ input: "start", step: "capture" })).toBe("LOCKED");
      expect(visit.give({ input: "start", step: "enrolment" })).toBe("LOCKED");
      expect(visit.give({ input: "override", reason: " x " })).toBe("REASON_NEEDED");
      expect(visit.commands()).toBe(0);
      expect(visit.give({ input: "override", reason: REASON })).toBeUndefined();
      visit.give({ input: "start", step: "capture" });
      visit.answer({ step: "capture", sample: SAMPLE });
      expect(visit.give({ input: "start", step: "enrolment" })).toBeUndefined();
      expect(visit.commands()).toBe(1);
      expect(visit.story.visitor.override).toEqual({ reason: REASON });
    });
  }

  test("is locked where page and chip differ", () => {
    const visit = play();
    proveChip(visit, { ...CHIP, fields: { ...FIELDS, dateOfBirth: "740813" } });
    expect(visit.story.steps.comparison).toMatchObject({
      failure: { code: "DOCUMENT_DIFFERS", facts: ["dateOfBirth"] },
    });
    expect(visit.give({ input: "start", step: "capture" })).toBe("LOCKED");
  });

  test("a field that only one of them has agrees with nothing", () => {
    const visit = play();
    const page = { zone: FIELDS, printed: {}, opticalFindings: [] };
    visit.answer({ step: "document", page });
    visit.answer({ step: "chip", failure: "NO_CHIP" });
    visit.give({ input: "skip", step: "chip", reason: "old identity card" });
    const { rows } = visit.story.visitor.comparison!;
    expect(new Set(rows.map(({ agree }) => agree))).toEqual(new Set([null]));
  });

  test("is locked where the document has expired", () => {
    const visit = play();
    const fields = { ...FIELDS, dateOfExpiry: "261121" };
    visit.answer({ step: "document", page: { zone: fields, printed: {}, opticalFindings: [] } });
    visit.answer({ step: "chip", chip: { ...CHIP, fields } });
    expect(visit.story.steps.comparison).toMatchObject({ failure: { code: "DOCUMENT_EXPIRED" } });
    expect(visit.give({ input: "start", step: "capture" })).toBe("LOCKED");
  });

  test("a document without chip needs a reason to go on without, and another to enrol", () => {
    const visit = play();
    readDocument(visit);
    visit.answer({ step: "chip", failure: "NO_CHIP" });
    expect(visit.give({ input: "override", reason: REASON })).toBe("NOT_NOW");
    expect(visit.give({ input: "skip", step: "chip", reason: "" })).toBe("REASON_NEEDED");
    visit.give({ input: "skip", step: "chip", reason: "old identity card" });
    expect(visit.states()).toMatchObject({ chip: "skipped", comparison: "done" });
    expect(visit.give({ input: "start", step: "capture" })).toBe("LOCKED");
    visit.give({ input: "override", reason: REASON });
    expect(visit.give({ input: "start", step: "capture" })).toBeUndefined();
  });

  test("reading the chip again takes an override back", () => {
    const visit = play();
    readDocument(visit);
    const chip = { ...CHIP, verdict: "not-authentic" } as const;
    visit.answer({ step: "chip", failure: "NOT_AUTHENTIC", known: { chip } });
    visit.give({ input: "override", reason: REASON });
    visit.give({ input: "retry", step: "chip" });
    expect(visit.story.visitor).toEqual({ page: PAGE, punches: [] });
    expect(visit.give({ input: "start", step: "capture" })).toBe("LOCKED");
  });

  test("nobody is enrolled as nobody: without a name and a number there is no command", () => {
    const visit = play();
    visit.answer({ step: "document", failure: "PAGE_UNREADABLE" });
    visit.give({ input: "type-key", key: KEY });
    visit.answer({ step: "chip", failure: "NO_CHIP" });
    visit.give({ input: "skip", step: "chip", reason: "no chip in it" });
    visit.give({ input: "override", reason: REASON });
    visit.give({ input: "skip", step: "capture", reason: "no sensor today" });
    expect(visit.give({ input: "start", step: "enrolment" })).toBe("NOBODY");
    expect(visit.commands()).toBe(0);
  });

  test("what an unproved chip says of its holder counts for less than the page", () => {
    const visit = play();
    readDocument(visit);
    const chip = {
      ...CHIP,
      verdict: "undetermined",
      fields: { ...FIELDS, surname: "OTHER" },
    } as const;
    visit.answer({ step: "chip", failure: "UNDETERMINED", known: { chip } });
    visit.give({ input: "override", reason: REASON });
    visit.give({ input: "skip", step: "capture", reason: "no sensor today" });
    visit.give({ input: "start", step: "enrolment" });
    expect(visit.effects.at(-1)).toMatchObject({ person: { name: "ERIKSSON ANNA MARIA" } });
  });

  test("a failed capture stands in the way until it is skipped with a reason", () => {
    const visit = play();
    proveChip(visit);
    visit.give({ input: "start", step: "capture" });
    visit.answer({ step: "capture", failure: "LOW_QUALITY" });
    expect(visit.give({ input: "start", step: "enrolment" })).toBe("NOT_NOW");
    visit.give({ input: "skip", step: "capture", reason: "worn fingers" });
    expect(visit.give({ input: "start", step: "enrolment" })).toBeUndefined();
  });
});

describe("keys", () => {
  test("a zone that cannot be read leaves the key to be typed", () => {
    const visit = play();
    visit.answer({ step: "document", page: { zone: {}, printed: {}, opticalFindings: [] } });
    expect(visit.story.steps.document).toMatchObject({ failure: { code: "MRZ_UNREADABLE" } });
    visit.give({ input: "type-key", key: { can: "123456" } });
    expect(visit.effects.at(-1)).toMatchObject({ effect: "read-chip", key: { can: "123456" } });
    expect(visit.story.steps.document).toMatchObject({ reason: { code: "KEY_TYPED" } });
  });

  test("a wrong key is typed again and used instead of the zone's", () => {
    const visit = play();
    readDocument(visit);
    expect(visit.effects.at(-1)).toMatchObject({ effect: "read-chip", key: KEY });
    visit.answer({ step: "chip", failure: "WRONG_KEY" });
    visit.give({ input: "type-key", key: { can: "654321" } });
    expect(visit.effects.at(-1)).toMatchObject({ effect: "read-chip", key: { can: "654321" } });
  });
});

describe("ends", () => {
  test("cancelling forgets everything, ends what runs, and waits for the next document", () => {
    const visit = play();
    readDocument(visit);
    visit.give({ input: "cancel" });
    expect(visit.story.visitor).toEqual({ punches: [] });
    expect(visit.story.notice).toBe("CANCELLED");
    expect(visit.effects.slice(-2).map(({ effect }) => effect)).toEqual(["abort", "read-page"]);
  });

  test("an answer that comes after the end is nobody's", () => {
    const visit = play();
    readDocument(visit);
    const late = visit.story.steps.chip;
    visit.give({ input: "cancel" });
    readDocument(visit);
    if (late.state !== "running") throw new Error("expected the chip to be read");
    visit.give({ input: "outcome", attempt: late.attempt, outcome: { step: "chip", chip: CHIP } });
    expect(visit.story.visitor.chip).toBeUndefined();
  });

  test("a visit that ends while the command is on its way says so", () => {
    const visit = play();
    proveChip(visit);
    visit.give({ input: "start", step: "capture" });
    visit.answer({ step: "capture", sample: SAMPLE });
    visit.give({ input: "start", step: "enrolment" });
    expect(visit.give({ input: "next-visitor" })).toBe("NOT_NOW");
    visit.pass(10 * IDLE_MS);
    expect(visit.story.visitor.chip).toBeDefined();
    visit.give({ input: "cancel" });
    expect(visit.story.notice).toBe("ENROLMENT_UNCERTAIN");
  });

  test("nobody does anything for long: all is forgotten; a desk that waits, waits on", () => {
    const visit = play();
    visit.pass(10 * IDLE_MS);
    expect(visit.effects).toHaveLength(1);
    readDocument(visit);
    visit.pass(IDLE_MS - 1);
    expect(visit.story.visitor.page).toBeDefined();
    visit.pass(1);
    expect(visit.story.visitor).toEqual({ punches: [] });
    expect(visit.story.notice).toBe("IDLE");
  });

  test("whoever says that he is still there has the whole time again", () => {
    const visit = play();
    readDocument(visit);
    visit.pass(IDLE_MS - 1);
    visit.give({ input: "stay" });
    visit.pass(IDLE_MS - 1);
    expect(visit.story.visitor.page).toBeDefined();
  });

  test("removing from the clock ends the wait for a punch; what another visit removed is not this one's", () => {
    const visit = play();
    expect(visit.give({ input: "remove" })).toBe("NOT_NOW");
    proveChip(visit);
    visit.give({ input: "start", step: "capture" });
    visit.answer({ step: "capture", sample: SAMPLE });
    visit.give({ input: "start", step: "enrolment" });
    visit.answer({ step: "enrolment", enrolment: { pin: "7", terminal: "T1", returning: true } });
    visit.give({ input: "remove" });
    expect(visit.effects.at(-1)).toEqual({ effect: "remove", pin: "7" });
    visit.give({ input: "removed", pin: "8", ok: true });
    expect(visit.story.visitor.enrolment?.removal).toBe("running");
    visit.give({ input: "removed", pin: "7", ok: false });
    expect(visit.give({ input: "remove" })).toBeUndefined();
    visit.give({ input: "removed", pin: "7", ok: true });
    expect(visit.story.visitor.enrolment?.removal).toBe("removed");
    expect(visit.story.steps.punch).toMatchObject({ reason: { code: "REMOVED" } });
  });
});
