import { METHODS } from "node:http";
import { TransportError } from "../errors.js";

/** Methods of the MOSIP device service, 0.8.4 to SBI 1.0, that Node's parser refuses. */
export const MOSIP_VERBS = [
  "MOSIPDISC",
  "MOSIPDINFO",
  "CAPTURE",
  "STREAM",
  "RCAPTURE",
  "SBIDISC",
  "SBIINFO",
] as const;

/** Longest request line that is waited for, in bytes: as much as Node allows for all headers. */
export const REQUEST_LINE_BYTES = 16 * 1024;

/** The name of the header that marks a rewritten request. */
export const MARKER = "x-http-verb";

/** What the first bytes of a connection say. */
export type RequestStart =
  | { readonly kind: "more" }
  /** Not one of ours: Node's parser is to judge it. */
  | { readonly kind: "pass" }
  | { readonly kind: "too-long" }
  /** One of ours, with the bytes that Node's parser takes instead. */
  | { readonly kind: "verb"; readonly verb: string; readonly bytes: Buffer };

/** Reads the beginning of a request over and over, as more of it comes. */
export type RequestLineReader = (bytes: Buffer) => RequestStart;

const TOKEN = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
const CR = 0x0d;
const LF = 0x0a;

/** @throws TransportError `OPTION_INVALID` for what is no method (RFC 9110, 9.1). */
export const checkMethod = (method: string): void => {
  if (TOKEN.test(method)) return;
  throw new TransportError("OPTION_INVALID", "expected a method of token characters");
};

/**
 * Knows the given verbs. A verb that Node's parser knows as well is left to it.
 *
 * A request of ours is rewritten: `VERB target HTTP/1.1` becomes `POST target HTTP/1.1`, and the first
 * header says which verb it was.
 */
export const createRequestLineReader = (verbs: readonly string[]): RequestLineReader => {
  for (const verb of verbs) checkMethod(verb);
  const ours = verbs
    .filter((verb) => !METHODS.includes(verb))
    .map((verb) => ({ verb, start: Buffer.from(`${verb} `, "latin1") }));

  return (bytes) => {
    // Empty lines before a request are allowed (RFC 9112, 2.2).
    let first = 0;
    while (bytes[first] === CR || bytes[first] === LF) first++;
    const begun = bytes.subarray(first);
    const known = begun.length + first > REQUEST_LINE_BYTES ? tooLong : more;
    const candidate = ours.find(({ start }) => agree(begun, start));
    if (!candidate) return begun.length === 0 ? known : pass;
    const lineEnd = begun.indexOf(LF);
    if (begun.length < candidate.start.length || lineEnd === -1) return known;
    return {
      kind: "verb",
      verb: candidate.verb,
      bytes: Buffer.concat([
        Buffer.from("POST", "latin1"),
        begun.subarray(candidate.verb.length, lineEnd + 1),
        Buffer.from(`${MARKER}: ${candidate.verb}\r\n`, "latin1"),
        begun.subarray(lineEnd + 1),
      ]),
    };
  };
};

const more: RequestStart = { kind: "more" };
const pass: RequestStart = { kind: "pass" };
const tooLong: RequestStart = { kind: "too-long" };

/** Whether the shorter of both is the beginning of the other. */
const agree = (a: Buffer, b: Buffer): boolean => {
  const length = Math.min(a.length, b.length);
  return length > 0 && a.subarray(0, length).equals(b.subarray(0, length));
};
