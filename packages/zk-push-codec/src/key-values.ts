import type { Wire } from "./bytes.js";
import { decodeText, encodeText } from "./charset.js";
import type { Context } from "./context.js";
import { ZkPushError } from "./errors.js";
import type { Extra, Field, Fields, FormPiece, Kept, ValuesOf } from "./fields.js";
import { checkField } from "./safe.js";
import type { Style } from "./style.js";

/** Codec of a field list in one style, without what stands before it. */
export interface KeyValues<F extends Fields> {
  readonly fields: F;
  readonly style: Style;
  decode(wire: Wire, context: Context, path: string): ValuesOf<F>;
  encode(values: ValuesOf<F>, context: Context, path: string): Wire;
}

/** Loose view of a value for the generic code below; the public types are exact. */
type Loose = Readonly<Record<string, unknown>> & Kept;

export const keyValues = /* @__NO_SIDE_EFFECTS__ */ <const F extends Fields>(
  style: Style,
  fields: F,
): KeyValues<F> => {
  const names = new Map<string, string>();
  for (const [name, field] of Object.entries(fields)) {
    for (const spelling of [field.key, ...field.aliases]) {
      names.set(style.normalize(spelling), name);
    }
  }
  const schema: Schema = { style, fields, nameOf: (key) => names.get(style.normalize(key)) };
  return {
    fields,
    style,
    decode: (wire, context, path) => decode(schema, wire, context, path) as ValuesOf<F>,
    encode: (values, context, path) => encode(schema, values as Loose, context, path),
  };
};

interface Schema {
  readonly style: Style;
  readonly fields: Fields;
  nameOf(key: Wire): string | undefined;
}

const decode = (schema: Schema, wire: Wire, context: Context, path: string): Loose => {
  if (schema.style.forbidden.test(wire)) {
    throw new ZkPushError("RECORD_MALFORMED", `expected text on one line in ${path}`, { path });
  }
  const values: Record<string, unknown> = {};
  const seen = new Set<string>();
  const extra: Extra[] = [];
  const pieces: FormPiece[] = [];
  for (const piece of wire === "" ? [] : schema.style.split(wire)) {
    const equals = piece.indexOf("=");
    if (equals < 0) {
      if (piece.trim() !== "") context.report({ code: "FIELD_NOT_A_PAIR" });
      pieces.push({ bare: piece });
      continue;
    }
    const key = piece.slice(0, equals);
    const raw = piece.slice(equals + 1);
    pieces.push({ key, raw });
    const name = schema.nameOf(key);
    const field = name === undefined ? undefined : schema.fields[name];
    if (name === undefined || field === undefined || seen.has(name)) {
      const shown = decodeText(key, "utf-8").text;
      context.report({ code: field === undefined ? "FIELD_UNKNOWN" : "FIELD_REPEATED" });
      extra.push({ key: shown, value: decodeText(withoutReturn(raw), "utf-8").text });
      continue;
    }
    seen.add(name);
    const value = field.kind.decode(withoutReturn(raw), context, field.key);
    if (value !== undefined) values[name] = value;
  }
  for (const [name, field] of Object.entries(schema.fields)) {
    if (field.required && values[name] === undefined) throw missing(field.key, path);
  }
  if (extra.length > 0) values["extra"] = extra;
  if (canonical(schema, values as Loose, context, path) !== wire) {
    values["form"] = { pieces: thin(schema, pieces, values, context, path) };
  }
  return values as Loose;
};

/** A carriage return before the end of a line belongs to the line's end, not to the value. */
const withoutReturn = (raw: Wire): Wire => (raw.endsWith("\r") ? raw.slice(0, -1) : raw);

const missing = (key: string, path: string): ZkPushError =>
  new ZkPushError("RECORD_MALFORMED", `expected ${key} in ${path}, found none`, { path });

/** The writing of values that were read; `undefined` where they have none of their own. */
const canonical = (
  schema: Schema,
  values: Loose,
  context: Context,
  path: string,
): Wire | undefined => {
  try {
    return encode(schema, values, context, path);
  } catch (error) {
    if (error instanceof ZkPushError) return undefined;
    throw error;
  }
};

/** Leaves out of a form what the values say themselves. */
const thin = (
  schema: Schema,
  pieces: readonly FormPiece[],
  values: Loose,
  context: Context,
  path: string,
): readonly FormPiece[] => {
  const seen = new Set<string>();
  return pieces.map((piece) => {
    if (!("key" in piece)) return piece;
    const name = schema.nameOf(piece.key);
    const field = name === undefined ? undefined : schema.fields[name];
    if (name === undefined || field === undefined || seen.has(name)) return piece;
    seen.add(name);
    return writes(field, values[name], context, path) === piece.raw ? { key: piece.key } : piece;
  });
};

const writes = (field: Field, value: unknown, context: Context, path: string): Wire | undefined => {
  if (value === undefined) return undefined;
  try {
    return field.kind.encode(value, context, `${path}.${field.key}`);
  } catch (error) {
    if (error instanceof ZkPushError) return undefined;
    throw error;
  }
};

const encode = (schema: Schema, values: Loose, context: Context, path: string): Wire => {
  const pieces: Wire[] = [];
  const done = new Set<string>();
  const extra = [...(values.extra ?? [])];
  const write = (key: Wire, field: Field, value: unknown): void => {
    pieces.push(`${key}=${field.kind.encode(value, context, `${path}.${field.key}`)}`);
  };
  for (const piece of values.form?.pieces ?? []) {
    if (!("key" in piece)) {
      pieces.push(piece.bare);
      continue;
    }
    const name = schema.nameOf(piece.key);
    const field = name === undefined ? undefined : schema.fields[name];
    if (name === undefined || field === undefined || done.has(name)) {
      const next = extra.shift();
      if (next !== undefined) pieces.push(writeExtra(next, piece, path));
      continue;
    }
    done.add(name);
    const value = values[name];
    if (piece.raw !== undefined && stillSays(field, piece.raw, value, context, path)) {
      pieces.push(`${piece.key}=${piece.raw}`);
    } else if (value !== undefined) write(piece.key, field, value);
  }
  for (const [name, field] of Object.entries(schema.fields)) {
    const value = values[name];
    if (done.has(name)) continue;
    if (value !== undefined) write(field.key, field, value);
    else if (field.required) {
      throw new ZkPushError("FIELD_MISSING", `expected ${field.key} in ${path}, found none`, {
        path: `${path}.${field.key}`,
      });
    }
  }
  for (const { key, value } of extra)
    pieces.push(`${writeKey(key, path)}=${writeText(value, path)}`);
  return joined(schema.style, pieces, path);
};

/** Whether the kept writing means the value that the field has now. */
const stillSays = (
  field: Field,
  raw: Wire,
  value: unknown,
  context: Context,
  path: string,
): boolean => {
  const quiet: Context = { ...context, report: () => {} };
  const meant = field.kind.decode(withoutReturn(raw), quiet, field.key);
  if (meant === undefined || value === undefined) return meant === value;
  if (meant === value) return true;
  return writes(field, meant, quiet, path) === writes(field, value, quiet, path);
};

const writeExtra = (extra: Extra, piece: { key: Wire; raw?: Wire }, path: string): Wire => {
  const key =
    decodeText(piece.key, "utf-8").text === extra.key ? piece.key : writeKey(extra.key, path);
  const raw = piece.raw ?? "";
  const value =
    decodeText(withoutReturn(raw), "utf-8").text === extra.value
      ? raw
      : writeText(extra.value, path);
  return `${key}=${value}`;
};

const writeText = (value: string, path: string): Wire =>
  encodeText(checkField(value, path), "utf-8");

const writeKey = (key: string, path: string): Wire => {
  if (key.includes("=")) {
    throw new ZkPushError("FIELD_FORBIDDEN", `expected no = in a key of ${path}`, { path });
  }
  return writeText(key, path);
};

/** Joins pieces, none of which may hold the separator: else a value could add a pair. */
const joined = (style: Style, pieces: readonly Wire[], path: string): Wire => {
  const wire = pieces.join(style.separator);
  const parts = wire === "" ? 0 : style.split(wire).length;
  if (parts !== pieces.length || style.forbidden.test(wire)) {
    throw new ZkPushError("FIELD_FORBIDDEN", `expected no separator inside a value of ${path}`, {
      path,
    });
  }
  return wire;
};
