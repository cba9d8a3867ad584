import { describe, expect, test } from "vitest";
import { checkZone, instantOf, offsetMinutes } from "../src/index.js";

const utc = (zone: string, time: string) => {
  const found = instantOf(time, zone);
  return found && [new Date(found.utc).toISOString().slice(0, 16), found.note];
};

describe("a time by a terminal's clock", () => {
  test.each([
    ["Asia/Kolkata", "2026-01-05 08:00:00", "2026-01-05T02:30"],
    ["Asia/Kathmandu", "2026-01-05 08:00:00", "2026-01-05T02:15"],
    ["Australia/Eucla", "2026-01-05 08:00:00", "2026-01-04T23:15"],
    ["Pacific/Kiritimati", "2026-01-05 08:00:00", "2026-01-04T18:00"],
    ["+05:45", "2026-01-05 08:00:00", "2026-01-05T02:15"],
    ["-09:30", "2026-01-05 20:00:00", "2026-01-06T05:30"],
  ])("in %s", (zone, time, expected) => {
    expect(utc(zone, time)).toEqual([expected, ""]);
  });

  test("that the clock skips in spring is a gap, taken by the offset before it", () => {
    expect(utc("Europe/Berlin", "2026-03-29 01:59:59")).toEqual(["2026-03-29T00:59", ""]);
    expect(utc("Europe/Berlin", "2026-03-29 02:30:00")).toEqual(["2026-03-29T01:30", "gap"]);
    expect(utc("Europe/Berlin", "2026-03-29 03:00:00")).toEqual(["2026-03-29T01:00", ""]);
  });

  test("that the clock shows twice in autumn is an overlap, and the first is taken", () => {
    expect(utc("Europe/Berlin", "2026-10-25 02:30:00")).toEqual(["2026-10-25T00:30", "overlap"]);
    expect(utc("Europe/Berlin", "2026-10-25 03:00:00")).toEqual(["2026-10-25T02:00", ""]);
    // Half an hour only.
    expect(utc("Australia/Lord_Howe", "2026-04-05 01:45:00")).toEqual([
      "2026-04-04T14:45",
      "overlap",
    ]);
  });

  test.each(["", "2026-13-01 00:00:00", "2026-02-30 00:00:00", "today"])("%j is none", (time) => {
    expect(instantOf(time, "Europe/Berlin")).toBeUndefined();
    expect(instantOf(time, "+01:00")).toBeUndefined();
  });
});

test("zones are IANA names and offsets", () => {
  expect(checkZone("America/St_Johns")).toBe("America/St_Johns");
  expect(offsetMinutes("America/St_Johns", Date.UTC(2026, 0, 5))).toBe(-210);
  for (const zone of ["Mars/Base", "+5", "UTC+1:00", ""]) {
    expect(() => checkZone(zone)).toThrow("expected an IANA time zone");
  }
});
