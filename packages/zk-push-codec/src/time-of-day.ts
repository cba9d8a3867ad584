import { invalid, type Kind } from "./kind.js";

/** `hhmm`, as in access time periods (12.1.1.15). */
const SHAPE = /^([01]\d|2[0-3])[0-5]\d$/;

export const timeOfDay: Kind<string> = {
  name: "timeOfDay",
  decode(raw, context, key) {
    const padded = /^\d{1,4}$/.test(raw) ? raw.padStart(4, "0") : raw;
    if (SHAPE.test(padded)) return padded;
    if (raw !== "") context.report({ code: "FIELD_UNREADABLE", field: key });
    return undefined;
  },
  encode(value, _context, path) {
    if (!SHAPE.test(value)) throw invalid(path, "hhmm");
    return value;
  },
};
