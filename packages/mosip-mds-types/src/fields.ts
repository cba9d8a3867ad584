import * as z from "zod/mini";

/** A closed list of words that a later version or a vendor may add to. */
export type Open<Word extends string> = Word | (string & {});

/**
 * The building blocks of a message, in three readings of one declaration.
 *
 * A message is declared once, by a function of these blocks. For writing, every block is as strict as
 * the version's text. For reading, numbers may be quoted or not, lists may be single, words match in any
 * case and by known aliases, unknown words pass, and unknown fields are kept or refused.
 */
export interface Fields {
  object<Shape extends z.core.$ZodShape>(shape: Shape): z.ZodMiniObject<Shape, z.core.$strict>;
  list<Item extends z.core.SomeType>(item: Item, max?: number): z.ZodMiniArray<Item>;
  optional<Item extends z.core.SomeType>(item: Item): z.ZodMiniExactOptional<Item>;
  /** Always written; devices leave it out. */
  expected<Item extends z.core.SomeType>(item: Item): z.ZodMiniExactOptional<Item>;
  /** Free text. */
  text(): z.ZodMiniType<string>;
  /** Text that says something. */
  filled(): z.ZodMiniType<string>;
  /** An identifier; devices send numbers where the texts show none of their kind. */
  id(): z.ZodMiniType<string>;
  /** Text of the form that the version gives; anything is read. */
  matching(pattern: RegExp): z.ZodMiniType<string>;
  /** One of the version's words. */
  word<const Word extends string>(
    words: readonly Word[],
    aliases?: Readonly<Record<string, Word>>,
  ): z.ZodMiniType<Open<Word>>;
  /** Several of the version's words; one alone is read as a list of one. */
  words<const Word extends string>(
    words: readonly Word[],
    aliases?: Readonly<Record<string, Word>>,
  ): z.ZodMiniType<Open<Word>[]>;
  /** A whole number, quoted or bare on the wire. */
  integer(wire: NumberForm, min: number, max: number): z.ZodMiniType<number>;
  /** A quality score, 0 to 100, quoted or bare on the wire. */
  score(wire: NumberForm): z.ZodMiniType<number>;
  /** Device sub ids, 0 to 3, as a list. */
  subIds(wire: NumberForm): z.ZodMiniType<number[]>;
  /** The first of some forms that fits. */
  either<const Forms extends readonly z.core.SomeType[]>(forms: Forms): z.ZodMiniUnion<Forms>;
  /** Free text of a greatest length. */
  shortText(max: number): z.ZodMiniType<string>;
  flag(): z.ZodMiniType<boolean>;
  /** A value whose form is another standard's business. */
  anything(): z.ZodMiniType<unknown>;
  /** A public key as a JSON Web Key, RFC 7517; members that are not looked at stay as they are. */
  jwk(): z.ZodMiniType<JsonWebKey>;
  /** Vendor's pairs, at most {@link MAX_CUSTOM_OPTIONS}. */
  pairs(): z.ZodMiniType<Record<string, unknown>>;
}

/** As much of a JSON Web Key as every key has. */
export interface JsonWebKey {
  readonly kty: string;
  readonly kid?: string;
  readonly [member: string]: unknown;
}

/** How a version writes a number. */
export type NumberForm = "quoted" | "bare";

/** "max of 50 key value pair": customOpts of every version. */
export const MAX_CUSTOM_OPTIONS = 50;
/** Largest device sub id: 1 left, 2 right, 3 both; 0 is unknown. */
export const MAX_SUB_ID = 3;
/** Largest whole number that is read, in any field. */
export const MAX_INTEGER = 2 ** 31 - 1;
/** Most entries that a list in a message may have. */
export const MAX_LIST = 64;

/** Letters and digits in lower case: how words of devices are compared. */
export const foldWord = (word: string): string => word.toLowerCase().replace(/[^a-z0-9]/g, "");

const pairs = () =>
  z
    .record(z.string(), z.unknown())
    .check(
      z.refine(
        (value) => Object.keys(value).length <= MAX_CUSTOM_OPTIONS,
        `expected at most ${MAX_CUSTOM_OPTIONS} pairs`,
      ),
    );

/** Blocks that are written and read in the same way. */
const plain = {
  either: (forms: readonly z.core.SomeType[]) => z.union(forms as never) as never,
  shortText: (max: number) => z.string().check(z.maxLength(max)),
  flag: () => z.boolean(),
  anything: () => z.unknown(),
  jwk: () => z.looseObject({ kty: z.string(), kid: z.exactOptional(z.string()) }) as never,
  pairs,
};

const boundedList = <Item extends z.core.SomeType>(item: Item, max = MAX_LIST) =>
  z.array(item).check(z.maxLength(max));

/** For writing: the version's own text and nothing else. */
export const writing: Fields = /* @__PURE__ */ (() => ({
  ...plain,
  object: (shape) => z.strictObject(shape) as never,
  list: boundedList,
  optional: z.exactOptional,
  expected: (item) => item as never,
  text: () => z.string(),
  filled: () => z.string().check(z.minLength(1)),
  id: () => z.string(),
  matching: (pattern) => z.string().check(z.regex(pattern)),
  word: (words) => z.enum(words as readonly string[]) as never,
  words: (words) => boundedList(z.enum(words as readonly string[])) as never,
  integer: (wire, min, max) =>
    z.pipe(
      z.int().check(z.minimum(min), z.maximum(max)),
      z.transform((value) => write(value, wire)),
    ) as never,
  score: (wire) =>
    z.pipe(
      z.number().check(z.minimum(0), z.maximum(100)),
      z.transform((value) => write(value, wire)),
    ) as never,
  subIds: (wire) =>
    z.pipe(
      boundedList(z.int().check(z.minimum(0), z.maximum(MAX_SUB_ID))),
      z.transform((ids) => ids.map((id) => write(id, wire))),
    ) as never,
}))();

const write = (value: number, wire: NumberForm): string | number =>
  wire === "quoted" ? String(value) : value;

/** A number that is bare, or quoted in plain decimal. */
const number = () =>
  z.pipe(
    z.union([z.number(), z.string().check(z.regex(/^\s*-?\d{1,15}(\.\d{1,15})?\s*$/))]),
    z.transform(Number),
  );

/** A sound number that the version may not allow: whether it does is for the service's rules to say. */
const integer = () => z.pipe(number(), z.int().check(z.minimum(0), z.maximum(MAX_INTEGER)));

const word = (words: readonly string[], aliases: Readonly<Record<string, string>> = {}) => {
  const known = new Map([
    ...Object.entries(aliases).map(([alias, meant]) => [foldWord(alias), meant] as const),
    ...words.map((canonical) => [foldWord(canonical), canonical] as const),
  ]);
  return z.pipe(
    z.string(),
    z.transform((found) => known.get(foldWord(found)) ?? found),
  );
};

/** One value where a list is meant is read as a list of one. */
const oneOrMore = <Item extends z.core.SomeType>(item: Item) =>
  z.pipe(
    z.transform((value: unknown) => (Array.isArray(value) ? value : [value])),
    boundedList(item),
  );

/** For reading: what devices and clients send. Unknown fields are kept, or refused. */
export const reading = (unknownFields: "keep" | "refuse"): Fields => ({
  ...plain,
  object: (shape) =>
    (unknownFields === "keep" ? z.looseObject(shape) : z.strictObject(shape)) as never,
  list: boundedList,
  optional: z.exactOptional,
  expected: z.exactOptional,
  text: () => z.string(),
  filled: () => z.string().check(z.minLength(1)),
  id: () => z.pipe(z.union([z.string(), z.number()]), z.transform(String)) as never,
  matching: () => z.string(),
  word: (words, aliases) => word(words, aliases) as never,
  words: (words, aliases) => oneOrMore(word(words, aliases)) as never,
  integer: () => integer() as never,
  score: () => z.pipe(number(), z.number().check(z.minimum(0), z.maximum(100))) as never,
  subIds: () => oneOrMore(integer()) as never,
});
