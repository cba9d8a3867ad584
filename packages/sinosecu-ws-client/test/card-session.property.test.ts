import fc from "fast-check";
import { expect, test } from "vitest";
import { type CardRecord, createCardSession, type SessionInput } from "../src/index.js";

const SETTLE = 1_500;
const LATE = 10_000;

interface Part {
  readonly at: number;
  readonly input: SessionInput;
}

interface Person {
  readonly name: string;
  /** From the last document's text to this one being laid down. */
  readonly pauseMs: number;
  readonly readMs: number;
  readonly announced: boolean;
  readonly hasText: boolean;
  readonly fails: boolean;
  readonly takenAwayAfterMs: number | undefined;
  /** Kinds, in one message or in several, each so long after the text; negative: before it. */
  readonly images: readonly { readonly kinds: readonly string[]; readonly afterMs: number }[];
}

const KINDS = ["White", "IR", "UV", "OcrHead", "ChipHead"];

const anyImages = (): fc.Arbitrary<Person["images"]> =>
  fc
    .tuple(
      fc.subarray(KINDS),
      fc.boolean(),
      fc.array(fc.integer({ min: -400, max: LATE - 1 }), { minLength: 5, maxLength: 5 }),
    )
    .map(([kinds, together, delays]) =>
      kinds.length === 0
        ? []
        : together
          ? [{ kinds, afterMs: delays[0]! }]
          : kinds.map((kind, index) => ({ kinds: [kind], afterMs: delays[index]! })),
    );

const anyPerson = (announced: boolean) =>
  fc.record({
    pauseMs: announced
      ? fc.integer({ min: 0, max: 15_000 })
      : fc.integer({ min: SETTLE + 500, max: 15_000 }),
    readMs: fc.integer({ min: 401, max: 5_000 }),
    announced: fc.constant(announced),
    hasText: fc.boolean(),
    // Without detections only its text or failure tells a document from late pictures of another.
    fails: announced ? fc.boolean() : fc.constant(true),
    takenAwayAfterMs: fc.option(fc.integer({ min: 0, max: 3_000 }), { nil: undefined }),
    images: anyImages(),
  });

/**
 * A reader that reads one document after the other, as the real one does: what is read of a document
 * comes before the next is laid down. Pictures are sent apart and may come any time within the limit.
 */
const partsOf = (people: readonly Person[]): Part[] => {
  const parts: Part[] = [];
  let clock = 0;
  for (const person of people) {
    const { name } = person;
    clock += person.pauseMs;
    if (person.announced) parts.push({ at: clock, input: { kind: "detected" } });
    clock += person.readMs;
    // One that gives neither text nor reason sends nothing after the next was laid down.
    const silent = !person.hasText && !person.fails;
    if (person.hasText) {
      parts.push({ at: clock, input: { kind: "text", fields: [{ name: "n", content: name }] } });
    } else if (person.fails) {
      parts.push({ at: clock, input: { kind: "failure", failure: name } });
    }
    for (const { kinds, afterMs } of person.images) {
      const images = kinds.map((kind) => ({ kind, data: `${name} ${kind}` }));
      // Before its text only where a detection says that it is a new document.
      const offset = person.announced ? afterMs : Math.max(0, afterMs);
      if (silent && offset > 0) continue;
      const part = { kind: "images" as const, images };
      parts.push({ at: clock + offset, input: { kind: "attachment", part } });
    }
    if (person.takenAwayAfterMs !== undefined && person.announced) {
      clock += person.takenAwayAfterMs;
      parts.push({ at: clock, input: { kind: "taken-away" } });
    }
  }
  return parts
    .map((part, order) => ({ ...part, order }))
    .sort((a, b) => a.at - b.at || a.order - b.order);
};

const ownersOf = (record: CardRecord): Set<string> =>
  new Set([
    ...(record.fields ?? []).map(({ content }) => content),
    ...(record.failure === undefined ? [] : [record.failure]),
    ...record.images.map(({ data }) => data.split(" ")[0]!),
  ]);

const run = (parts: readonly Part[]): { records: CardRecord[]; uncertain: number } => {
  const session = createCardSession({ settleMs: SETTLE, lateMs: LATE });
  const records: CardRecord[] = [];
  let uncertain = 0;
  let wakeAt: number | undefined;
  const feed = (input: SessionInput, at: number): void => {
    const step = session.receive(input, at);
    wakeAt = step.wakeAt;
    for (const event of step.events) {
      if (event.type === "record") records.push(event.record);
      else uncertain += event.part.kind === "images" ? event.part.images.length : 0;
    }
  };
  const wakeUntil = (at: number): void => {
    while (wakeAt !== undefined && wakeAt <= at) feed({ kind: "due" }, wakeAt);
  };
  for (const { at, input } of parts) {
    wakeUntil(at);
    feed(input, at);
  }
  wakeUntil(Number.POSITIVE_INFINITY);
  return { records, uncertain };
};

const anyPeople = fc
  .boolean()
  .chain((announced) => fc.array(anyPerson(announced), { minLength: 1, maxLength: 6 }))
  .map((people) => people.map((person, index): Person => ({ ...person, name: `person${index}` })));

test("whatever comes, however late: no record holds parts of two people", () => {
  fc.assert(
    fc.property(anyPeople, (people) => {
      for (const record of run(partsOf(people)).records) {
        expect([...ownersOf(record)].length).toBeLessThanOrEqual(1);
      }
    }),
    { numRuns: 3_000 },
  );
});

test("no part is lost: each is in one record or uncertain, once", () => {
  fc.assert(
    fc.property(anyPeople, (people) => {
      const parts = partsOf(people);
      const { records, uncertain } = run(parts);
      const sent = parts.flatMap(({ input }) =>
        input.kind === "attachment" && input.part.kind === "images" ? input.part.images : [],
      );
      const kept = records.flatMap(({ images }) => images.map(({ data }) => data));
      expect(new Set(kept).size).toBe(kept.length);
      expect(kept.length + uncertain).toBe(sent.length);
      const texts = parts.filter(({ input }) => input.kind === "text").length;
      expect(records.filter(({ fields }) => fields !== undefined).length).toBe(texts);
    }),
    { numRuns: 3_000 },
  );
});

test("documents with their pictures close behind are gathered whole", () => {
  const anyOrderly = fc.array(
    fc.record({
      pauseMs: fc.integer({ min: SETTLE + 1, max: 5_000 }),
      afterMs: fc.integer({ min: -400, max: SETTLE - 1 }),
    }),
    { minLength: 1, maxLength: 6 },
  );
  fc.assert(
    fc.property(anyOrderly, (rows) => {
      const people = rows.map(
        ({ pauseMs, afterMs }, index): Person => ({
          name: `person${index}`,
          pauseMs: pauseMs + Math.max(0, afterMs),
          readMs: 500,
          announced: true,
          hasText: true,
          fails: false,
          takenAwayAfterMs: undefined,
          images: [{ kinds: KINDS, afterMs }],
        }),
      );
      const { records, uncertain } = run(partsOf(people));
      expect(uncertain).toBe(0);
      expect(records.map(({ images }) => images.length)).toEqual(rows.map(() => KINDS.length));
    }),
  );
});
