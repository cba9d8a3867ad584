import { decodeBase64, encodeBase64, encodeBase64Url } from "../base64.js";
import { fromUtf8, utf8 } from "../bytes.js";
import { decryptValue, normaliseThumbprint, type SessionKeyOpener } from "../encryption/session.js";
import { MdsError } from "../errors.js";
import type { HashedBlock } from "../hash-chain/chain.js";
import { isObject, type JsonValue, parseJson } from "../json.js";
import type { DataBlock, Segment } from "../model/types.js";
import type { Profile } from "../profiles/profile.js";
import { parseToken, type Token } from "../signature/jws.js";
import { isSuccess } from "../vocabulary/error-code.js";
import { type Check, failed, notApplicable, passed, undetermined } from "./report.js";

export type CaptureKind = "capture" | "registration-capture";

/** A segment, read but not yet judged. */
export interface OpenSegment {
  readonly segment: Segment;
  /** Absent where the device says only an error, or the data cannot be read. */
  readonly content?: {
    /** JSON of the data block as received. */
    readonly json: string;
    readonly block: DataBlock;
    /** Absent in 0.8.4. */
    readonly token?: Token;
  };
  readonly unreadable?: "TOKEN_MALFORMED" | "BLOCK_MALFORMED";
}

/** Reads a segment of an answer. What cannot be read is said, not thrown. */
export const openSegment = (segment: Segment, profile: Profile, kind: CaptureKind): OpenSegment => {
  if (segment.data === undefined || segment.data === "" || !isSuccess(segment.error)) {
    return { segment };
  }
  let token: Token | undefined;
  let json: string;
  try {
    token = profile.signature === "jws" ? parseToken(segment.data) : undefined;
    json = token?.json ?? fromUtf8(decodeBase64(segment.data));
  } catch {
    return { segment, unreadable: "TOKEN_MALFORMED" };
  }
  try {
    const translator = kind === "capture" ? profile.captureBlock : profile.registrationCaptureBlock;
    return {
      segment,
      content: {
        json,
        block: translator.read(json).value,
        ...(token === undefined ? {} : { token }),
      },
    };
  } catch {
    return { segment, unreadable: "BLOCK_MALFORMED" };
  }
};

/** A text as it stands in a block. */
const textMember = (block: JsonValue, lowerCaseName: string): string => {
  for (const [name, member] of Object.entries(isObject(block) ? block : {})) {
    if (name.toLowerCase() === lowerCaseName && typeof member === "string") {
      return member;
    }
  }
  return "";
};

export interface Decrypted {
  readonly check: Check;
  /** The record or image in the clear. */
  readonly value?: Uint8Array;
}

/** Opens the value of a segment, where it is encrypted. */
export const openValue = async (
  { segment, content }: OpenSegment,
  profile: Profile,
  kind: CaptureKind,
  opener: SessionKeyOpener | undefined,
): Promise<Decrypted> => {
  const bioValue = content?.block.bioValue;
  if (content === undefined || bioValue === undefined) {
    return { check: undetermined("decryption", "BLOCK_MALFORMED") };
  }
  if (kind === "registration-capture") {
    return { check: notApplicable("decryption", "NOT_ENCRYPTED"), value: bioValue };
  }
  if (segment.sessionKey === undefined || segment.sessionKey === "") {
    return { check: failed("decryption", "NOT_ENCRYPTED") };
  }
  if (opener === undefined) {
    return { check: undetermined("decryption", "NO_DECRYPTION_KEY") };
  }
  const other =
    opener.thumbprint !== undefined &&
    segment.thumbprint !== undefined &&
    normaliseThumbprint(segment.thumbprint) !== opener.thumbprint;
  const detail = {
    cipher: profile.cipher,
    chosenBy: profile.name === "0.8.4" ? "this package: 0.8.4 names no cipher" : "the version",
  };
  try {
    const received = parseJson(content.json);
    const value = await decryptValue({
      bioValue,
      sessionKey: decodeBase64(segment.sessionKey),
      // The cipher mixes the texts, not what they mean.
      timestamp: textMember(received, "timestamp"),
      transactionId: textMember(received, "transactionid"),
      cipher: profile.cipher,
      opener,
    });
    return {
      check: other ? failed("decryption", "OTHER_RECEIVER", detail) : passed("decryption", detail),
      value,
    };
  } catch (error) {
    if (!(error instanceof MdsError)) {
      throw error;
    }
    return {
      check: other
        ? undetermined("decryption", "OTHER_RECEIVER", detail)
        : failed("decryption", "DOES_NOT_OPEN", detail),
    };
  }
};

/** Everything of a segment that some rule of the hash chain looks at. */
export const hashedBlock = (
  { segment, content }: OpenSegment,
  profile: Profile,
  kind: CaptureKind,
  value: Uint8Array | undefined,
): HashedBlock => {
  const hash = segment.hash ?? "";
  if (content === undefined) {
    return { hash };
  }
  const plain = kind === "registration-capture" || value !== undefined;
  return {
    hash,
    token: segment.data!,
    ...(value === undefined ? {} : { iso: value }),
    // Made when a rule asks for it: most look at something else.
    get sentPayload() {
      return utf8(content.json);
    },
    get payload() {
      if (!plain) {
        return undefined;
      }
      return kind === "registration-capture"
        ? utf8(content.json)
        : utf8(withPlainValue(content.json, value!, profile));
    },
  };
};

/** The block as it was before encryption: the same text, with the value in the clear in its place. */
export const withPlainValue = (json: string, value: Uint8Array, profile: Profile): string => {
  const block = parseJson(json);
  const sent = Object.entries(isObject(block) ? block : {}).find(
    ([name]) => name.toLowerCase() === "biovalue",
  )?.[1];
  if (typeof sent !== "string") {
    return json;
  }
  const plain = profile.name === "0.8.4" ? encodeBase64(value) : encodeBase64Url(value);
  return json.replace(sent, () => plain);
};
