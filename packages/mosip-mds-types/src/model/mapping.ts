import { isObject } from "../json.js";
import { lazy } from "../lazy.js";

/** A value in the words of another version, and what that version could not say or had to be told. */
export interface Converted<T> {
  readonly value: T;
  /** What is not in the value: a field, or `field=value` where another value stands for it. */
  readonly lost: readonly string[];
  /** Fields of the value that nobody gave: the version demands them. */
  readonly assumed: readonly string[];
}

/** Notes what a pair cannot carry: nothing for the whole field, or the part that is lost. */
export type Lose = (part?: string) => void;

/** How one field is written in a version and read from it. `undefined` means that there is no word for it. */
export interface Pair<Value> {
  write(value: Value, lose: Lose): unknown;
  read(wire: unknown, lose: Lose): Value | undefined;
}

/** One row of a table: the neutral field, the field of the version, and how the one becomes the other. */
export interface Row<Field extends string, Value> {
  readonly neutral: Field;
  readonly wire: string;
  readonly pair: Pair<Value>;
  /** What is written when nobody gave a value. */
  readonly assume?: unknown;
}

export type Rows<Neutral> = readonly {
  [Field in keyof Neutral & string]-?: Row<Field, NonNullable<Neutral[Field]>>;
}[keyof Neutral & string][];

/** A table, usable in both directions. */
export interface Mapping<Neutral> {
  /** From the neutral model down to the version. */
  down(value: Neutral): Converted<Record<string, unknown>>;
  /** From the version up to the neutral model. */
  up(wire: unknown): Converted<Neutral>;
}

export const row = <Field extends string, Value>(
  neutral: Field,
  wire: string,
  pair: Pair<Value>,
  assume?: unknown,
): Row<Field, Value> => ({ neutral, wire, pair, ...(assume === undefined ? {} : { assume }) });

/**
 * Makes the two directions of a table, at first use. A neutral field in two rows is read from the first
 * that has it.
 */
export const mapping = <Neutral>(rows: () => Rows<Neutral>): Mapping<Neutral> => {
  const made = lazy(() => {
    const table = rows() as readonly Row<string, unknown>[];
    return {
      table,
      sayable: new Set(table.map(({ neutral }) => neutral)),
      known: new Set(table.map(({ wire }) => wire)),
    };
  });

  const down = (value: Neutral): Converted<Record<string, unknown>> => {
    const { table, sayable } = made();
    const from = value as Record<string, unknown>;
    const wire: Record<string, unknown> = {};
    const lost: string[] = Object.keys(from).filter(
      (key) => from[key] !== undefined && !sayable.has(key),
    );
    const assumed: string[] = [];
    for (const { neutral, wire: name, pair, assume } of table) {
      const given = from[neutral];
      const lose = noteIn(lost, neutral);
      const said = given === undefined ? undefined : pair.write(given, lose);
      if (said !== undefined) {
        wire[name] = said;
        continue;
      }
      if (given !== undefined && !lost.some((entry) => entry.startsWith(neutral))) {
        lose();
      }
      if (assume !== undefined) {
        wire[name] = assume;
        assumed.push(name);
      }
    }
    return { value: wire, lost: unique(lost), assumed };
  };

  const up = (wire: unknown): Converted<Neutral> => {
    const { table, known } = made();
    const from: Readonly<Record<string, unknown>> = isObject(wire) ? wire : {};
    const value: Record<string, unknown> = {};
    const lost: string[] = Object.keys(from).filter((key) => !known.has(key));
    for (const { neutral, wire: name, pair, assume } of table) {
      if (from[name] === undefined || value[neutral] !== undefined) {
        continue;
      }
      const lose = noteIn(lost, name);
      const meant = pair.read(from[name], lose);
      if (meant !== undefined) {
        value[neutral] = meant;
      } else if (from[name] !== "" && from[name] !== assume) {
        lose();
      }
    }
    return { value: value as Neutral, lost: unique(lost), assumed: [] };
  };

  return { down, up };
};

const noteIn =
  (lost: string[], field: string): Lose =>
  (part) =>
    lost.push(part === undefined ? field : `${field}${part}`);

const unique = (entries: readonly string[]): readonly string[] => [...new Set(entries)];

/** A list whose items have a table of their own. What items lose is noted once, without their index. */
export const listOf = <Item>(items: Mapping<Item>): Pair<readonly Item[]> => ({
  write: (list, lose) =>
    list.map((item) => {
      const { value, lost } = items.down(item);
      lost.forEach((entry) => {
        lose(`.${entry}`);
      });
      return value;
    }),
  read: (wire, lose) =>
    Array.isArray(wire)
      ? wire.map((item) => {
          const { value, lost } = items.up(item);
          lost.forEach((entry) => {
            lose(`.${entry}`);
          });
          return value;
        })
      : undefined,
});
