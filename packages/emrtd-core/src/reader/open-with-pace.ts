import { type PaceOptions, type PaceResult, pace } from "../access/pace.js";
import type { PaceOffer } from "../access/pace-offers.js";
import type { Password } from "../access/password.js";
import type { CryptoProvider, RandomBytes } from "../crypto/provider.js";
import { EmrtdError } from "../errors.js";
import { fileByName } from "../lds/files.js";
import type { Protocol } from "../protocol.js";
import { enterMasterFile } from "./directories.js";

/**
 * Refusals of MSE:Set AT by chips that want the identifier of the parameters in any case, or do not know a
 * request for references of authorities.
 */
const WANTS_OTHER_DATA: readonly number[] = [0x6a80, 0x6a87, 0x6a88];

/**
 * Runs PACE in the master file. The identifier of the parameters is sent where the standard asks for it. A
 * chip that refuses the selection is asked again: without a request for references, then with the identifier.
 * That is no attempt at the password.
 *
 * @throws EmrtdError as `pace`.
 */
export function* openWithPace(
  password: Password,
  offer: PaceOffer,
  options: {
    readonly random: RandomBytes;
    readonly crypto: CryptoProvider;
    readonly authorization?: Uint8Array;
  },
  inMasterFile: boolean,
): Protocol<PaceResult> {
  const { protocol, parameters, parameterId, ambiguous } = offer;
  if (!inMasterFile) yield* enterMasterFile(fileByName("CardAccess"));
  const id = parameterId === undefined ? {} : { parameterId };
  const { random, crypto, authorization } = options;
  const run = (selection: Partial<PaceOptions>) =>
    pace(password, protocol, parameters, { random, crypto, ...id, ...selection });
  const attempts: Partial<PaceOptions>[] = [
    ...(authorization ? [{ sendParameterId: ambiguous, authorization }] : []),
    { sendParameterId: ambiguous },
  ];
  for (const attempt of attempts) {
    try {
      return yield* run(attempt);
    } catch (error) {
      const isLast = attempt === attempts.at(-1) && (ambiguous || parameterId === undefined);
      if (isLast || !isAboutSelection(error)) throw error;
    }
  }
  return yield* run({ sendParameterId: true });
}

const isAboutSelection = (error: unknown): boolean =>
  error instanceof EmrtdError &&
  error.path === "MSE:Set AT for PACE" &&
  WANTS_OTHER_DATA.includes(error.statusWord ?? 0);
