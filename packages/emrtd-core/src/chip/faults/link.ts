import { type FaultTable, partsOf, readCount } from "./entry.js";

/** What goes wrong between the chip and the terminal. Protected answers are counted from 1. */
export type LinkFault =
  /** The counter of one protected answer, and of all after it, is one too far. */
  | { readonly fault: "wrong-ssc"; readonly at: number }
  /** One answer leaves without protection. */
  | { readonly fault: "unprotected-answer"; readonly at: number }
  /** One bit of one protected answer is wrong; counted from the first bit, modulo the length. */
  | { readonly fault: "flipped-bit"; readonly at: number; readonly bit: number }
  /** One protected answer lacks its last bytes before the status word. */
  | { readonly fault: "truncated-answer"; readonly at: number; readonly bytes: number }
  /** The chip leaves the field before the command after the n-th, once. */
  | { readonly fault: "tag-lost"; readonly after: number }
  /** Every answer takes this long, where whoever carries it keeps time. */
  | { readonly fault: "delay"; readonly milliseconds: number }
  /**
   * After a wrong password the next attempt takes this long to begin, after each further one twice as
   * long, also when the chip was away between; the right password ends it.
   */
  | { readonly fault: "password-delay"; readonly milliseconds: number };

const at =
  <Fault>(otherwise: number, make: (n: number) => Fault) =>
  (value: string | undefined): Fault | undefined => {
    const n = readCount(value, otherwise);
    return n === undefined ? undefined : make(n);
  };

export const LINK_FAULTS: FaultTable<LinkFault> = {
  "wrong-ssc": {
    form: "wrong-ssc[=N]",
    meaning: "the counter of the N-th protected answer is one too far (5)",
    parse: at(5, (n) => ({ fault: "wrong-ssc", at: n })),
  },
  "unprotected-answer": {
    form: "unprotected-answer[=N]",
    meaning: "the N-th answer inside secure messaging comes in the clear (5)",
    parse: at(5, (n) => ({ fault: "unprotected-answer", at: n })),
  },
  "flipped-bit": {
    form: "flipped-bit[=N[:BIT]]",
    meaning: "one bit of the N-th protected answer is wrong (5:24)",
    parse(value) {
      const [n, bit = "24"] = partsOf(value, 2) ?? ["none"];
      if (!/^\d{1,6}$/.test(bit)) return undefined;
      return at(5, (answer) => ({
        fault: "flipped-bit" as const,
        at: answer,
        bit: Number(bit),
      }))(n);
    },
  },
  "truncated-answer": {
    form: "truncated-answer[=N]",
    meaning: "the N-th protected answer lacks its last byte before the status word (5)",
    parse: at(5, (n) => ({ fault: "truncated-answer", at: n, bytes: 1 })),
  },
  "tag-lost": {
    form: "tag-lost[=N]",
    meaning: "the chip leaves the field after N commands, once (20)",
    parse: at(20, (n) => ({ fault: "tag-lost", after: n })),
  },
  delay: {
    form: "delay[=MS]",
    meaning: "every answer takes MS milliseconds (50)",
    parse: at(50, (milliseconds) => ({ fault: "delay", milliseconds })),
  },
  "password-delay": {
    form: "password-delay[=MS]",
    meaning:
      "after a wrong password the next attempt takes MS milliseconds, then twice that (1000)",
    parse: at(1_000, (milliseconds) => ({ fault: "password-delay", milliseconds })),
  },
};
