import type { Wire } from "./bytes.js";
import { decodeText, encodeText } from "./charset.js";
import { ZkPushError } from "./errors.js";
import { type Definition, headOf, type LineCodec, lineCodec } from "./keyed-message.js";
import { checkField } from "./safe.js";

/** A command whose arguments are the rest of the line. */
export interface Worded<N extends string> {
  readonly command: N;
  readonly argument: string;
  /** The line, where writing its values afresh gives another one. */
  readonly form?: { readonly line: Wire };
}

/** Codec of `NAME SP argument`. */
export const wordedCommand = /* @__NO_SIDE_EFFECTS__ */ <const N extends string>(
  name: N,
  definition: Definition,
  check: (argument: Wire) => void = () => {},
): LineCodec<Worded<N>> => {
  const read = (line: Wire): string => {
    const head = headOf(line, name);
    const rest = line.slice(head?.length ?? 0).replace(/\r$/, "");
    if (head === undefined || rest === "" || /[\0\t\r\n]/.test(rest)) {
      throw new ZkPushError("COMMAND_MALFORMED", `expected ${name} and an argument`);
    }
    return decodeText(rest, "utf-8").text;
  };
  const write = (argument: string): Wire => {
    if (argument.trim() === "" || argument.startsWith(" ")) {
      throw new ZkPushError("FIELD_INVALID", `expected an argument of ${name}`);
    }
    return `${name} ${encodeText(checkField(argument, name), "utf-8")}`;
  };
  return lineCodec<Worded<N>>(name, definition, {
    encode({ argument, form }) {
      if (form !== undefined && read(form.line) === argument) return form.line;
      const wire = write(argument);
      check(wire.slice(name.length + 1));
      return wire;
    },
    decode(line) {
      const argument = read(line);
      const command = { command: name, argument };
      try {
        if (write(argument) === line) return command;
      } catch (error) {
        if (!(error instanceof ZkPushError)) throw error;
      }
      return { ...command, form: { line } };
    },
  });
};
