import type { CommandApdu } from "../../iso7816/command-apdu.js";
import type { ResponseApdu } from "../../iso7816/response-apdu.js";
import type { ChipState } from "../chip-context.js";

/** How long a chip makes whoever guesses passwords wait. It remembers without power. */
export interface PasswordDelay {
  /** Milliseconds that the last answer took for this reason. */
  readonly delay: number;
  /** Looks at a command and its answer. */
  after(command: CommandApdu, answer: ResponseApdu, state: ChipState): void;
}

/** Doublings at most: chips stop somewhere, too. */
const MAX_DOUBLINGS = 5;

/** @param milliseconds after the first wrong password. */
export const createPasswordDelay = (milliseconds: number): PasswordDelay => {
  let wrong = 0;
  let delay = 0;
  return {
    get delay() {
      return delay;
    },
    after({ ins, p1 }, { statusWord }, { opened }) {
      // GET CHALLENGE and MSE:Set AT begin an attempt, EXTERNAL and GENERAL AUTHENTICATE decide it.
      const begins = !opened && (ins === 0x84 || (ins === 0x22 && p1 === 0xc1));
      delay = begins && wrong > 0 ? milliseconds * 2 ** Math.min(wrong - 1, MAX_DOUBLINGS) : 0;
      if (opened) wrong = 0;
      else if ((ins === 0x82 || ins === 0x86) && statusWord >> 8 === 0x63) wrong++;
    },
  };
};
