import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { concatBytes, fromHex } from "../src/bytes.js";
import { anyCvReference } from "../src/cvc/arbitraries.js";
import { decodeCvca, encodeCvca } from "../src/lds/cvca.js";
import { decodeFile } from "../src/lds/decode-file.js";
import { identifyFile } from "../src/lds/identify-file.js";
import { decodesOrRefuses } from "./support/fuzz.js";

const anyReferences = () => fc.array(anyCvReference(), { minLength: 1, maxLength: 2 });

describe("EF.CVCA", () => {
  test("is written and read, 36 bytes whatever is in it", () => {
    fc.assert(
      fc.property(anyReferences(), (references) => {
        const bytes = encodeCvca({ references });
        expect(bytes).toHaveLength(36);
        expect(decodeCvca(bytes)).toEqual({ references, bytes });
        expect(decodeFile(bytes, "EF_CVCA.bin")).toMatchObject({ name: "CVCA" });
      }),
    );
  });

  test("is not mistaken for a certificate of the same name", () => {
    expect(identifyFile(fromHex("7f2100"), "CVCA.cvcert")).toBeUndefined();
    expect(identifyFile(fromHex("4201410000"), "ef_cvca")).toBe("CVCA");
  });

  test("any bytes are such a file or refused with our error", () => {
    decodesOrRefuses(
      decodeCvca,
      anyReferences().map((references) => encodeCvca({ references })),
    );
  });

  test("is read without padding, and with more of it", () => {
    const element = fromHex("420d44454356434141543030303031");
    for (const zeros of [0, 21, 40]) {
      const { references } = decodeCvca(concatBytes(element, new Uint8Array(zeros)));
      expect(references).toEqual(["DECVCAAT00001"]);
    }
  });

  test.each([
    ["nothing", "", "LDS_INVALID"],
    ["zeros", "0000", "LDS_INVALID"],
    ["three references", "420141420142420143", "LDS_INVALID"],
    ["anything after the zeros", "420141000042", "LDS_INVALID"],
    ["an empty reference", "4200", "CVC_INVALID"],
    ["a reference that is cut", "420541", "TLV_TRUNCATED"],
  ])("is refused with %s", (_, hex, code) => {
    expect(() => decodeCvca(fromHex(hex))).toThrow(expect.objectContaining({ code }));
  });

  test.each([[[]], [["A", "B", "C"]]])("is not written for %j", (references) => {
    expect(() => encodeCvca({ references })).toThrow(
      expect.objectContaining({ code: "LDS_VALUE" }),
    );
  });
});
