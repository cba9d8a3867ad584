import { generateKeyPairSync } from "node:crypto";
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { concatBytes, fromBigInt, fromHex, toBigInt } from "../src/bytes.js";
import { CURVES, curveByName, curveByOid, domainParameters } from "../src/crypto/curves.js";
import { rfc5114Group } from "../src/crypto/dh-groups.js";
import { encodeEcParameters } from "../src/crypto/ec-parameters.js";
import {
  decodeSubjectPublicKeyInfo,
  encodeSubjectPublicKeyInfo,
  type PublicKey,
} from "../src/crypto/public-key.js";
import {
  derBitString,
  derNull,
  derOctetString,
  derOid,
  derSequence,
  derUnsigned,
} from "../src/der.js";
import { EmrtdError, type EmrtdErrorCode } from "../src/errors.js";
import { ecKeyPair, otherKeyPair, pointForms, spki } from "./node-keys.js";

const EC = "1.2.840.10045.2.1";
const RSA = "1.2.840.113549.1.1.1";
const PRIME_FIELD = "1.2.840.10045.1.1";

const codeOf = (run: () => unknown): EmrtdErrorCode | "none" => {
  try {
    run();
  } catch (error) {
    if (error instanceof EmrtdError) return error.code;
    throw error;
  }
  return "none";
};

const ecSpki = (parameters: Uint8Array, point: Uint8Array): Uint8Array =>
  derSequence(derSequence(derOid(EC), parameters), derBitString(point));

/** Explicit parameters of P-384, with one of them replaced. */
const explicit = (change: {
  p?: bigint;
  a?: bigint;
  b?: bigint;
  base?: Uint8Array;
  n?: bigint;
  cofactor?: readonly Uint8Array[];
  extra?: readonly Uint8Array[];
}): Uint8Array => {
  const known = domainParameters("P-384");
  const width = (value: bigint) => fromBigInt(value, 48);
  const base = concatBytes(Uint8Array.of(4), width(known.gx), width(known.gy));
  return derSequence(
    derUnsigned(1),
    derSequence(derOid(PRIME_FIELD), derUnsigned(change.p ?? known.p)),
    derSequence(
      derOctetString(width(change.a ?? known.a)),
      derOctetString(width(change.b ?? known.b)),
    ),
    derOctetString(change.base ?? base),
    derUnsigned(change.n ?? known.n),
    ...(change.cofactor ?? [derUnsigned(1)]),
    ...(change.extra ?? []),
  );
};

describe("curves", () => {
  test("every curve is found by its name and its identifier", () => {
    for (const curve of CURVES) {
      expect(curveByName(curve.name)).toBe(curve);
      expect(curveByOid(curve.oid)).toBe(curve);
    }
    expect(curveByOid("1.3.132.0.10")).toBeUndefined();
  });

  test("each generator lies on its curve", () => {
    for (const { name } of CURVES) {
      const { p, a, b, gx, gy } = domainParameters(name);
      expect((gy ** 2n - gx ** 3n - a * gx - b) % p).toBe(0n);
    }
  });
});

describe.each(CURVES.map(({ name }) => name))("a key of %s made by OpenSSL", (curve) => {
  test.each(["named", "explicit"] as const)("with %s parameters is read and written", (form) => {
    const wire = spki(ecKeyPair(curve, form).publicKey);
    const key = decodeSubjectPublicKeyInfo(wire);
    expect(key).toMatchObject({ type: "EC", curve, explicitParameters: form === "explicit" });
    const written = encodeSubjectPublicKeyInfo(key);
    expect(decodeSubjectPublicKeyInfo(written)).toEqual(key);
    if (form === "named") expect(written).toEqual(wire);
  });

  test("with a compressed point is the same key", () => {
    const { compressed, uncompressed } = pointForms(curve);
    const parameters = encodeEcParameters({ curve, explicit: false });
    expect(decodeSubjectPublicKeyInfo(ecSpki(parameters, compressed))).toEqual(
      decodeSubjectPublicKeyInfo(ecSpki(parameters, uncompressed)),
    );
  });
});

describe("explicit parameters", () => {
  const { uncompressed } = pointForms("P-384");
  const known = domainParameters("P-384");
  const decode = (parameters: Uint8Array) => () =>
    decodeSubjectPublicKeyInfo(ecSpki(parameters, uncompressed));

  test("match with a compressed generator, without a cofactor, and with a seed", () => {
    const base = concatBytes(Uint8Array.of(known.gy % 2n === 0n ? 2 : 3), fromBigInt(known.gx, 48));
    for (const change of [{}, { base }, { cofactor: [] }]) {
      expect(decode(explicit(change))()).toMatchObject({
        curve: "P-384",
        explicitParameters: true,
      });
    }
  });

  test("match where old documents put zeros in front of integers", () => {
    const wide = derSequence(
      derUnsigned(1),
      derSequence(derOid(PRIME_FIELD), fromHex(`0232${"00".repeat(2)}${known.p.toString(16)}`)),
      derSequence(derOctetString(fromBigInt(known.a, 50)), derOctetString(fromBigInt(known.b, 49))),
      derOctetString(
        concatBytes(Uint8Array.of(4), fromBigInt(known.gx, 49), fromBigInt(known.gy, 49)),
      ),
      derUnsigned(known.n),
    );
    expect(decode(wide)()).toMatchObject({ curve: "P-384" });
  });

  const flipped = (value: bigint) => value ^ 1n;
  const otherBase = (gx: bigint, gy: bigint) =>
    concatBytes(Uint8Array.of(4), fromBigInt(gx, 48), fromBigInt(gy, 48));
  test.each([
    ["prime", explicit({ p: flipped(known.p) })],
    ["a", explicit({ a: flipped(known.a) })],
    ["b", explicit({ b: flipped(known.b) })],
    ["order", explicit({ n: flipped(known.n) })],
    ["cofactor", explicit({ cofactor: [derUnsigned(2)] })],
    ["generator, which is another point", explicit({ base: uncompressed })],
    [
      "generator, which is the negative one",
      explicit({ base: otherBase(known.gx, known.p - known.gy) }),
    ],
    [
      "generator, compressed with the other sign",
      explicit({
        base: concatBytes(Uint8Array.of(known.gy % 2n === 0n ? 3 : 2), fromBigInt(known.gx, 48)),
      }),
    ],
    ["generator, empty", explicit({ base: new Uint8Array() })],
    ["generator, cut", explicit({ base: uncompressed.subarray(0, 96) })],
    ["number of elements", explicit({ extra: [derSequence(), derNull()] })],
    [
      "field",
      derSequence(
        derUnsigned(1),
        derSequence(derOid("1.2.840.10045.1.2"), derUnsigned(1)),
        derSequence(),
        derOctetString(uncompressed),
        derUnsigned(1),
      ),
    ],
  ])("with another %s are refused", (_, parameters) => {
    expect(codeOf(decode(parameters))).toBe("EC_PARAMETERS_UNKNOWN");
  });

  test("implied parameters and names of other curves are refused", () => {
    expect(codeOf(decode(derNull()))).toBe("EC_PARAMETERS_UNKNOWN");
    expect(codeOf(decode(derOid("1.3.132.0.10")))).toBe("EC_PARAMETERS_UNKNOWN");
  });
});

describe("points", () => {
  const parameters = encodeEcParameters({ curve: "brainpoolP256r1", explicit: false });
  const { compressed, uncompressed } = pointForms("brainpoolP256r1");
  const { p } = domainParameters("brainpoolP256r1");
  const offCurve = uncompressed.map((byte, i) => (i === 64 ? byte ^ 1 : byte));
  const beyond = concatBytes(uncompressed.subarray(0, 33), fromBigInt(p, 32));

  test.each([
    ["off the curve", offCurve],
    ["with a coordinate beyond the field", beyond],
    ["at infinity", Uint8Array.of(0)],
    ["cut", uncompressed.subarray(0, 64)],
    ["too long", concatBytes(uncompressed, Uint8Array.of(0))],
    ["in hybrid form", concatBytes(Uint8Array.of(6), uncompressed.subarray(1))],
    ["compressed and cut", compressed.subarray(0, 32)],
    ["empty", new Uint8Array()],
  ])("%s are refused", (_, point) => {
    expect(codeOf(() => decodeSubjectPublicKeyInfo(ecSpki(parameters, point)))).toBe(
      "PUBLIC_KEY_INVALID",
    );
  });

  test("half of all x have no point, and those are refused", () => {
    const found = [1, 2, 3, 4, 5, 6, 7, 8].map((x) => {
      const point = concatBytes(Uint8Array.of(2), fromBigInt(BigInt(x), 32));
      return codeOf(() => decodeSubjectPublicKeyInfo(ecSpki(parameters, point)));
    });
    expect(new Set(found)).toEqual(new Set(["none", "PUBLIC_KEY_INVALID"]));
  });
});

describe("RSA", () => {
  const modulus = fromBigInt((1n << 2047n) + 1n, 256);
  const rsa = (
    n: Uint8Array | bigint,
    e: bigint,
    algorithm = derSequence(derOid(RSA), derNull()),
  ) => derSequence(algorithm, derBitString(derSequence(derUnsigned(n), derUnsigned(e))));

  test("a key made by OpenSSL is read and written byte for byte", () => {
    const wire = spki(generateKeyPairSync("rsa", { modulusLength: 1024 }).publicKey);
    const key = decodeSubjectPublicKeyInfo(wire);
    expect(key).toMatchObject({ type: "RSA", exponent: Uint8Array.of(1, 0, 1) });
    expect(encodeSubjectPublicKeyInfo(key)).toEqual(wire);
  });

  test("a key for PSS alone says so, with its parameters if there are any", () => {
    const plain = otherKeyPair("rsa-pss", { modulusLength: 1024 }).publicKey;
    expect(decodeSubjectPublicKeyInfo(spki(plain))).toMatchObject({ type: "RSA", pss: {} });
    const bound = otherKeyPair("rsa-pss", {
      modulusLength: 1024,
      hashAlgorithm: "sha256",
      mgf1HashAlgorithm: "sha512",
      saltLength: 48,
    }).publicKey;
    const key = decodeSubjectPublicKeyInfo(spki(bound));
    expect(key).toMatchObject({
      pss: { parameters: { hash: "SHA-256", mgfHash: "SHA-512", saltLength: 48, trailerField: 1 } },
    });
    for (const wire of [spki(plain), spki(bound)]) {
      const again = decodeSubjectPublicKeyInfo(
        encodeSubjectPublicKeyInfo(decodeSubjectPublicKeyInfo(wire)),
      );
      expect(again).toEqual(decodeSubjectPublicKeyInfo(wire));
    }
  });

  test.each([
    ["an even modulus", rsa((1n << 2047n) + 2n, 65_537n)],
    ["a modulus of 8,193 bits", rsa((1n << 8192n) + 1n, 65_537n)],
    ["a modulus of 511 bits", rsa((1n << 510n) + 1n, 65_537n)],
    ["an even exponent", rsa(modulus, 65_536n)],
    ["an exponent of 1", rsa(modulus, 1n)],
    ["an exponent beyond the modulus", rsa(modulus, (1n << 2047n) + 3n)],
    ["a huge exponent beside a large modulus", rsa((1n << 4095n) + 1n, (1n << 64n) + 1n)],
    [
      "more than a modulus and an exponent",
      derSequence(
        derSequence(derOid(RSA), derNull()),
        derBitString(derSequence(derUnsigned(modulus), derUnsigned(3), derUnsigned(3))),
      ),
    ],
  ])("%s is refused", (_, wire) => {
    expect(codeOf(() => decodeSubjectPublicKeyInfo(wire))).toBe("PUBLIC_KEY_INVALID");
  });

  test("an odd exponent of any size passes beside a modulus of 2,048 bits", () => {
    expect(codeOf(() => decodeSubjectPublicKeyInfo(rsa(modulus, (1n << 1000n) + 1n)))).toBe("none");
  });
});

describe("Diffie-Hellman", () => {
  test("a PKCS#3 key made by OpenSSL is read and written", () => {
    const wire = spki(otherKeyPair("dh", { group: "modp14" }).publicKey);
    const key = decodeSubjectPublicKeyInfo(wire);
    expect(key).toMatchObject({ type: "DH", generator: Uint8Array.of(2) });
    expect(decodeSubjectPublicKeyInfo(encodeSubjectPublicKeyInfo(key))).toEqual(key);
  });

  test.each([0, 1, 2])("group %i of RFC 5114 is read by its number and written out", (id) => {
    const group = rfc5114Group(id)!;
    const wire = derSequence(
      derSequence(derOid("0.4.0.127.0.7.1.2"), derUnsigned(id)),
      derBitString(derUnsigned(5)),
    );
    const key = decodeSubjectPublicKeyInfo(wire);
    const publicValue = fromBigInt(5n, group.prime.length);
    expect(key).toEqual({ type: "DH", ...group, publicValue });
    expect(decodeSubjectPublicKeyInfo(encodeSubjectPublicKeyInfo(key))).toEqual(key);
  });

  const group = rfc5114Group(0)!;
  const prime = toBigInt(group.prime);
  const dh = (key: Partial<Extract<PublicKey, { type: "DH" }>>) =>
    encodeSubjectPublicKeyInfo({
      type: "DH",
      ...group,
      publicValue: fromBigInt(5n, 128),
      ...key,
    });
  test.each([
    ["a value of 1", dh({ publicValue: Uint8Array.of(1) })],
    ["a value of the prime less 1", dh({ publicValue: fromBigInt(prime - 1n, 128) })],
    ["a generator of 1", dh({ generator: Uint8Array.of(1) })],
    ["an even prime", dh({ prime: fromBigInt(prime - 1n, 128) })],
    ["a prime of 1,023 bits", dh({ prime: fromBigInt((1n << 1022n) + 1n, 128) })],
    ["a prime of 8,193 bits", dh({ prime: fromBigInt((1n << 8192n) + 1n, 1025) })],
    ["a subgroup that does not fit", dh({ subgroupOrder: Uint8Array.of(17) })],
  ])("%s is refused", (_, wire) => {
    expect(codeOf(() => decodeSubjectPublicKeyInfo(wire))).toBe("PUBLIC_KEY_INVALID");
  });
});

describe("SubjectPublicKeyInfo", () => {
  test("other kinds of keys, sizes and trailing elements are refused", () => {
    const ed25519 = spki(generateKeyPairSync("ed25519").publicKey);
    expect(codeOf(() => decodeSubjectPublicKeyInfo(ed25519))).toBe("ALGORITHM_UNKNOWN");
    expect(codeOf(() => decodeSubjectPublicKeyInfo(new Uint8Array(16_385)))).toBe(
      "PUBLIC_KEY_INVALID",
    );
    const named = encodeEcParameters({ curve: "P-256", explicit: false });
    const { uncompressed } = pointForms("P-256");
    const algorithm = derSequence(derOid(EC), named);
    const more = derSequence(algorithm, derBitString(uncompressed), derNull());
    expect(codeOf(() => decodeSubjectPublicKeyInfo(more))).toBe("PUBLIC_KEY_INVALID");
    const noParameters = derSequence(derSequence(derOid(EC)), derBitString(uncompressed));
    expect(codeOf(() => decodeSubjectPublicKeyInfo(noParameters))).toBe("PUBLIC_KEY_INVALID");
    const reserved = derSequence(
      derSequence(derOid("0.4.0.127.0.7.1.2"), derUnsigned(5)),
      derBitString(uncompressed),
    );
    expect(codeOf(() => decodeSubjectPublicKeyInfo(reserved))).toBe("PUBLIC_KEY_INVALID");
  });

  test("a curve named by its number in Doc 9303 is read", () => {
    const { uncompressed } = pointForms("brainpoolP320r1");
    const wire = derSequence(
      derSequence(derOid("0.4.0.127.0.7.1.2"), derUnsigned(14)),
      derBitString(uncompressed),
    );
    expect(decodeSubjectPublicKeyInfo(wire)).toEqual({
      type: "EC",
      curve: "brainpoolP320r1",
      point: uncompressed,
      explicitParameters: false,
    });
  });
});

const specimens = process.env["SPECIMENS_DIR"];
describe.skipIf(!specimens)("the specimen passport (needs SPECIMENS_DIR)", () => {
  const file = (name: string) =>
    Uint8Array.from(readFileSync(`${specimens}/specimens/bsi-tr-03105-5/${name}`));

  test("its keys are a brainpool key with explicit parameters and an RSA key", () => {
    expect(decodeSubjectPublicKeyInfo(file("DG14_pk.bin"))).toMatchObject({
      type: "EC",
      curve: "brainpoolP224r1",
      explicitParameters: true,
    });
    const dg15 = decodeSubjectPublicKeyInfo(file("DG15_pk.bin"));
    expect(dg15).toMatchObject({ type: "RSA" });
    expect(encodeSubjectPublicKeyInfo(dg15)).toEqual(file("DG15_pk.bin"));
  });
});
