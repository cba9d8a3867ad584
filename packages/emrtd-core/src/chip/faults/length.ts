import { type FaultTable, partsOf, readChoice, readCount } from "./entry.js";

/** How a chip answers READ BINARY of more than it can give. */
export const LE_LIMIT_ANSWERS = ["6700", "6b00", "6282", "6c", "empty", "cut"] as const;
export type LeLimitAnswer = (typeof LE_LIMIT_ANSWERS)[number];

/** Answers that a chip has for one length; it cannot cut what it refuses. */
const LE_REFUSED_ANSWERS = ["6700", "6b00", "6282", "empty"] as const;

/** What the chip cannot do with lengths. */
export type LengthFault =
  /** No more than so many bytes of a file at once; of several the largest that is exceeded answers. */
  | {
      readonly fault: "le-limit";
      readonly limit: number;
      readonly answer: LeLimitAnswer;
      /** Says so in the clear, and ends the session. */
      readonly plain?: boolean;
    }
  /** Not exactly so many bytes of a file, but more and less. */
  | {
      readonly fault: "le-refused";
      readonly le: number;
      readonly answer: (typeof LE_REFUSED_ANSWERS)[number];
    }
  /** A command in the extended form is refused in the clear, and ends the session. */
  | { readonly fault: "no-extended-length" }
  /**
   * An answer with more data comes in pieces of so many bytes, the first for the command, the others for
   * GET RESPONSE. `protected`: each piece is an answer of its own inside the session, instead of a piece
   * of one.
   */
  | {
      readonly fault: "response-chaining";
      readonly piece: number;
      readonly level: "outside" | "protected";
    };

export const LENGTH_FAULTS: FaultTable<LengthFault> = {
  "le-limit": {
    form: "le-limit[=N[:ANSWER[:plain]]]",
    meaning: `no more than N bytes at once, else ${LE_LIMIT_ANSWERS.join(", ")} (112:6700)`,
    parse(value) {
      const [n, answerText, plain] = partsOf(value, 3) ?? ["none"];
      const limit = readCount(n, 112);
      const answer = readChoice(answerText, LE_LIMIT_ANSWERS, "6700");
      if (limit === undefined || !answer || ![undefined, "plain"].includes(plain)) return undefined;
      return { fault: "le-limit", limit, answer, ...(plain ? { plain: true } : {}) };
    },
  },
  "le-refused": {
    form: "le-refused[=N[:ANSWER]]",
    meaning: `not exactly N bytes at once, else ${LE_REFUSED_ANSWERS.join(", ")} (231:empty)`,
    parse(value) {
      const [n, answerText] = partsOf(value, 2) ?? ["none"];
      const le = readCount(n, 231);
      const answer = readChoice(answerText, LE_REFUSED_ANSWERS, "empty");
      return le === undefined || !answer ? undefined : { fault: "le-refused", le, answer };
    },
  },
  "no-extended-length": {
    form: "no-extended-length",
    meaning: "an extended command is refused by 6700 in the clear, and ends the session",
    parse: (value) => (value === undefined ? { fault: "no-extended-length" } : undefined),
  },
  "response-chaining": {
    form: "response-chaining[=N[:protected]]",
    meaning:
      "answers come in pieces of N bytes, by 61xx and GET RESPONSE, also protected ones (100)",
    parse(value) {
      const [n, level] = partsOf(value, 2) ?? ["none"];
      const piece = readCount(n, 100);
      if (piece === undefined || piece > 256 || ![undefined, "protected"].includes(level)) {
        return undefined;
      }
      return { fault: "response-chaining", piece, level: level ? "protected" : "outside" };
    },
  },
};
