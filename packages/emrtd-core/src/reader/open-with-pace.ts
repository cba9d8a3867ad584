import { type PaceResult, pace } from "../access/pace.js";
import type { PaceOffer } from "../access/pace-offers.js";
import type { Password } from "../access/password.js";
import type { CryptoProvider, RandomBytes } from "../crypto/provider.js";
import { EmrtdError } from "../errors.js";
import { selectMasterFile } from "../iso7816/select.js";
import type { Protocol } from "../protocol.js";

/** Refusals of MSE:Set AT by chips that want the identifier of the parameters in any case. */
const WANTS_PARAMETER_ID: readonly number[] = [0x6a80, 0x6a87, 0x6a88];

/**
 * Runs PACE in the master file. The identifier of the parameters is sent where the standard asks for it,
 * and once more with it to a chip that refuses to go without. That is no attempt at the password.
 *
 * @throws EmrtdError as `pace`.
 */
export function* openWithPace(
  password: Password,
  offer: PaceOffer,
  options: { readonly random: RandomBytes; readonly crypto: CryptoProvider },
  inMasterFile: boolean,
): Protocol<PaceResult> {
  const { protocol, parameters, parameterId, ambiguous } = offer;
  if (!inMasterFile) yield selectMasterFile("by-identifier");
  const id = parameterId === undefined ? {} : { parameterId };
  const run = (sendParameterId: boolean) =>
    pace(password, protocol, parameters, { ...options, ...id, sendParameterId });
  try {
    return yield* run(ambiguous);
  } catch (error) {
    if (ambiguous || parameterId === undefined || !isAboutSelection(error)) throw error;
    return yield* run(true);
  }
}

const isAboutSelection = (error: unknown): boolean =>
  error instanceof EmrtdError &&
  error.path === "MSE:Set AT for PACE" &&
  WANTS_PARAMETER_ID.includes(error.statusWord ?? 0);
