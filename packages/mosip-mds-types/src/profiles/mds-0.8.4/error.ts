import type { Fields } from "../../fields.js";

/** Error object of 0.8.4 and 0.9.2: both names in small letters. */
export const errorObject = (f: Fields) => f.object({ errorcode: f.id(), errorinfo: f.text() });

/** An item of an answer that holds nothing but the error. */
export const failure = (f: Fields) => f.object({ error: errorObject(f) });
