import { concat, fromHex, sha256, toHex, utf8 } from "../bytes.js";
import type { HashRule } from "./rule.js";

/** SHA-256 of nothing: what stands before the first capture. */
export const EMPTY_HASH = "E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855";

/** Everything of a block that one of the rules hashes. What is not known stays away. */
export interface HashInput {
  /** JSON of the data block with the value before encryption. */
  readonly payload?: Uint8Array | undefined;
  /** JSON of the data block as it is sent. */
  readonly sentPayload?: Uint8Array;
  /** The compact JWS. */
  readonly token?: string;
  /** The biometric record before encryption: the decoded value. */
  readonly iso?: Uint8Array;
}

/** The bytes that a rule hashes, when they are known. */
export const hashedBytes = (rule: HashRule, input: HashInput): Uint8Array | undefined => {
  switch (rule) {
    case "hex-of-payload":
      return input.payload;
    case "hex-of-payload-as-sent":
      return input.sentPayload;
    case "hex-of-jws":
      return input.token === undefined ? undefined : utf8(input.token);
    case "bytes-of-iso":
      return input.iso;
  }
};

/** The hash before: of nothing when none was given. `undefined` when it is no SHA-256 in hexadecimal. */
export const normalisePrevious = (previous: string | undefined): string | undefined => {
  if (previous === undefined || previous === "") {
    return EMPTY_HASH;
  }
  return /^[0-9a-fA-F]{64}$/.test(previous) ? previous.toUpperCase() : undefined;
};

/**
 * One link of the chain.
 *
 * `hex-of-*`: SHA-256 over the text of both hashes in upper-case hexadecimal, the one before and that of
 * the block. `bytes-of-iso`: over the bytes of both. In both cases the result is upper-case hexadecimal.
 *
 * @param previous 64 hexadecimal digits, or nothing before the first capture.
 */
export const linkHash = async (
  rule: HashRule,
  previous: string | undefined,
  hashed: Uint8Array,
): Promise<string> => {
  const before = normalisePrevious(previous) ?? EMPTY_HASH;
  const digest = await sha256(hashed);
  const joined =
    rule === "bytes-of-iso" ? concat(fromHex(before)!, digest) : utf8(before + toHex(digest));
  return toHex(await sha256(joined));
};

/** A block with the hash that came with it. */
export interface HashedBlock extends HashInput {
  readonly hash: string;
}

export type LinkVerdict = "match" | "mismatch" | "undetermined";

/**
 * Checks each link against the hash that came before it, so that one wrong hash is one wrong link.
 *
 * A link whose bytes are not known, such as an encrypted value without the key, is `undetermined`.
 */
export const verifyHashChain = (
  rule: HashRule,
  previous: string | undefined,
  blocks: readonly HashedBlock[],
): Promise<readonly LinkVerdict[]> =>
  Promise.all(
    blocks.map((block, index) =>
      judgeLink(rule, index === 0 ? previous : blocks[index - 1]!.hash, block),
    ),
  );

const judgeLink = async (
  rule: HashRule,
  before: string | undefined,
  block: HashedBlock,
): Promise<LinkVerdict> => {
  if (normalisePrevious(before) === undefined) {
    return "mismatch";
  }
  const hashed = hashedBytes(rule, block);
  if (hashed === undefined) {
    return "undetermined";
  }
  const expected = await linkHash(rule, before, hashed);
  return expected === block.hash.toUpperCase() ? "match" : "mismatch";
};
