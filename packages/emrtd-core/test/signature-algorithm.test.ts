import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fromHex } from "../src/bytes.js";
import {
  decodeAlgorithmIdentifier,
  formatSignatureAlgorithm,
  type SignatureAlgorithm,
  signatureAlgorithmOf,
} from "../src/cms/algorithm.js";
import { encodeSignatureAlgorithm } from "../src/cms/encode-algorithm.js";
import type { HashName } from "../src/crypto/provider.js";
import { derNull, derOid, derSequence } from "../src/der.js";
import { decodeTlv } from "../src/tlv.js";

const read = (bytes: Uint8Array, digest?: HashName): SignatureAlgorithm =>
  signatureAlgorithmOf(decodeAlgorithmIdentifier(decodeTlv(bytes), "test"), "test", digest);

const hash = fc.constantFrom<HashName>("SHA-1", "SHA-224", "SHA-256", "SHA-384", "SHA-512");
const algorithm = fc.oneof(
  fc.record({ scheme: fc.constant("RSASSA-PKCS1-v1_5" as const), hash }),
  fc.record({ scheme: fc.constant("ECDSA" as const), hash }),
  fc.record({
    scheme: fc.constant("RSASSA-PSS" as const),
    hash,
    mgfHash: hash,
    saltLength: fc.nat(255),
    trailerField: fc.nat(3),
  }),
);

describe("a signature algorithm", () => {
  test("that is written is read", () => {
    fc.assert(
      fc.property(algorithm, (value) => {
        expect(read(encodeSignatureAlgorithm(value))).toEqual(value);
      }),
    );
  });

  test("RSASSA-PSS with its defaults is written short", () => {
    expect(
      encodeSignatureAlgorithm({
        scheme: "RSASSA-PSS",
        hash: "SHA-1",
        mgfHash: "SHA-1",
        saltLength: 20,
        trailerField: 1,
      }),
    ).toEqual(derSequence(derOid("1.2.840.113549.1.1.10"), derSequence()));
  });

  test.each([
    ["no parameters", derSequence(derOid("1.2.840.113549.1.1.10"))],
    ["NULL", derSequence(derOid("1.2.840.113549.1.1.10"), derNull())],
    ["empty parameters", derSequence(derOid("1.2.840.113549.1.1.10"), derSequence())],
  ])("RSASSA-PSS with %s has the defaults", (_, bytes) => {
    expect(read(bytes)).toEqual({
      scheme: "RSASSA-PSS",
      hash: "SHA-1",
      mgfHash: "SHA-1",
      saltLength: 20,
      trailerField: 1,
    });
  });

  test("that names a key type takes the hash of the digest, and none by itself", () => {
    const rsa = derSequence(derOid("1.2.840.113549.1.1.1"), derNull());
    const ec = derSequence(derOid("1.2.840.10045.2.1"));
    expect(read(rsa, "SHA-384")).toEqual({ scheme: "RSASSA-PKCS1-v1_5", hash: "SHA-384" });
    expect(formatSignatureAlgorithm(read(ec, "SHA-224"))).toBe("ECDSA with SHA-224");
    expect(() => read(rsa)).toThrow(expect.objectContaining({ code: "ALGORITHM_UNKNOWN" }));
  });

  test("ecdsa-with-Specified takes the hash of its parameters", () => {
    const specified = fromHex("301506072a8648ce3d0403300a06082a864886f70d0205");
    expect(() => read(specified)).toThrow(expect.objectContaining({ code: "ALGORITHM_UNKNOWN" }));
    const sha256 = fromHex("301606072a8648ce3d0403300b0609608648016503040201");
    expect(read(sha256)).toEqual({ scheme: "ECDSA", hash: "SHA-256" });
  });

  test.each([
    ["an unknown identifier", derSequence(derOid("1.2.3"))],
    ["MD5", fromHex("300d06092a864886f70d0101040500")],
    ["PSS parameters out of order", fromHex("301506092a864886f70d01010a3008a203020114a3000500")],
    ["PSS with an unknown mask", fromHex("301906092a864886f70d01010a300ca10a300806062b8104000101")],
  ])("%s is refused", (_, bytes) => {
    expect(() => read(bytes)).toThrow(expect.objectContaining({ name: "EmrtdError" }));
  });
});
