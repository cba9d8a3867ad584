import {
  ACTIVE_AUTHENTICATION_CHALLENGE_LENGTH,
  answerActiveAuthentication,
} from "../../authentication/active.js";
import { statusOnly } from "../../iso7816/response-apdu.js";
import type { ChipCommand } from "../chip-context.js";
import { isOpen } from "../file-access.js";

/**
 * INTERNAL AUTHENTICATE (Doc 9303-11, 6.1.3): active authentication with the key of DG15. A signature
 * that the answer cannot hold is refused for its length.
 */
export const INTERNAL_AUTHENTICATE: ChipCommand = {
  ins: 0x88,
  name: "INTERNAL AUTHENTICATE",
  chaining: "data",
  answer({ p1, p2, data, le }, context) {
    const { personalisation, state, crypto, random, room } = context;
    const key = personalisation.keys.dg15;
    if (!key) return statusOnly(0x6d00);
    if (p1 !== 0 || p2 !== 0) return statusOnly(0x6a86);
    if (state.directory !== "application") return statusOnly(0x6985);
    if (!isOpen(context)) return statusOnly(0x6982);
    if (data?.length !== ACTIVE_AUTHENTICATION_CHALLENGE_LENGTH || le === undefined) {
      return statusOnly(0x6700);
    }
    const signing = personalisation.signing ?? {};
    const signature = answerActiveAuthentication(key, data, signing, random, crypto);
    return signature.length > Math.min(le, room)
      ? statusOnly(0x6700)
      : { data: signature, statusWord: 0x9000 };
  },
};
