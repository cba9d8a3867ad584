import fc from "fast-check";
import { concatBytes, joinBytes } from "./bytes.js";
import { encodeLength, encodeTag, encodeTlv } from "./tlv.js";

/** An element as a tree: bytes, or elements. */
export interface TlvTree {
  readonly tag: number;
  readonly content: Uint8Array | readonly TlvTree[];
}

/** A tag of one to four bytes; never 00, which ends contents of indefinite length. */
export const anyTlvTag = (constructed: boolean): fc.Arbitrary<number> => {
  const form = constructed ? 0x20 : 0x00;
  const leading = fc.constantFrom(0x00, 0x40, 0x80, 0xc0).map((group) => group | form);
  const short = fc.tuple(leading, fc.integer({ min: 1, max: 0x1e })).map(([a, b]) => a | b);
  const following = fc.tuple(
    fc.array(fc.integer({ min: 0x81, max: 0xff }), { maxLength: 2 }),
    fc.integer({ min: 1, max: 0x7f }),
  );
  const long = fc
    .tuple(leading, following)
    .map(([first, [middle, last]]) =>
      [...middle, last].reduce((tag, byte) => tag * 256 + byte, first | 0x1f),
    );
  return fc.oneof({ weight: 3, arbitrary: short }, long);
};

/** Elements in elements, a few levels deep. */
export const anyTlvTree = (): fc.Arbitrary<TlvTree> =>
  fc.letrec<{ tree: TlvTree; leaf: TlvTree; branch: TlvTree }>((tie) => ({
    tree: fc.oneof({ maxDepth: 5, withCrossShrink: true }, tie("leaf"), tie("branch")),
    leaf: fc.record({ tag: anyTlvTag(false), content: fc.uint8Array({ maxLength: 300 }) }),
    branch: fc.record({
      tag: anyTlvTag(true),
      content: fc.array(tie("tree"), { maxLength: 4 }),
    }),
  })).tree;

/** Writes a tree as DER has it. */
export const encodeTlvTree = ({ tag, content }: TlvTree): Uint8Array =>
  encodeTlv(tag, content instanceof Uint8Array ? content : joinBytes(content.map(encodeTlvTree)));

/** How a length is written: in the fewest bytes, in this number of them, or not at all. */
export type LengthForm = "shortest" | 1 | 2 | 3 | 4 | "indefinite";

export const anyLengthForm = (): fc.Arbitrary<LengthForm> =>
  fc.constantFrom<LengthForm>("shortest", 1, 2, 3, 4, "indefinite");

/** Writes a tree as BER allows, the form of each length taken from a list that is gone through again. */
export const encodeTlvTreeAs = (tree: TlvTree, forms: readonly LengthForm[]): Uint8Array => {
  let next = 0;
  const write = ({ tag, content }: TlvTree): Uint8Array => {
    const form = forms[next++ % forms.length] ?? "shortest";
    const primitive = content instanceof Uint8Array;
    const value = primitive ? content : joinBytes(content.map(write));
    if (form === "indefinite" && !primitive) {
      return concatBytes(encodeTag(tag), Uint8Array.of(0x80), value, Uint8Array.of(0, 0));
    }
    return concatBytes(encodeTag(tag), lengthIn(form, value.length), value);
  };
  return write(tree);
};

const lengthIn = (form: LengthForm, length: number): Uint8Array => {
  if (typeof form === "string" || length >= 2 ** (8 * form)) return encodeLength(length);
  const bytes = Array.from({ length: form }, (_, i) => (length >>> (8 * (form - 1 - i))) & 0xff);
  return Uint8Array.of(0x80 | form, ...bytes);
};
