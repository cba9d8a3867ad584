import { describe, expect, test } from "vitest";
import { parseChipFault } from "../src/chip/faults.js";
import { QUIRKS, type Quirk, type QuirkId } from "../src/quirks/quirks.js";
import { accessQuirks } from "./quirks/access.js";
import { certificateQuirks } from "./quirks/certificates.js";
import { dataQuirks } from "./quirks/data.js";
import { directoryQuirks } from "./quirks/directories.js";
import { lengthQuirks } from "./quirks/lengths.js";
import { proofQuirks } from "./quirks/proofs.js";
import { securityObjectQuirks } from "./quirks/security-object.js";

/** One for each row of the table, under its name: the compiler misses none. */
const QUIRK_TESTS: Readonly<Record<QuirkId, () => unknown>> = {
  ...directoryQuirks,
  ...accessQuirks,
  ...lengthQuirks,
  ...proofQuirks,
  ...securityObjectQuirks,
  ...certificateQuirks,
  ...dataQuirks,
};

const rows: readonly Quirk[] = Object.values(QUIRKS).flat();
const ran = new Set<string>();

describe("quirks", () => {
  test.each(rows.map(({ id, observed }) => [id, observed] as const))("%s: %s", async (id) => {
    await QUIRK_TESTS[id as QuirkId]();
    ran.add(id);
  });

  test("each row was shown, and nothing is shown that is no row", () => {
    expect([...ran].sort()).toEqual(rows.map(({ id }) => id).sort());
    expect(Object.keys(QUIRK_TESTS).sort()).toEqual([...ran].sort());
  });
});

describe("the table of quirks", () => {
  test("names each once, in words that a line of a table can hold", () => {
    expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length);
    for (const { id, observed, done } of rows) {
      expect(id).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
      for (const words of [observed, done]) expect(words).toMatch(/^[^|\n]{10,200}$/);
    }
  });

  test("says of each where it was seen", () => {
    const thread = /^[\w.-]+\/[\w.-]+(#\d+| [\w./-]+)$/;
    const standard = /^(Doc 9303-|ISO\/IEC )/;
    for (const { sources } of rows) {
      expect(sources.length).toBeGreaterThan(0);
      for (const source of sources) {
        const known = [thread, standard, /^https:\/\//].some((form) => form.test(source));
        expect(known, source).toBe(true);
      }
    }
  });

  test("names faults that there are", () => {
    const faults = rows.flatMap(({ fault }) => (fault === undefined ? [] : [fault]));
    expect(faults.length).toBeGreaterThan(20);
    for (const fault of faults) expect(parseChipFault(fault).fault).toBe(fault.split("=")[0]);
  });
});
