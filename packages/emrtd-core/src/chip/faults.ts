import { EmrtdError } from "../errors.js";
import { FILES, type FileName } from "../lds/files.js";

/** How a chip answers READ BINARY of more than it can give. */
export const LE_LIMIT_ANSWERS = ["6700", "6b00", "6282", "6c", "empty", "cut"] as const;
export type LeLimitAnswer = (typeof LE_LIMIT_ANSWERS)[number];

/** What goes wrong with a virtual chip. Protected answers are counted from 1. */
export type ChipFault =
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
  /** No more than so many bytes of a file at once. */
  | {
      readonly fault: "le-limit";
      readonly limit: number;
      readonly answer: LeLimitAnswer;
      /** Says so in the clear, and ends the session. */
      readonly plain?: boolean;
    }
  /** One byte of a file is not what was signed; counted from the end of the file. */
  | { readonly fault: "altered-file"; readonly file: FileName; readonly fromEnd: number }
  /** Every answer takes this long, where whoever carries it keeps time. */
  | { readonly fault: "delay"; readonly milliseconds: number };

export type ChipFaultName = ChipFault["fault"];

interface FaultEntry {
  /** How it is written: `tag-lost=N`. */
  readonly form: string;
  readonly meaning: string;
  parse(value: string | undefined): ChipFault | undefined;
}

const count = (value: string | undefined, otherwise: number): number | undefined => {
  if (value === undefined) return otherwise;
  return /^[1-9]\d{0,5}$/.test(value) ? Number(value) : undefined;
};

const at = (
  value: string | undefined,
  otherwise: number,
  make: (n: number) => ChipFault,
): ChipFault | undefined => {
  const n = count(value, otherwise);
  return n === undefined ? undefined : make(n);
};

/** Every fault by its name, for commands and their help. */
export const CHIP_FAULTS: Readonly<Record<ChipFaultName, FaultEntry>> = {
  "wrong-ssc": {
    form: "wrong-ssc[=N]",
    meaning: "the counter of the N-th protected answer is one too far (5)",
    parse: (value) => at(value, 5, (n) => ({ fault: "wrong-ssc", at: n })),
  },
  "unprotected-answer": {
    form: "unprotected-answer[=N]",
    meaning: "the N-th answer inside secure messaging comes in the clear (5)",
    parse: (value) => at(value, 5, (n) => ({ fault: "unprotected-answer", at: n })),
  },
  "flipped-bit": {
    form: "flipped-bit[=N[:BIT]]",
    meaning: "one bit of the N-th protected answer is wrong (5:24)",
    parse(value) {
      const [n, bit = "24"] = value?.split(":") ?? [];
      if (!/^\d{1,6}$/.test(bit)) return undefined;
      return at(n, 5, (answer) => ({ fault: "flipped-bit", at: answer, bit: Number(bit) }));
    },
  },
  "truncated-answer": {
    form: "truncated-answer[=N]",
    meaning: "the N-th protected answer lacks its last byte before the status word (5)",
    parse: (value) => at(value, 5, (n) => ({ fault: "truncated-answer", at: n, bytes: 1 })),
  },
  "tag-lost": {
    form: "tag-lost[=N]",
    meaning: "the chip leaves the field after N commands, once (20)",
    parse: (value) => at(value, 20, (n) => ({ fault: "tag-lost", after: n })),
  },
  "le-limit": {
    form: "le-limit[=N[:ANSWER[:plain]]]",
    meaning: `no more than N bytes at once, else ${LE_LIMIT_ANSWERS.join(", ")} (112:6700)`,
    parse(value) {
      const [n, answer = "6700", plain, ...more] = value?.split(":") ?? [];
      const known = LE_LIMIT_ANSWERS.find((name) => name === answer.toLowerCase());
      if (!known || more.length > 0 || (plain !== undefined && plain !== "plain")) return undefined;
      return at(n, 112, (limit) => ({
        fault: "le-limit",
        limit,
        answer: known,
        ...(plain ? { plain: true } : {}),
      }));
    },
  },
  "altered-file": {
    form: "altered-file[=FILE]",
    meaning: "the last byte of a file is not what was signed (DG1)",
    parse(value = "DG1") {
      const file = FILES.find(({ name }) => name === value);
      return file && { fault: "altered-file", file: file.name, fromEnd: 1 };
    },
  },
  delay: {
    form: "delay[=MS]",
    meaning: "every answer takes MS milliseconds (50)",
    parse: (value) => at(value, 50, (milliseconds) => ({ fault: "delay", milliseconds })),
  },
};

/**
 * Reads a fault as a command line names it: `tag-lost`, `le-limit=112:6B00`.
 *
 * @throws EmrtdError `CHIP_FAULT_UNKNOWN` naming the forms that there are.
 */
export const parseChipFault = (text: string): ChipFault => {
  const [name, value] = [text.split("=", 1)[0]!, text.split("=").slice(1).join("=") || undefined];
  const fault = Object.hasOwn(CHIP_FAULTS, name)
    ? CHIP_FAULTS[name as ChipFaultName].parse(value)
    : undefined;
  if (!fault) {
    const forms = Object.values(CHIP_FAULTS).map(({ form }) => form);
    throw new EmrtdError(
      "CHIP_FAULT_UNKNOWN",
      `expected one of ${forms.join(", ")}, found ${JSON.stringify(text)}`,
    );
  }
  return fault;
};

/** The faults of one kind. */
export const faultsOf = <Name extends ChipFaultName>(
  faults: readonly ChipFault[],
  name: Name,
): readonly Extract<ChipFault, { fault: Name }>[] =>
  faults.filter((fault): fault is Extract<ChipFault, { fault: Name }> => fault.fault === name);
