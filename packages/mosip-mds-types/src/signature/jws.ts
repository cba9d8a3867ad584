import {
  decodeBase64,
  decodeBase64Codes,
  encodeBase64,
  encodeBase64Url,
  isBase64,
} from "../base64.js";
import { fromUtf8, utf8 } from "../bytes.js";
import { MdsError } from "../errors.js";
import { isArray, isObject, type JsonValue, parseJson } from "../json.js";
import { subtle, type WebKey } from "../web-crypto.js";
import type { Signer } from "./signer.js";

/** Certificates that a header may bring. */
export const MAX_X5C = 8;

/** A token of the device service: a compact JWS (RFC 7515), or one segment where nothing is signed. */
export interface Token {
  /** The token as received. */
  readonly text: string;
  /** Header, only where the token is signed. */
  readonly header?: { readonly [name: string]: JsonValue };
  /** The bytes that stand in the payload segment. */
  readonly payload: Uint8Array;
  /** JSON of the payload; where a device encoded it twice, decoded twice. */
  readonly json: string;
  /** Seen on devices of 0.9.2: the payload is base64url of base64url. */
  readonly doublyEncoded: boolean;
  readonly signed?: {
    /** What the signature is over: header and payload as received. */
    readonly input: Uint8Array;
    readonly signature: Uint8Array;
    readonly algorithm: string;
    /** x5c, the signer's certificate first. */
    readonly certificates: readonly Uint8Array[];
  };
}

/**
 * Reads a token. The number of segments says whether it is signed.
 *
 * `typ` is not looked at: versions and devices differ, and some call it `type`.
 *
 * @throws MdsError `JWS_MALFORMED`, also for critical headers, none of which is known.
 */
export const parseToken = (text: string): Token => {
  const segments = text.split(".");
  if (segments.length === 1) {
    return { text, ...readPayload(utf8(text)) };
  }
  if (segments.length !== 3) {
    throw malformed(`one segment or three, found ${segments.length}`);
  }
  const [head, , signature] = segments as [string, string, string];
  const header = readHeader(head);
  const algorithm = header["alg"];
  const input = utf8(text.slice(0, text.length - signature.length - 1));
  return {
    text,
    header,
    // A header that could be read has one byte for each character.
    ...readPayload(input.subarray(head.length + 1)),
    signed: {
      input,
      signature: bytesOf(signature, "signature"),
      algorithm: typeof algorithm === "string" ? algorithm : "",
      certificates: readCertificates(header["x5c"]),
    },
  };
};

const readHeader = (segment: string): { readonly [name: string]: JsonValue } => {
  let header: JsonValue;
  try {
    header = parseJson(fromUtf8(bytesOf(segment, "header")));
  } catch (cause) {
    throw malformed("a header of JSON", cause);
  }
  if (!isObject(header)) {
    throw malformed("an object as header");
  }
  if ("crit" in header || header["b64"] === false) {
    throw malformed("a header without critical extensions");
  }
  return header;
};

const readPayload = (segment: Uint8Array): Pick<Token, "payload" | "json" | "doublyEncoded"> => {
  const payload = bytesOf(segment, "payload");
  try {
    const json = fromUtf8(payload);
    if (json !== "" && isBase64(json)) {
      return { payload, json: fromUtf8(decodeBase64(json)), doublyEncoded: true };
    }
    return { payload, json, doublyEncoded: false };
  } catch (cause) {
    throw malformed("a payload of text", cause);
  }
};

/** A list by RFC 7515; one certificate alone, in either alphabet or in PEM, is read too. */
const readCertificates = (x5c: JsonValue | undefined): readonly Uint8Array[] => {
  const list = typeof x5c === "string" ? [x5c] : x5c;
  if (list === undefined || !isArray(list)) {
    return [];
  }
  if (list.length > MAX_X5C) {
    throw malformed(`at most ${MAX_X5C} certificates, found ${list.length}`);
  }
  return list.map((item) =>
    bytesOf(
      typeof item === "string" ? item.replace(/-----[A-Z ]+-----|\s/g, "") : "?",
      "certificate",
    ),
  );
};

const bytesOf = (segment: string | Uint8Array, what: string): Uint8Array => {
  try {
    return typeof segment === "string" ? decodeBase64(segment) : decodeBase64Codes(segment);
  } catch (cause) {
    throw malformed(`base64url in the ${what}`, cause);
  }
};

/** Whether a key made the signature of a token: RS256, over the bytes received. */
export const isTokenSignedBy = async (token: Token, key: WebKey): Promise<boolean> =>
  token.signed !== undefined &&
  token.signed.algorithm === "RS256" &&
  subtle().verify("RSASSA-PKCS1-v1_5", key, token.signed.signature, token.signed.input);

/** What the header says beside the algorithm: how the version names the type of a token. */
export type TokenType = Readonly<Record<string, string>>;

/** A compact JWS over a payload, with the signer's certificates in x5c. */
export const signToken = async (
  payload: Uint8Array,
  signer: Signer,
  type: TokenType,
): Promise<string> => {
  const header = { alg: "RS256", ...type, x5c: signer.certificates.map(encodeBase64) };
  const head = encodeBase64Url(utf8(JSON.stringify(header)));
  const input = `${head}.${encodeBase64Url(payload)}`;
  return `${input}.${encodeBase64Url(await signer.sign(utf8(input)))}`;
};

/** One segment: a payload that nobody signed. */
export const unsignedToken = (payload: Uint8Array): string => encodeBase64Url(payload);

const malformed = (expected: string, cause?: unknown): MdsError =>
  new MdsError(
    "JWS_MALFORMED",
    `token: expected ${expected}`,
    cause === undefined ? {} : { cause },
  );
