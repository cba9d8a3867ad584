import type { OperationName } from "../../sql/operations.js";

/** What the worker is started with. */
export interface WorkerSettings {
  readonly file: string;
  readonly sinks: readonly string[];
}

/** One operation for the worker. */
export interface Call {
  readonly name: OperationName;
  readonly args: readonly unknown[];
}

/** What became of it. */
export type Outcome = { readonly value: unknown } | { readonly error: unknown };
