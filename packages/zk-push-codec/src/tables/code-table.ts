/** Codes of a table, each with its meaning; a code that is in none of the lists is kept as it is. */
export interface CodeTable<Code extends number | string = number> {
  /** Where Attendance PUSH 3.7 has the table. */
  readonly section: string;
  readonly documented: ReadonlyMap<Code, string>;
  /** Codes that terminals use and the document does not have. */
  readonly seen: ReadonlyMap<Code, string>;
  /** `undefined` for a code that nobody has described. */
  meaningOf(code: Code): string | undefined;
}

type Rows<Code> = readonly (readonly [Code, string])[];

export const codeTable = /* @__NO_SIDE_EFFECTS__ */ <Code extends number | string>(
  section: string,
  documented: Rows<Code>,
  seen: Rows<Code> = [],
): CodeTable<Code> => {
  const table = { documented: new Map(documented), seen: new Map(seen) };
  return {
    section,
    ...table,
    meaningOf: (code) => table.documented.get(code) ?? table.seen.get(code),
  };
};
