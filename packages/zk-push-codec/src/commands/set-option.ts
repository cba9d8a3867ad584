import type { Wire } from "../bytes.js";
import { decodeText, encodeText } from "../charset.js";
import { ZkPushError } from "../errors.js";
import { headOf, lineCodec } from "../keyed-message.js";
import { checkField } from "../safe.js";

/** One option of the terminal and its new value. */
export interface SetOption {
  readonly command: "SET OPTION";
  readonly key: string;
  readonly value: string;
  /** The line, where writing its values afresh gives another one. */
  readonly form?: { readonly line: Wire };
}

/** Letters and digits; a tilde marks an option that terminals refuse to set. */
const KEY = /^~?[A-Za-z0-9_.]{1,64}$/;

/**
 * Sets one option of the terminal. DateTime, which sets the clock, has a value of its own: see
 * `encodeDateTimeOption`.
 *
 * Attendance PUSH 3.7, 12.4.1.
 *
 *     SET OPTION key=value
 */
export const SetOption = /* @__PURE__ */ lineCodec<SetOption>(
  "SET OPTION",
  { section: "12.4.1", schema: ["key=value"] },
  {
    encode(command) {
      const { form, key, value } = command;
      if (form !== undefined) {
        const meant = read(form.line);
        if (meant.key === key && meant.value === value) return form.line;
      }
      if (!KEY.test(key)) {
        throw new ZkPushError("FIELD_INVALID", "expected an option's name in SET OPTION");
      }
      return `SET OPTION ${key}=${encodeText(checkField(value, "SET OPTION"), "utf-8")}`;
    },
    decode(line) {
      const { key, value } = read(line);
      const command = { command: "SET OPTION", key, value } as const;
      const written = `SET OPTION ${key}=${encodeText(value, "utf-8")}`;
      return written === line && KEY.test(key) ? command : { ...command, form: { line } };
    },
  },
);

const read = (line: Wire): { key: string; value: string } => {
  const head = headOf(line, "SET OPTION");
  const pair = /^([^=\0\t\r\n]+)=([^\0\t\r\n]*)\r?$/.exec(line.slice(head?.length ?? 0));
  if (head === undefined || pair === null) {
    throw new ZkPushError("COMMAND_MALFORMED", "expected SET OPTION key=value");
  }
  return { key: pair[1]!.trim(), value: decodeText(pair[2]!, "utf-8").text };
};
