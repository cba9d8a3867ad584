import type { KnownCommand } from "../commands/any.js";
import type { NamedRecord } from "../records/any.js";
import { issuedFaceTemplate } from "../records/face.js";

/**
 * The command that gives a terminal what another one uploaded: people, templates and pictures.
 *
 * @returns `undefined` for operations and errors, which are nobody's data, and for a template
 * without its data.
 */
export const issueRecord = (record: NamedRecord): KnownCommand | undefined => {
  const values: object = ownValues(record);
  switch (record.record) {
    case "USER":
      return { command: "DATA UPDATE USERINFO", ...(values as Values<typeof record>) };
    case "IDCARD":
      return { command: "DATA UPDATE IDCARD", ...(values as Values<typeof record>) };
    case "FP":
      return record.template === undefined
        ? undefined
        : {
            command: "DATA UPDATE FINGERTMP",
            ...(values as Values<typeof record>),
            size: record.template.length,
          };
    case "FACE": {
      if (record.template === undefined) return undefined;
      const { size, data } = issuedFaceTemplate(record.template);
      const face = values as Values<typeof record>;
      return { command: "DATA UPDATE FACE", ...face, size, template: data };
    }
    case "FVEIN":
      return record.template === undefined
        ? undefined
        : {
            command: "DATA UPDATE FVEIN",
            ...(values as Values<typeof record>),
            size: record.template.length,
          };
    case "BIODATA":
      return record.template === undefined
        ? undefined
        : { command: "DATA UPDATE BIODATA", ...(values as Values<typeof record>) };
    case "USERPIC":
      return record.content === undefined
        ? undefined
        : {
            command: "DATA UPDATE USERPIC",
            pin: record.pin,
            size: record.content.length,
            content: record.content,
          };
    case "BIOPHOTO":
      return record.content === undefined
        ? undefined
        : {
            command: "DATA UPDATE BIOPHOTO",
            pin: record.pin,
            ...(record.type === undefined ? {} : { type: record.type }),
            size: record.content.length,
            content: record.content,
            format: 0,
          };
    case "OPLOG":
    case "ERRORLOG":
      return undefined;
  }
};

/** Without what belongs to the line: pairs that one firmware alone knows make another refuse all. */
const ownValues = (record: NamedRecord): object => {
  const values: { record?: unknown; form?: unknown; extra?: unknown } = { ...record };
  const { record: _record, form: _form, extra: _extra, ...own } = values;
  return own;
};

type Values<R> = Omit<R, "record" | "form" | "extra">;
