import { describe, expect, test } from "vitest";
import { concatBytes, fromHex } from "../src/bytes.js";
import { signContent } from "../src/chip/pki.js";
import { decodeSignedData } from "../src/cms/signed-data.js";
import { derOctetString, derOid, derSequence, derUnsigned } from "../src/der.js";
import {
  decodeLdsSecurityObject,
  decodeSod,
  encodeLdsSecurityObject,
  encodeSod,
} from "../src/lds/sod.js";
import { decodeTlv, encodeTlv } from "../src/tlv.js";
import {
  ECDSA,
  makeFiles,
  makeSignerCertificate,
  SIGNER_KEY,
  tools,
} from "./support/test-document.js";
import vectors from "./vectors/openssl-signed-data.json" with { type: "json" };

const signer = { key: SIGNER_KEY, algorithm: ECDSA, certificate: makeSignerCertificate() };
const sodOf = (content: Uint8Array, contentType = "2.23.136.1.1.1") =>
  encodeSod(signContent(contentType, content, [signer], tools));
const content = encodeLdsSecurityObject({
  version: 1,
  hashAlgorithm: "2.16.840.1.101.3.4.2.1",
  dataGroupHashes: new Map([[1, new Uint8Array(32)]]),
  ldsVersionInfo: { ldsVersion: "0108", unicodeVersion: "040000" },
});

describe("EF.SOD", () => {
  test("tells what it lists, and its versions", () => {
    const sod = decodeSod(sodOf(content));
    expect(sod.version).toBe(1);
    expect(sod.ldsVersionInfo).toEqual({ ldsVersion: "0108", unicodeVersion: "040000" });
    expect([...sod.dataGroupHashes.keys()]).toEqual([1]);
    expect(sod.contentTypeIsStandard).toBe(true);
    expect(sod.signedData.definite).toBe(true);
    expect(sod.signedData.signerInfos).toHaveLength(1);
  });

  test("keeps the bytes that were signed", () => {
    const [signerInfo] = decodeSod(makeFiles().SOD).signedData.signerInfos;
    expect(signerInfo?.signedAttributes?.signedBytes[0]).toBe(0x31);
    expect(signerInfo?.sid).toHaveProperty("serialNumber", Uint8Array.of(2));
  });

  test.each(["1.2.840.113549.1.7.1", "1.3.27.1.1.1", "1.2.528.1.1006.1.20.1"])(
    "of old, with content type %s, is read",
    (contentType) => {
      expect(decodeSod(sodOf(content, contentType)).contentTypeIsStandard).toBe(false);
    },
  );

  test("with another content type is refused: a signer of documents may sign other things", () => {
    expect(() => decodeSod(sodOf(content, "0.4.0.127.0.7.3.2.1"))).toThrow(
      expect.objectContaining({ code: "SOD_INVALID" }),
    );
  });

  const list = (...groups: readonly (readonly [number, Uint8Array])[]) =>
    derSequence(
      derUnsigned(0),
      derSequence(derOid("2.16.840.1.101.3.4.2.1")),
      derSequence(
        ...groups.map(([group, hash]) => derSequence(derUnsigned(group), derOctetString(hash))),
      ),
    );

  test.each([
    ["a data group twice", list([1, Uint8Array.of(1)], [1, Uint8Array.of(2)])],
    ["no data group", list()],
    ["data group 17", list([17, Uint8Array.of(1)])],
    ["data group 0", list([0, Uint8Array.of(1)])],
  ])("that lists %s is refused", (_, bytes) => {
    expect(() => decodeSod(sodOf(bytes))).toThrow(expect.objectContaining({ code: "SOD_INVALID" }));
  });

  test("is refused with another tag, with bytes after it, and without a signer", () => {
    const sod = sodOf(content);
    const unsigned = encodeSod(signContent("2.23.136.1.1.1", content, [], tools));
    const cases = [
      [concatBytes(Uint8Array.of(0x60), sod.subarray(1)), "TLV_UNEXPECTED_TAG"],
      [concatBytes(sod, Uint8Array.of(0)), "TLV_TRAILING_BYTES"],
      [unsigned, "SOD_INVALID"],
    ] as const;
    for (const [bytes, code] of cases) {
      expect(() => decodeSod(bytes)).toThrow(expect.objectContaining({ code }));
    }
  });

  test("in indefinite lengths says what the definite one says", () => {
    const row = vectors.rows.find(({ name }) => name === "indefinite lengths")!;
    const sod = decodeSod(fromHex(row.sod));
    expect(sod.signedData.definite).toBe(false);
    expect([...sod.dataGroupHashes.keys()]).toEqual([1, 2]);
    expect(decodeLdsSecurityObject(encodeLdsSecurityObject(sod))).toEqual(
      decodeLdsSecurityObject(sod.encapsulated.content),
    );
  });
});

describe("SignedData", () => {
  const signed = signContent("1.2.3", content, [signer], tools);

  test("has the version that its identifier of the signer asks for", () => {
    const byKey = signContent(
      "1.2.3",
      content,
      [{ ...signer, sid: "subject-key-identifier" }],
      tools,
    );
    expect(decodeSignedData(signed).signerInfos[0]?.version).toBe(1);
    expect(decodeSignedData(byKey).signerInfos[0]?.version).toBe(3);
    expect(decodeSignedData(byKey).signerInfos[0]?.sid).toHaveProperty("subjectKeyIdentifier");
  });

  test("of more signers than anyone has is refused", () => {
    const many = signContent(
      "1.2.3",
      content,
      Array.from({ length: 17 }, () => signer),
      tools,
    );
    expect(() => decodeSignedData(many)).toThrow(expect.objectContaining({ code: "CMS_INVALID" }));
  });

  test("is refused as another type of content, and without its parts", () => {
    const [, wrapper] = decodeTlv(signed).children();
    const other = derSequence(derOid("1.2.840.113549.1.7.1"), wrapper!.bytes);
    const empty = derSequence(derOid("1.2.840.113549.1.7.2"), encodeTlv(0xa0, derSequence()));
    for (const bytes of [other, empty]) {
      expect(() => decodeSignedData(bytes)).toThrow(
        expect.objectContaining({ code: "CMS_INVALID" }),
      );
    }
  });

  test.each([
    ["messageDigest", "1.2.840.113549.1.9.4"],
    ["contentType", "1.2.840.113549.1.9.3"],
  ])("with signed attributes but no %s is refused", (_, type) => {
    const altered = signed.slice();
    const oid = derOid(type);
    const at = altered.findIndex((_, i) => oid.every((byte, j) => altered[i + j] === byte));
    altered[at + oid.length - 1] = 0x7f;
    expect(() => decodeSignedData(altered)).toThrow(
      expect.objectContaining({ code: "CMS_INVALID" }),
    );
  });
});
