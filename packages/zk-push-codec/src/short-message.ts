import { invalid, type Kind, localText } from "./kind.js";

/** Longest short message: 12.1.1.9. */
const LONGEST = 320;

/** Text of a short message, in the character set of the terminal. */
export const shortMessage: Kind<string> = {
  ...localText,
  name: "shortMessage",
  encode(value, context, path) {
    const wire = localText.encode(value, context, path);
    if (wire.length > LONGEST) throw invalid(path, `at most ${LONGEST} bytes`);
    return wire;
  },
};
