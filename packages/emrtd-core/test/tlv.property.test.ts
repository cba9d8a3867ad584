import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { EmrtdError } from "../src/errors.js";
import { decodeTlv, decodeTlvs, type Tlv } from "../src/tlv.js";
import {
  anyLengthForm,
  anyTlvTree,
  encodeTlvTree,
  encodeTlvTreeAs,
  type TlvTree,
} from "../src/tlv-arbitraries.js";

const treeOf = (element: Tlv): TlvTree => ({
  tag: element.tag,
  content: element.constructed ? element.children().map(treeOf) : element.value,
});

/** Trees are compared as their canonical bytes, which is how they differ if they do. */
const canonical = (element: Tlv) => encodeTlvTree(treeOf(element));

const forms = () => fc.array(anyLengthForm(), { minLength: 1, maxLength: 12 });

describe("TLV", () => {
  test("what is encoded is decoded, in DER too", () => {
    fc.assert(
      fc.property(anyTlvTree(), (tree) => {
        const bytes = encodeTlvTree(tree);
        expect(treeOf(decodeTlv(bytes, { der: true }))).toEqual(tree);
        expect(canonical(decodeTlv(bytes))).toEqual(bytes);
      }),
    );
  });

  test("however BER writes the lengths, it is the same tree", () => {
    fc.assert(
      fc.property(anyTlvTree(), forms(), (tree, lengths) => {
        const bytes = encodeTlvTreeAs(tree, lengths);
        const element = decodeTlv(bytes);
        expect(canonical(element)).toEqual(encodeTlvTree(tree));
        expect(element.bytes).toEqual(bytes);
      }),
    );
  });

  test("DER takes canonical bytes and nothing else", () => {
    fc.assert(
      fc.property(anyTlvTree(), forms(), (tree, lengths) => {
        const bytes = encodeTlvTreeAs(tree, lengths);
        const strict = () => canonical(decodeTlv(bytes, { der: true }));
        const same = Buffer.from(bytes).equals(encodeTlvTree(tree));
        if (same) expect(strict()).toEqual(bytes);
        else expect(strict).toThrow(EmrtdError);
      }),
    );
  });

  test("elements side by side are the elements one by one", () => {
    fc.assert(
      fc.property(fc.array(anyTlvTree(), { maxLength: 5 }), (trees) => {
        const bytes = Buffer.concat(trees.map(encodeTlvTree));
        expect(decodeTlvs(Uint8Array.from(bytes)).map(treeOf)).toEqual(trees);
      }),
    );
  });

  /** Decodes and looks at everything, or throws our error. */
  const survives = (bytes: Uint8Array): void => {
    for (const der of [false, true]) {
      try {
        decodeTlvs(bytes, { der }).map(treeOf);
      } catch (error) {
        expect(error).toBeInstanceOf(EmrtdError);
      }
    }
  };

  test("random bytes decode or are refused with our error", () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), survives), { numRuns: 5_000 });
  });

  test("changed, cut and lengthened elements decode or are refused with our error", () => {
    const change = fc.record({
      at: fc.nat(),
      byte: fc.oneof(fc.constantFrom(0x00, 0x1f, 0x30, 0x80, 0x84, 0xff), fc.nat(255)),
      cut: fc.nat(),
    });
    fc.assert(
      fc.property(
        anyTlvTree(),
        forms(),
        fc.array(change, { maxLength: 3 }),
        (tree, lengths, changes) => {
          let bytes = encodeTlvTreeAs(tree, lengths);
          for (const { at, byte, cut } of changes) {
            bytes = bytes.map((old, i) => (i === at % bytes.length ? byte : old));
            bytes = bytes.subarray(0, bytes.length - (cut % 3));
            if (bytes.length === 0) return;
          }
          survives(bytes);
        },
      ),
      { numRuns: 5_000 },
    );
  });
});
