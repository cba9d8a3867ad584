import type { ExitCode } from "./errors.js";
import type { FlagSpecs, FlagValues, OperandSpecs, OperandValues } from "./flags.js";
import type { Output } from "./output.js";

/** What a command is given when it runs. */
export interface Context<F extends FlagSpecs, O extends OperandSpecs> {
  readonly flags: FlagValues<F>;
  readonly operands: OperandValues<O>;
  readonly output: Output;
  /** Aborted by SIGINT and SIGTERM. */
  readonly signal: AbortSignal;
}

/** One command: what it is called, what it takes, what it does. Without an answer the exit is 0. */
export interface Command<F extends FlagSpecs = FlagSpecs, O extends OperandSpecs = OperandSpecs> {
  readonly kind: "command";
  readonly name: string;
  readonly summary: string;
  /** Paragraphs and examples below the flags. */
  readonly details?: string;
  readonly flags: F;
  readonly operands: O;
  run(context: Context<F, O>): Promise<ExitCode | undefined> | Promise<void>;
}

/** Commands under one name: `emrtd` of `emrtd read`. */
export interface Group {
  readonly kind: "group";
  readonly name: string;
  readonly summary: string;
  readonly details?: string;
  readonly commands: readonly AnyCommand[];
}

/** A command that is loaded when it is named: a program with many starts as quickly as one with few. */
export interface LazyCommand {
  readonly kind: "lazy";
  readonly name: string;
  readonly summary: string;
  load(): Promise<ErasedCommand | Group>;
}

export type AnyCommand = Group | LazyCommand | ErasedCommand;

/** A command whose own flags are known to itself only. */
export interface ErasedCommand extends Omit<Command, "run"> {
  run(context: never): Promise<ExitCode | undefined> | Promise<void>;
}

export const command = <
  const F extends FlagSpecs = Record<never, never>,
  const O extends OperandSpecs = Record<never, never>,
>(
  spec: Omit<Command<F, O>, "kind" | "flags" | "operands"> & { flags?: F; operands?: O },
): ErasedCommand => ({
  ...spec,
  kind: "command",
  flags: spec.flags ?? {},
  operands: spec.operands ?? {},
});

export const group = (spec: Omit<Group, "kind">): Group => ({ ...spec, kind: "group" });

export const lazy = (name: string, summary: string, load: LazyCommand["load"]): LazyCommand => ({
  kind: "lazy",
  name,
  summary,
  load,
});
