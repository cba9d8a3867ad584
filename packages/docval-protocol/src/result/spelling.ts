import { isJsonObject, type JsonObject, type JsonValue } from "../json/value.js";

/**
 * How the keys of a result are written: `snake` when it is posted, in answers of the REST API and in
 * version 1, `camel` in RESULT of version 2. Decoders take either.
 */
export type Spelling = "snake" | "camel";

/** Keys whose objects have data for keys: file names and numbers of data groups. */
const WITH_DATA_KEYS: ReadonlySet<string> = /* @__PURE__ */ new Set([
  "hashForDataGroup",
  "filesBinary",
]);

/** A misspelt key that one client expects and servers have sent. */
const MISSPELT = { found: "endorsementsAndBservations", meant: "endorsementsAndObservations" };

/** The keys of a result as they are in memory. */
export const toCamel = (value: JsonValue): JsonValue =>
  respell(value, (key) => key.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase()));

/** The keys of a result as they are posted. */
export const toSnake = (value: JsonValue): JsonValue =>
  respell(value, (key) => key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`));

const respell = (value: JsonValue, spell: (key: string) => string): JsonValue => {
  if (Array.isArray(value)) return value.map((item) => respell(item, spell));
  if (!isJsonObject(value)) return value;
  const taken = new Set(Object.keys(value));
  return Object.fromEntries(
    Object.entries(value).map(([key, member]): [string, JsonValue] => {
      const spelt = spell(key);
      // A key that is there in both spellings keeps its own.
      const name = spelt !== key && taken.has(spelt) ? key : corrected(spelt, taken);
      return [name, hasDataKeys(key) ? member : respell(member, spell)];
    }),
  ) satisfies JsonObject;
};

const hasDataKeys = (key: string): boolean =>
  WITH_DATA_KEYS.has(key.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()));

const corrected = (key: string, taken: ReadonlySet<string>): string =>
  key === MISSPELT.found && !taken.has(MISSPELT.meant) ? MISSPELT.meant : key;
