import { invalid, type Kind, text } from "./kind.js";
import { queried } from "./query.js";

/**
 * How far a terminal has uploaded: opaque digits (chapter 5). New firmware sends a constant, 9999;
 * it says nothing of what was uploaded and must not be used to find duplicates.
 */
const STAMP = /^\d{1,30}$/;

const digits: Kind<string> = {
  name: "stamp",
  decode(raw, context, key) {
    if (STAMP.test(raw)) return raw;
    context.report({ code: "FIELD_UNREADABLE", field: key });
    return undefined;
  },
  encode(value, context, path) {
    // It is sent back inside the handshake's reply: anything but digits could add a line to it.
    if (!STAMP.test(value)) throw invalid(path, "1 to 30 digits");
    return text.encode(value, context, path);
  },
};

export const stamp = /* @__PURE__ */ queried(digits);
