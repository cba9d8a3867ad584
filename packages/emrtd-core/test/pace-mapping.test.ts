import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { mapGenerically, mapIntegrated, pseudoRandomNumber } from "../src/access/pace-mapping.js";
import { encodePoint } from "../src/access/point-encoding.js";
import { CURVES, domainParameters } from "../src/crypto/curves.js";
import { rfc5114Group } from "../src/crypto/dh-groups.js";
import { keyAgreementGroup } from "../src/crypto/key-agreement.js";
import { fromBigInt, fromHex, portableCrypto, toBigInt, toHex } from "../src/index.js";

const vectors = JSON.parse(
  readFileSync(new URL("vectors/icao-9303-11-pace.json", import.meta.url), "utf8"),
);
const curve = keyAgreementGroup({ type: "EC", curve: "brainpoolP256r1" }, portableCrypto);
const prime = keyAgreementGroup({ type: "DH", group: rfc5114Group(0)! }, portableCrypto);

describe("generic mapping, Doc 9303-11 appendix G", () => {
  test.each([
    ["G.1", vectors.appendixG1, curve],
    ["G.2", vectors.appendixG2, prime],
    ["I.1", vectors.appendixI1, curve],
  ])("%s", (_, { nonce, map }, group) => {
    for (const [own, other] of [
      ["ifd", "ic"],
      ["ic", "ifd"],
    ]) {
      expect(toHex(group.power(group.generator, fromHex(map[`${own}Private`])))).toBe(
        map[`${own}Public`],
      );
      const shared = group.power(fromHex(map[`${other}Public`]), fromHex(map[`${own}Private`]));
      expect(toHex(shared)).toBe(map.sharedSecretH);
      expect(toHex(mapGenerically(group, fromHex(nonce), shared))).toBe(map.mappedGenerator);
    }
  });
});

describe("integrated mapping, Doc 9303-11 appendix H", () => {
  test.each([
    ["H.1", vectors.appendixH1, curve],
    ["H.2", vectors.appendixH2, prime],
  ])("%s", (_, vector, group) => {
    const nonces = [fromHex(vector.nonce), fromHex(vector.t)] as const;
    const p =
      group.parameters.type === "EC"
        ? domainParameters(group.parameters.curve).p
        : toBigInt(group.parameters.group.prime);
    const number = pseudoRandomNumber("AES-128", ...nonces, p, portableCrypto);
    expect(toHex(fromBigInt(number, vector.Rp.length / 2))).toBe(vector.Rp);
    expect(toHex(mapIntegrated(group, "AES-128", ...nonces, portableCrypto))).toBe(
      vector.mappedGenerator,
    );
  });
});

test("point encoding gives points of every curve that it is for", () => {
  for (const { name } of CURVES.filter((entry) => entry.name !== "P-224")) {
    for (const t of [2n, 3n, domainParameters(name).p - 2n]) {
      expect(portableCrypto.ecIsPoint(name, encodePoint(name, t))).toBe(true);
    }
  }
});

test("an element of a small subgroup is none of the group", () => {
  const { prime: p } = rfc5114Group(0)!;
  const minusOne = fromBigInt(toBigInt(p) - 1n, p.length);
  expect(prime.isElement(minusOne)).toBe(false);
  expect(prime.isElement(fromBigInt(1n, p.length))).toBe(false);
  // 2 is no element of the subgroup of order q.
  expect(prime.isElement(fromBigInt(2n, p.length))).toBe(false);
  expect(prime.isElement(fromHex(vectors.appendixG2.map.icPublic))).toBe(true);
});

describe("integers modulo a prime", () => {
  const width = rfc5114Group(0)!.prime.length;
  /** An element whose first byte is zero: one in 256 is such. */
  const short = (() => {
    for (let exponent = 1n; ; exponent++) {
      const element = prime.power(prime.generator, fromBigInt(exponent, 2));
      if (element[0] === 0) return element;
    }
  })();

  test("are sent without leading zeros, and taken with and without (Doc 9303-11, 9.4.1)", () => {
    const sent = prime.encode(short);
    expect(sent).toEqual(short.subarray(1));
    expect(prime.isElement(sent)).toBe(true);
    expect(prime.isElement(short)).toBe(true);
    expect(prime.isElement(fromHex(`00${toHex(short)}`))).toBe(false);
    expect(prime.power(sent, Uint8Array.of(7))).toEqual(prime.power(short, Uint8Array.of(7)));
  });

  test("are agreed on as wide as the prime (PKCS#3, 8.3)", () => {
    expect(prime.secretOf(prime.encode(short))).toHaveLength(width);
  });
});
