import { CommandError } from "@org/command";
import { type Password, parseMrz } from "@org/emrtd-core";

/** The key that opens a chip: what is printed on the document. */
export const PASSWORD_FLAGS = {
  "document-number": {
    type: "text",
    value: "N",
    group: "key",
    help: "document number, as printed",
  },
  birth: { type: "text", value: "YYMMDD", group: "key", help: "date of birth" },
  expiry: { type: "text", value: "YYMMDD", group: "key", help: "date of expiry" },
  mrz: {
    type: "text",
    value: "TEXT",
    group: "key",
    help: "machine readable zone, lines joined or apart",
  },
  can: { type: "text", value: "N", group: "key", help: "card access number" },
} as const;

export interface PasswordFlagValues {
  readonly "document-number": string | undefined;
  readonly birth: string | undefined;
  readonly expiry: string | undefined;
  readonly mrz: string | undefined;
  readonly can: string | undefined;
}

/**
 * The password that the flags name, or undefined where they name none.
 *
 * @throws CommandError `USAGE` for half a key, or two.
 */
export const passwordOf = (flags: PasswordFlagValues): Password | undefined => {
  const { "document-number": documentNumber, birth, expiry, mrz, can } = flags;
  const parts = [documentNumber, birth, expiry];
  const kinds = [parts.some((part) => part !== undefined), mrz !== undefined, can !== undefined];
  if (kinds.filter(Boolean).length > 1) {
    throw wrong("one key", "several of --document-number, --mrz and --can");
  }
  if (can !== undefined) {
    if (!/^\d{6,10}$/.test(can)) throw wrong("6 to 10 digits for --can", "something else");
    return { can };
  }
  if (mrz !== undefined) return parseMrz(mrz);
  if (!kinds[0]) return undefined;
  if (documentNumber === undefined || birth === undefined || expiry === undefined) {
    throw wrong("--document-number, --birth and --expiry together", "only some of them");
  }
  for (const [name, date] of Object.entries({ birth, expiry })) {
    if (!/^\d{6}$/.test(date)) throw wrong(`YYMMDD for --${name}`, "something else");
  }
  return { documentNumber, dateOfBirth: birth, dateOfExpiry: expiry };
};

const wrong = (expected: string, found: string): CommandError =>
  new CommandError("USAGE", `expected ${expected}, found ${found}`);
