import { createHash } from "node:crypto";
import {
  detectHashRule,
  EMPTY_HASH,
  HASH_RULES,
  type HashedBlock,
  type HashRule,
  linkHash,
  verifyHashChain,
} from "@org/mosip-mds-types";
import { describe, expect, test } from "vitest";

const sha = (data: string | Uint8Array): Buffer => createHash("sha256").update(data).digest();
const hex = (data: Buffer): string => data.toString("hex").toUpperCase();

/** The rules once more, by Node alone. */
const independent = (rule: HashRule, previous: string, data: Uint8Array): string =>
  rule === "bytes-of-iso"
    ? hex(sha(Buffer.concat([Buffer.from(previous, "hex"), sha(data)])))
    : hex(sha(previous + hex(sha(data))));

const PARTS = {
  "hex-of-payload": "payload",
  "hex-of-payload-as-sent": "sentPayload",
  "hex-of-jws": "token",
  "bytes-of-iso": "iso",
} as const;

const chain = (rule: HashRule, count: number, start = EMPTY_HASH): HashedBlock[] => {
  let previous = start;
  return Array.from({ length: count }, (_, index) => {
    const block = {
      payload: Buffer.from(`{"plain":${index}}`),
      sentPayload: Buffer.from(`{"sent":${index}}`),
      token: `h.${index}.s`,
      iso: Uint8Array.of(1, 2, index),
    };
    const part = block[PARTS[rule]];
    previous = independent(rule, previous, typeof part === "string" ? Buffer.from(part) : part);
    return { ...block, hash: previous };
  });
};

test("the hash of nothing", () => {
  expect(hex(sha(""))).toBe(EMPTY_HASH);
});

describe.each(HASH_RULES)("%s", (rule) => {
  test("agrees with Node's own hash", async () => {
    expect(await linkHash(rule, "", Buffer.from("abc"))).toBe(
      independent(rule, EMPTY_HASH, Buffer.from("abc")),
    );
    expect(await linkHash(rule, "ab".repeat(32), Buffer.from("abc"))).toBe(
      independent(rule, "AB".repeat(32), Buffer.from("abc")),
    );
  });

  test.each(["", EMPTY_HASH, undefined])("a chain from %s holds", async (previous) => {
    expect(await verifyHashChain(rule, previous, chain(rule, 3))).toEqual(Array(3).fill("match"));
  });

  test("one wrong hash is one wrong link, and the one behind it", async () => {
    const blocks = chain(rule, 4);
    const wrong = blocks.map((block, index) =>
      index === 1 ? { ...block, hash: "AB".repeat(32) } : block,
    );
    expect(await verifyHashChain(rule, "", wrong)).toEqual([
      "match",
      "mismatch",
      "mismatch",
      "match",
    ]);
  });

  test("what is not known is undetermined", async () => {
    const blocks = chain(rule, 2).map(({ hash }) => ({ hash }));
    expect(await verifyHashChain(rule, "", blocks)).toEqual(["undetermined", "undetermined"]);
  });

  test("the detector finds it", async () => {
    expect(await detectHashRule("", chain(rule, 3))).toEqual({
      rules: [rule],
      startsElsewhere: false,
      links: 3,
    });
  });

  test("the detector finds it although the first block continues an unknown capture", async () => {
    const blocks = chain(rule, 3, "CD".repeat(32));
    expect(await detectHashRule("", blocks)).toEqual({
      rules: [rule],
      startsElsewhere: true,
      links: 3,
    });
  });
});

test("a previous hash that is none is a mismatch, and no rule is found where none fits", async () => {
  const blocks = chain("bytes-of-iso", 2);
  expect((await verifyHashChain("bytes-of-iso", "nonsense", blocks))[0]).toBe("mismatch");
  const random = blocks.map((block) => ({ ...block, hash: "00".repeat(32) }));
  expect((await detectHashRule("", random)).rules).toEqual([]);
});
