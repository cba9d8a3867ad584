import { SinosecuError } from "../errors.js";
import type { Reply } from "../messages/exchange.js";

/** How one question ended. */
export type Outcome<R = unknown> =
  | { readonly ok: true; readonly result: R }
  | { readonly ok: false; readonly error: SinosecuError };

/** An answer as an outcome: what the service refused is an error that carries its sentence. */
export const outcomeOf = <R>(
  of: { command: string; operand: string },
  reply: Reply<R>,
): Outcome<R> => {
  if (reply.succeeded) return { ok: true, result: reply.result };
  const error = new SinosecuError(
    "REQUEST_REFUSED",
    `expected ${of.command} ${of.operand} to succeed, the service answered that it did not`,
    { serviceText: reply.message },
  );
  return { ok: false, error };
};
