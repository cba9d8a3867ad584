import type { Wire } from "./bytes.js";
import type { Kind } from "./kind.js";

/**
 * `Key=Value` pairs, the form of nearly every record, command, reply and option list: which fields
 * there are and in what order is data, and types, codecs and test data are derived from it.
 */
export interface Field<T = unknown, Required extends boolean = boolean> {
  /** The document's spelling; any letter case is read. */
  readonly key: string;
  readonly kind: Kind<T>;
  /** Without it the message is none. */
  readonly required: Required;
  /** Other names that terminals use for it. */
  readonly aliases: readonly string[];
}

export type Fields = Readonly<Record<string, Field>>;

export const required = /* @__NO_SIDE_EFFECTS__ */ <T>(
  key: string,
  kind: Kind<T>,
  ...aliases: string[]
): Field<T, true> => ({
  key,
  kind,
  required: true,
  aliases,
});

export const optional = /* @__NO_SIDE_EFFECTS__ */ <T>(
  key: string,
  kind: Kind<T>,
  ...aliases: string[]
): Field<T, false> => ({
  key,
  kind,
  required: false,
  aliases,
});

/** A pair that the document does not have. */
export interface Extra {
  readonly key: string;
  readonly value: string;
}

/** One piece as it stood on the wire. */
export type FormPiece =
  | { readonly key: Wire /** Absent: the value's own writing. */; readonly raw?: Wire }
  | { /** No equals sign in it. */ readonly bare: Wire };

/** How a message was written; kept only where writing its values afresh gives other bytes. */
export interface Form {
  /** Words before the first pair, where they are spelled in another way. */
  readonly head?: Wire;
  readonly pieces: readonly FormPiece[];
}

/** What every such message holds beside its fields. */
export interface Kept {
  readonly extra?: readonly Extra[];
  readonly form?: Form;
}

type ValueOfField<F> = F extends Field<infer T, boolean> ? T : never;

/** The value type of a field list. */
export type ValuesOf<F extends Fields> = {
  readonly [K in keyof F as F[K]["required"] extends true ? K : never]: ValueOfField<F[K]>;
} & {
  readonly [K in keyof F as F[K]["required"] extends true ? never : K]?: ValueOfField<F[K]>;
} & Kept;
