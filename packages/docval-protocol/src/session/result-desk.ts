import type { JudgeRequest } from "../chip/server-chip.js";
import type { EmrtdPassport } from "../result/emrtd-passport.js";
import { ValidationResult } from "../result/validation-result.js";
import type { ServerEvent, ServerSessionOptions } from "./server-session.js";

/** Whose result it is, and what it is made of. */
export interface ResultOrder<Proof>
  extends Pick<JudgeRequest<Proof>, "files" | "proofs" | "activeAuthentication"> {
  readonly clientId: string;
  readonly validationId: string;
  readonly resultServer: string | undefined;
}

/** A result, and how it is handed over: `deliver` is absent where there is nobody to post it to. */
export interface MadeResult {
  readonly passport: EmrtdPassport;
  readonly validationId: string;
  readonly deliver?: Extract<ServerEvent, { type: "deliver" }>;
}

/**
 * Makes a result of what was read.
 *
 * @throws whatever `judge` throws, which is a defect of the server.
 */
export const makeResult = <Proof>(
  options: ServerSessionOptions<Proof>,
  order: ResultOrder<Proof>,
): MadeResult => {
  const { clientId, validationId, resultServer, ...subject } = order;
  const judged = options.chip.judge({ ...subject, chipPresent: true });
  const passport = options.includeFiles
    ? { ...judged, filesBinary: Object.fromEntries(order.files) }
    : judged;
  if (resultServer === undefined) return { passport, validationId };
  const body = ValidationResult.encode({
    emrtd_passport: passport,
    client_validation_id: validationId,
  });
  return {
    passport,
    validationId,
    deliver: { type: "deliver", clientId, validationId, resultServer, body },
  };
};
