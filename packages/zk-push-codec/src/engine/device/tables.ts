import { base64DecodedLength, encodeBase64 } from "../../base64.js";
import type { KnownCommand } from "../../commands/any.js";
import type { NamedRecord } from "../../records/any.js";
import { uploadedFaceTemplate } from "../../records/face.js";
import type { DeviceData } from "./data.js";
import {
  DONE,
  NO_USER,
  NOT_FETCHED,
  type Outcome,
  PARAMETER,
  PHOTO_SIZE,
  type Surroundings,
  TEMPLATE_SIZE,
} from "./outcome.js";

/** Size is the length of the text; some servers give that of the data, which passes too. */
const sizeFits = (size: number | undefined, text: string | undefined): boolean =>
  size === undefined ||
  text === undefined ||
  size === text.length ||
  size === base64DecodedLength(text);

/** Adds or changes a row (12.1.1). */
export const update = (data: DeviceData, command: KnownCommand, around: Surroundings): Outcome => {
  switch (command.command) {
    case "DATA UPDATE USERINFO": {
      const { command: _command, form: _form, ...values } = command;
      const known = data.users.get(command.pin);
      data.users.set(command.pin, { record: "USER", ...known, ...values });
      return DONE;
    }
    case "DATA UPDATE FINGERTMP":
      return putTemplate(data, command.pin, sizeFits(command.size, command.template), {
        ...own(command),
        record: "FP",
        pin: command.pin,
      });
    case "DATA UPDATE FVEIN":
      return putTemplate(data, command.pin, sizeFits(command.size, command.template), {
        ...own(command),
        record: "FVEIN",
        pin: command.pin,
      });
    case "DATA UPDATE BIODATA":
      return putTemplate(data, command.pin, command.template !== undefined, {
        ...own(command),
        record: "BIODATA",
        pin: command.pin,
      });
    case "DATA UPDATE FACE": {
      if (command.template === undefined) return { code: PARAMETER };
      const { size, data: template } = uploadedFaceTemplate(command.template, around.random);
      return putTemplate(data, command.pin, sizeFits(command.size, command.template), {
        ...own(command),
        record: "FACE",
        pin: command.pin,
        size,
        template,
      });
    }
    case "DATA UPDATE USERPIC":
      if (!sizeFits(command.size, command.content)) return { code: PHOTO_SIZE };
      return putTemplate(data, command.pin, true, {
        ...own(command),
        record: "USERPIC",
        pin: command.pin,
        fileName: `${command.pin}.jpg`,
      });
    case "DATA UPDATE BIOPHOTO": {
      const { pin, type = 9, url } = command;
      const put = (content: string | undefined): Outcome =>
        content === undefined
          ? { code: NOT_FETCHED }
          : putTemplate(data, pin, true, {
              record: "BIOPHOTO",
              pin,
              type,
              fileName: `${pin}.jpg`,
              size: content.length,
              content,
            });
      if (command.format === 1 && url !== undefined) {
        return { fetch: url, finish: (file) => put(file && encodeBase64(file)) };
      }
      return sizeFits(command.size, command.content) ? put(command.content) : { code: PHOTO_SIZE };
    }
    default: {
      const [, , table = ""] = command.command.split(" ");
      const rows = data.tables.get(table) ?? new Map<string, KnownCommand>();
      data.tables.set(table, rows);
      rows.set(keyOf(command), command);
      return DONE;
    }
  }
};

/** Fields of a command without what belongs to its line. */
const own = (command: object): object => {
  const {
    command: _command,
    form: _form,
    extra: _extra,
    ...values
  } = command as Record<string, unknown>;
  return values;
};

const KEYS = ["idNumber", "uid", "index", "code", "key", "id", "pin"] as const;

/** What a row of a table is found by. */
const keyOf = (command: object): string =>
  KEYS.map((key) => (key in command ? String((command as Record<string, unknown>)[key]) : "")).join(
    "|",
  );

export const templateKey = (record: NamedRecord): string => {
  const { pin, finger, number, type, index } = { ...record } as Readonly<Record<string, unknown>>;
  return [record.record, pin, finger ?? type ?? "", number ?? "", index ?? ""].join(" ").trim();
};

const putTemplate = (
  data: DeviceData,
  pin: string,
  sizeIsRight: boolean,
  record: object,
): Outcome => {
  if (!data.users.has(pin)) return { code: NO_USER };
  if (!sizeIsRight) return { code: TEMPLATE_SIZE };
  const template = record as NamedRecord;
  data.templates.set(templateKey(template), template);
  return DONE;
};

export const removeTemplates = (
  data: DeviceData,
  gone: (record: NamedRecord) => boolean,
): Outcome => {
  for (const [key, record] of data.templates) if (gone(record)) data.templates.delete(key);
  return DONE;
};

/** Record of each template table. */
export const OWNERS: Readonly<Record<string, NamedRecord["record"]>> = {
  FINGERTMP: "FP",
  FACE: "FACE",
  FVEIN: "FVEIN",
  BIODATA: "BIODATA",
  USERPIC: "USERPIC",
  BIOPHOTO: "BIOPHOTO",
};

/** Deletes rows (12.1.2). */
export const remove = (data: DeviceData, command: KnownCommand): Outcome => {
  const [, , table = ""] = command.command.split(" ");
  const pin = "pin" in command ? command.pin : undefined;
  if (command.command === "DATA DELETE USERINFO") {
    if (!data.users.delete(command.pin)) return { code: NO_USER };
    return removeTemplates(data, (record) => "pin" in record && record.pin === pin);
  }
  const kind = OWNERS[table];
  if (kind === undefined) {
    data.tables.get(table)?.delete(keyOf(command));
    return DONE;
  }
  const wanted = ["finger", "type", "number"] as const;
  const conditions = command as Partial<Record<(typeof wanted)[number], number>>;
  return removeTemplates(data, (record) => {
    if (record.record !== kind || !("pin" in record) || record.pin !== pin) return false;
    const values = record as Partial<Record<(typeof wanted)[number], number>>;
    return wanted.every((key) => conditions[key] === undefined || conditions[key] === values[key]);
  });
};
