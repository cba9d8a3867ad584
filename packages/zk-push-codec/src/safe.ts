import { ZkPushError } from "./errors.js";

/** What would end a field, a line or a C string inside the terminal. */
const FORBIDDEN = /[\0\t\r\n]/;

/**
 * A text that may stand in one field.
 *
 * @throws ZkPushError `FIELD_FORBIDDEN` for NUL, TAB, CR or LF: with them one field becomes two
 * commands.
 */
export const checkField = (text: string, path: string): string => {
  const at = text.search(FORBIDDEN);
  if (at >= 0) {
    throw new ZkPushError(
      "FIELD_FORBIDDEN",
      `expected no NUL, TAB, CR or LF in ${path}, found ${NAMES.get(text[at]!)} at offset ${at}`,
      { path, offset: at },
    );
  }
  return text;
};

const NAMES = /* @__PURE__ */ new Map([
  ["\0", "NUL"],
  ["\t", "TAB"],
  ["\r", "CR"],
  ["\n", "LF"],
]);

/** A command id: the document allows 1 to 16, and terminals copy it unbounded into 20 bytes. */
const COMMAND_ID = /^[A-Za-z0-9]{1,16}$/;

export const isCommandId = (id: string): boolean => COMMAND_ID.test(id);

/**
 * A command id that every terminal holds.
 *
 * @throws ZkPushError `COMMAND_ID_INVALID` for anything but 1 to 16 letters and digits.
 */
export const checkCommandId = (id: string): string => {
  if (!isCommandId(id)) {
    throw new ZkPushError(
      "COMMAND_ID_INVALID",
      `expected 1 to 16 letters or digits as command id, found ${id.length} characters`,
    );
  }
  return id;
};

/** Serial numbers: printed on the terminal, and the only identity that the protocol has. */
const SERIAL_NUMBER = /^[A-Za-z0-9-]{6,32}$/;

export const isSerialNumber = (sn: string): boolean => SERIAL_NUMBER.test(sn);
