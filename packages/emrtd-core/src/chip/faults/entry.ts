import { FILES, type FileName } from "../../lds/files.js";

/** How a fault is written, what it does, and how it is read. */
export interface FaultEntry<Fault> {
  /** As commands show it: `tag-lost[=N]`. */
  readonly form: string;
  /** With the default in brackets. */
  readonly meaning: string;
  /** Undefined for a value that is none. */
  parse(value: string | undefined): Fault | undefined;
}

/** One entry for each fault of a group, under its name. */
export type FaultTable<Fault extends { readonly fault: string }> = {
  readonly [Name in Fault["fault"]]: FaultEntry<Extract<Fault, { fault: Name }>>;
};

/** A number from 1 to 999,999. */
export const readCount = (text: string | undefined, otherwise: number): number | undefined => {
  if (text === undefined) return otherwise;
  return /^[1-9]\d{0,5}$/.test(text) ? Number(text) : undefined;
};

/** Four hexadecimal digits. */
export const readStatus = (text: string | undefined, otherwise: number): number | undefined => {
  if (text === undefined) return otherwise;
  return /^[0-9a-f]{4}$/i.test(text) ? Number.parseInt(text, 16) : undefined;
};

export const readFileName = (
  text: string | undefined,
  otherwise: FileName,
): FileName | undefined =>
  text === undefined ? otherwise : FILES.find(({ name }) => name === text)?.name;

/** One of several words. */
export const readChoice = <Choice extends string>(
  text: string | undefined,
  choices: readonly Choice[],
  otherwise: Choice,
): Choice | undefined =>
  text === undefined ? otherwise : choices.find((choice) => choice === text.toLowerCase());

/** The parts of a value between colons, where there are no more than so many. */
export const partsOf = (
  value: string | undefined,
  most: number,
): readonly (string | undefined)[] | undefined => {
  const parts = value?.split(":") ?? [];
  return parts.length > most ? undefined : parts;
};

/** For a fault that takes no value. */
export const withoutValue =
  <Fault>(fault: Fault) =>
  (value: string | undefined): Fault | undefined =>
    value === undefined ? fault : undefined;
