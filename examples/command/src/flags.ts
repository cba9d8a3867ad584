/** A flag as data; the help text and the type of its value follow from it. */
export type FlagSpec = SwitchFlag | TextFlag | NumberFlag;

interface FlagBase {
  readonly help: string;
  /** A heading in the help text, for commands with many flags. */
  readonly group?: string;
}

/** On or off: `--json`. */
export interface SwitchFlag extends FlagBase {
  readonly type: "switch";
}

/** A word: `--dir DIR`. */
export interface TextFlag extends FlagBase {
  readonly type: "text";
  /** What the value is called in the help: `DIR`, `FILE`. */
  readonly value: string;
  readonly many?: true;
  readonly required?: true;
  readonly default?: string;
  /** The values that exist; any other is refused with this list. */
  readonly choices?: readonly string[];
}

/** A whole number within bounds: `--port N`. */
export interface NumberFlag extends FlagBase {
  readonly type: "number";
  readonly value: string;
  readonly required?: true;
  readonly default?: number;
  readonly min?: number;
  readonly max?: number;
  /** Fractions are welcome: seconds. */
  readonly fraction?: true;
}

export type FlagSpecs = Readonly<Record<string, FlagSpec>>;

type FlagValue<F extends FlagSpec> = F extends SwitchFlag
  ? boolean
  : F extends { many: true }
    ? readonly string[]
    : F extends NumberFlag
      ? F extends { required: true } | { default: number }
        ? number
        : number | undefined
      : F extends { required: true } | { default: string }
        ? string
        : string | undefined;

/** What `run` is given for its flags; `--document-number` is `flags["document-number"]`. */
export type FlagValues<F extends FlagSpecs> = { readonly [name in keyof F]: FlagValue<F[name]> };

/** Words without dashes, in order; only the last may be `many` or optional. */
export interface OperandSpec {
  readonly help: string;
  readonly many?: true;
  readonly optional?: true;
  readonly choices?: readonly string[];
}
export type OperandSpecs = Readonly<Record<string, OperandSpec>>;
export type OperandValues<O extends OperandSpecs> = {
  readonly [name in keyof O]: O[name] extends { many: true }
    ? readonly string[]
    : O[name] extends { optional: true }
      ? string | undefined
      : string;
};
