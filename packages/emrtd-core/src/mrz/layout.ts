import type { CheckedField, MrzFieldName, MrzFormat } from "./mrz.js";

/** Which characters a field may hold (Doc 9303-3, 4.3); `<` is allowed in each. */
export type MrzCharacters = "letters" | "digits" | "any";

/** Where a field stands. Lines and positions count from 1, as the standard's tables do. */
export interface FieldLayout {
  readonly name: MrzFieldName;
  readonly line: number;
  readonly start: number;
  readonly length: number;
  readonly characters: MrzCharacters;
}

/** A run of positions, both ends included. */
export interface Positions {
  readonly line: number;
  readonly from: number;
  readonly to: number;
}

export interface CheckDigitLayout {
  readonly of: CheckedField;
  readonly line: number;
  readonly position: number;
  /** What it is computed over, in this order. */
  readonly over: readonly Positions[];
}

/** One format of machine readable zone as a table. */
export interface MrzLayout {
  readonly format: MrzFormat;
  readonly lineCount: number;
  readonly lineLength: number;
  readonly fields: readonly FieldLayout[];
  readonly checkDigits: readonly CheckDigitLayout[];
}

/** A row of a data element directory: name, line, first and last position, characters. */
type FieldRow = readonly [
  name: MrzFieldName,
  line: number,
  from: number,
  to: number,
  characters?: MrzCharacters,
];

/** A row of a table of check digits: field, line, position, then the runs that it covers. */
type CheckDigitRow = readonly [
  of: CheckedField,
  line: number,
  position: number,
  ...over: readonly (readonly [line: number, from: number, to: number])[],
];

/** Makes a layout of rows as short as the standard's. */
export const layout = ({
  fields,
  checkDigits,
  ...size
}: Pick<MrzLayout, "format" | "lineCount" | "lineLength"> & {
  readonly fields: readonly FieldRow[];
  readonly checkDigits: readonly CheckDigitRow[];
}): MrzLayout => ({
  ...size,
  fields: fields.map(([name, line, start, to, characters = "any"]) => ({
    name,
    line,
    start,
    length: to - start + 1,
    characters,
  })),
  checkDigits: checkDigits.map(([of, line, position, ...runs]) => ({
    of,
    line,
    position,
    over: runs.map(([runLine, from, to]) => ({ line: runLine, from, to })),
  })),
});
