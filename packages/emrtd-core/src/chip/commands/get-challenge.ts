import { BAC_LENGTHS } from "../../access/bac.js";
import { statusOnly } from "../../iso7816/response-apdu.js";
import type { ChipCommand } from "../chip-context.js";

/** GET CHALLENGE (Doc 9303-11, 4.3.4.1): RND.IC, once the eMRTD application is selected. */
export const GET_CHALLENGE: ChipCommand = {
  ins: 0x84,
  name: "GET CHALLENGE",
  answer({ p1, p2, data, le }, { personalisation, state, random }) {
    if (personalisation.access.bac === undefined) return statusOnly(0x6d00);
    if (p1 !== 0 || p2 !== 0) return statusOnly(0x6a86);
    if (data || le === undefined || le < BAC_LENGTHS.nonce) return statusOnly(0x6700);
    if (state.directory !== "application") return statusOnly(0x6985);
    state.challenge = Uint8Array.from(random(BAC_LENGTHS.nonce));
    return { data: state.challenge, statusWord: 0x9000 };
  },
};
