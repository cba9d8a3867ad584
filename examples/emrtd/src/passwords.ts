import { CommandError } from "@org/command";
import { type Password, parseMrz } from "@org/emrtd-core";
import type { PasswordFlagValues } from "./password-flags.js";

export { PASSWORD_FLAGS, type PasswordFlagValues } from "./password-flags.js";

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
