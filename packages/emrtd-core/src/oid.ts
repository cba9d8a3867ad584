import { EmrtdError } from "./errors.js";

/** Object identifier in dotted decimals, e.g. `2.23.136.1.1.1`. */
export type Oid = string;

/** The longest identifier that is read, in bytes of its content. */
const MAX_OID_BYTES = 64;
/** No identifier of 64 bytes has more characters than this. */
const MAX_OID_CHARACTERS = 320;

/**
 * Reads the content of an OBJECT IDENTIFIER (X.690, 8.19).
 *
 * @throws EmrtdError `OID_INVALID` for an empty, unfinished, not minimal or oversized one.
 */
export const decodeOid = (content: Uint8Array): Oid => {
  if (content.length === 0 || content.length > MAX_OID_BYTES || content.at(-1)! >= 0x80) {
    throw new EmrtdError(
      "OID_INVALID",
      `expected an object identifier of 1 to ${MAX_OID_BYTES} bytes`,
    );
  }
  const arcs: (number | bigint)[] = [];
  for (let start = 0; start < content.length; ) {
    let end = start;
    while (content[end]! >= 0x80) end++;
    if (content[start] === 0x80) {
      throw new EmrtdError("OID_INVALID", "expected arcs without padding");
    }
    const arc = readArc(content, start, end);
    if (start === 0) {
      // The first two arcs share one number; only under the root 2 may the second be 40 and more.
      const root = arc < 40 ? 0 : arc < 80 ? 1 : 2;
      arcs.push(root, typeof arc === "bigint" ? arc - 80n : arc - 40 * root);
    } else {
      arcs.push(arc);
    }
    start = end + 1;
  }
  return arcs.join(".");
};

/** Seven bits a byte; seven bytes are still a safe number. */
const readArc = (content: Uint8Array, start: number, end: number): number | bigint => {
  if (end - start >= 7) {
    let large = 0n;
    for (let i = start; i <= end; i++) large = (large << 7n) | BigInt(content[i]! & 0x7f);
    return large;
  }
  let arc = 0;
  for (let i = start; i <= end; i++) arc = arc * 128 + (content[i]! & 0x7f);
  return arc;
};

/**
 * Writes the content of an OBJECT IDENTIFIER.
 *
 * @throws EmrtdError `OID_INVALID` where the text is no identifier.
 */
export const encodeOid = (oid: Oid): Uint8Array<ArrayBuffer> => {
  if (oid.length > MAX_OID_CHARACTERS || !/^[0-2](\.(0|[1-9]\d*))+$/.test(oid)) {
    throw new EmrtdError("OID_INVALID", "expected dotted decimals");
  }
  const [root, second, ...rest] = oid.split(".").map(BigInt) as [bigint, bigint, ...bigint[]];
  if (root < 2n && second >= 40n) {
    throw new EmrtdError("OID_INVALID", "expected a second arc below 40");
  }
  const bytes: number[] = [];
  for (const arc of [root * 40n + second, ...rest]) {
    const group = [Number(arc & 0x7fn)];
    for (let left = arc >> 7n; left > 0n; left >>= 7n) group.unshift(Number(left & 0x7fn) | 0x80);
    bytes.push(...group);
  }
  if (bytes.length > MAX_OID_BYTES) {
    throw new EmrtdError("OID_INVALID", `expected at most ${MAX_OID_BYTES} bytes`);
  }
  return Uint8Array.from(bytes);
};
