import fc from "fast-check";

/** Printable text, with quotes, letters of other scripts and nothing at all. */
export const text = (): fc.Arbitrary<string> => fc.string({ unit: "grapheme", maxLength: 20 });
export const filled = (): fc.Arbitrary<string> =>
  fc.string({ unit: "grapheme", minLength: 1, maxLength: 20 });

export const instant = (): fc.Arbitrary<Date> =>
  fc.date({
    min: new Date(Date.UTC(2000, 0, 1)),
    max: new Date(Date.UTC(2098, 0, 1)),
    noInvalidDate: true,
  });
export const wholeSeconds = (): fc.Arbitrary<Date> =>
  instant().map((time) => new Date(1000 * Math.floor(time.getTime() / 1000)));

export const hex = (length: number): fc.Arbitrary<string> =>
  fc
    .uint8Array({ minLength: length, maxLength: length })
    .map((bytes) => [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join(""));

export const pairs = (): fc.Arbitrary<Record<string, unknown>> =>
  fc.dictionary(fc.stringMatching(/^[a-z]{1,8}$/), fc.oneof(text(), fc.integer(), fc.boolean()), {
    maxKeys: 5,
  });

export const score = (): fc.Arbitrary<number> =>
  fc.integer({ min: 0, max: 10_000 }).map((hundredths) => hundredths / 100);

/** Drops members that are undefined, as messages have none. */
export const compact = <T extends object>(value: T): T =>
  Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined)) as T;

export const maybe = <T>(item: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(item, { nil: undefined });
