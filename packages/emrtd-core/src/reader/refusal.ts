import { EmrtdError } from "../errors.js";
import { describeStatus } from "../iso7816/status-word.js";

/**
 * An answer inside a session that is nothing but a refusal: not to be trusted, and not worth more than a
 * new session. Anything else that is wrong with a protected answer ends the reading.
 */
export const isRefusalInTheClear = (error: unknown): error is EmrtdError =>
  error instanceof EmrtdError &&
  error.code === "SM_UNPROTECTED" &&
  describeStatus(error.statusWord ?? 0x9000).kind !== "success";

/** An error that leaves the session as it is and says something of one file only. */
export const isAboutTheFile = ({ code }: EmrtdError): boolean =>
  code.startsWith("FILE_") || code.startsWith("TLV_") || code === "APDU_STATUS";
