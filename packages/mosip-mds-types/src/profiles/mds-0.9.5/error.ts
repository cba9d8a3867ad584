import type { Fields } from "../../fields.js";

/** Error object since the drafts of July 2020: a capital in the middle. */
export const errorObject = (f: Fields) => f.object({ errorCode: f.id(), errorInfo: f.text() });

/** An item of an answer that holds nothing but the error. */
export const failure = (f: Fields) => f.object({ error: errorObject(f) });

/** A segment that failed: the other members stand there and are empty. */
export const failedSegment = (f: Fields, version: RegExp) =>
  f.object({
    specVersion: f.optional(f.matching(version)),
    data: f.optional(f.text()),
    hash: f.optional(f.text()),
    error: errorObject(f),
  });
