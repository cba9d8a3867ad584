import { generateKeyPairSync } from "node:crypto";
import { afterEach, describe, expect, test, vi } from "vitest";
import { toHex } from "../src/bytes.js";
import { nodeCrypto } from "../src/node/crypto.js";
import { contentOf, KeyCache } from "../src/node/key-cache.js";

describe("the cache of public keys", () => {
  const { publicKey } = generateKeyPairSync("ed25519");

  test("makes a key once, and again after it was the longest unused of too many", () => {
    const cache = new KeyCache();
    let made = 0;
    const get = (content: string) =>
      cache.get(content, () => {
        made++;
        return publicKey;
      });
    get("first");
    get("first");
    expect(made).toBe(1);
    for (let i = 0; i < 1_023; i++) get(`${i}`);
    get("first");
    expect(made).toBe(1_024);
    get("one more");
    expect(cache.size).toBe(1_024);
    get("first");
    expect(made).toBe(1_025);
    get("0");
    expect(made).toBe(1_026);
  });

  test("keeps nothing where a key cannot be made", () => {
    const cache = new KeyCache();
    const fail = () => {
      throw new Error("no key");
    };
    expect(() => cache.get("bad", fail)).toThrow("no key");
    expect(cache.get("none", () => undefined)).toBeUndefined();
    expect(cache.size).toBe(0);
  });

  test("tells apart what only differs in where one part ends", () => {
    const [a, b, c] = [Uint8Array.of(1, 2), Uint8Array.of(3), Uint8Array.of(2, 3)];
    expect(contentOf(a, b)).not.toBe(contentOf(Uint8Array.of(1), c));
    expect(contentOf(Uint8Array.of(0x31, 0x3a))).not.toBe(contentOf(Uint8Array.of(0x31), b));
  });
});

test("answers are arrays of bytes and not Buffers, whose slices share memory", () => {
  const bytes = new Uint8Array(16);
  for (const answer of [
    nodeCrypto.hash("SHA-1", bytes),
    nodeCrypto.aesCbcEncrypt(bytes, bytes, bytes),
    nodeCrypto.aesCmac(bytes, bytes),
    nodeCrypto.tripleDesCbcEncrypt(bytes, new Uint8Array(8), bytes),
    nodeCrypto.ecPublicKey("P-256", new Uint8Array(32).fill(1)),
  ]) {
    expect(Buffer.isBuffer(answer)).toBe(false);
    const copy = answer.slice();
    copy[0]! ^= 1;
    expect(toHex(copy)).not.toBe(toHex(answer));
  }
});

describe("on an OpenSSL built without brainpool, without DES, and strict about curves", () => {
  /** Bytes of the identifier prime-field, which only written-out parameters hold. */
  const primeField = "2a8648ce3d0101";

  afterEach(() => {
    vi.doUnmock("node:crypto");
    vi.resetModules();
  });

  const poorCrypto = async () => {
    vi.resetModules();
    vi.doMock("node:crypto", async (original) => {
      const real = await original<typeof import("node:crypto")>();
      return {
        ...real,
        getCurves: () => ["prime256v1"],
        getCiphers: () => ["aes-128-cbc"],
        createPrivateKey: (input: { key: Buffer }) => {
          if (input.key.toString("hex").includes(primeField)) throw new Error("refused");
          return real.createPrivateKey(input as never);
        },
        createECDH: (name: string) => {
          if (name !== "prime256v1") throw new Error("unknown curve");
          return real.createECDH(name);
        },
        createCipheriv: (name: string, ...rest: [Uint8Array, Uint8Array]) => {
          if (name.startsWith("des")) throw new Error("unsupported");
          return real.createCipheriv(name, ...rest);
        },
      };
    });
    const { nodeCrypto: crypto } = await import("../src/node/crypto.js");
    const { cryptoProviderCases: cases } = await import("../src/conformance.js");
    return { crypto, cases: cases(crypto) };
  };

  test("the portable code steps in and every case still holds", async () => {
    const { crypto, cases } = await poorCrypto();
    expect(crypto.retailMac).not.toBe(nodeCrypto.retailMac);
    const chosen = /^(P-256|brainpoolP224r1|brainpoolP256r1)|DES|MAC|mapping|nothing|RSA/;
    const run = cases.filter(({ name }) => chosen.test(name));
    expect(run.length).toBeGreaterThan(20);
    for (const one of run) await one.run();
  });
});
