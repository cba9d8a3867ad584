import { ZkPushError, type ZkPushErrorCode } from "../../errors.js";
import type { OperationName, PackedChange } from "../../sql/operations.js";

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

/** A call whose attendance is JSON: one text is quicker to hand over than its many values. */
export interface PackedCall extends Call {
  readonly attendance?: string;
}

export const packCall = ({ name, args }: Call): PackedCall => {
  if (name !== "commit") return { name, args };
  const { attendance, ...rest } = args[0] as PackedChange;
  return { name, args: [rest], attendance: JSON.stringify(attendance) };
};

export const unpackCall = ({ name, args, attendance }: PackedCall): Call =>
  attendance === undefined
    ? { name, args }
    : { name, args: [{ ...(args[0] as object), attendance: JSON.parse(attendance) }] };

/** What became of it. */
export type Outcome = { readonly value: unknown } | { readonly error: ToldError };

/** What the worker says: whether it has the file, then outcomes of each batch. */
export type Report = { readonly opened: true } | { readonly error: ToldError } | readonly Outcome[];

/** An error between threads: its class would not arrive. */
export interface ToldError {
  readonly code: ZkPushErrorCode;
  readonly message: string;
}

/** The text of the driver's own errors may name columns, never values. */
export const tellError = (error: unknown): ToldError => {
  if (error instanceof ZkPushError) return { code: error.code, message: error.message };
  const found = error instanceof Error ? error.message : String(error);
  return { code: "STORE_FAILED", message: `expected no error of SQLite, found: ${found}` };
};

export const errorOf = ({ code, message }: ToldError): ZkPushError =>
  new ZkPushError(code, message);
