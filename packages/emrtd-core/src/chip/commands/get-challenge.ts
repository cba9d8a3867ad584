import { BAC_LENGTHS } from "../../access/bac.js";
import { statusOnly } from "../../iso7816/response-apdu.js";
import type { ChipCommand } from "../chip-context.js";

/**
 * GET CHALLENGE: r_IC of terminal authentication after MSE:Set AT (Doc 9303-11, 7.1.5.4); else RND.IC of basic
 * access control, once the eMRTD application is selected (4.3.4.1).
 */
export const GET_CHALLENGE: ChipCommand = {
  ins: 0x84,
  name: "GET CHALLENGE",
  answer({ p1, p2, data, le }, { personalisation, state, random }) {
    const { session, terminal } = state;
    if (personalisation.access.bac === undefined && !terminal) return statusOnly(0x6d00);
    if (p1 !== 0 || p2 !== 0) return statusOnly(0x6a86);
    if (data || le === undefined || le < BAC_LENGTHS.nonce) return statusOnly(0x6700);
    const challenge = session && terminal?.challenge();
    if (challenge) return { data: challenge, statusWord: 0x9000 };
    if (!personalisation.access.bac || state.directory !== "application") return statusOnly(0x6985);
    state.challenge = Uint8Array.from(random(BAC_LENGTHS.nonce));
    return { data: state.challenge, statusWord: 0x9000 };
  },
};
