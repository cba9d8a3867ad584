/** The rules by which devices in the field link one capture to the next; the documents allow them all. */
export const HASH_RULES = [
  "hex-of-payload",
  "hex-of-payload-as-sent",
  "hex-of-jws",
  "bytes-of-iso",
] as const;
export type HashRule = (typeof HASH_RULES)[number];
