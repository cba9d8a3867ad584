import { concatBytes, fromHex } from "../../bytes.js";
import type { CryptoProvider, HashName } from "../provider.js";
import { type ConformanceCase, conformanceCase, refused, same, sampleBytes } from "./case.js";

/** FIPS 180-4, the hashes of "abc". */
const HASHES: readonly (readonly [HashName, string])[] = [
  ["SHA-1", "a9993e364706816aba3e25717850c26c9cd0d89d"],
  ["SHA-224", "23097d223405d8228642a477bda255b32aadbce4bda0b3f7e36c9da7"],
  ["SHA-256", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"],
  [
    "SHA-384",
    "cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed8086072ba1e7cc2358baeca134c825a7",
  ],
  [
    "SHA-512",
    "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f",
  ],
];

/** The four blocks of NIST SP 800-38A and 38B. */
const BLOCKS =
  "6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e5130c81c46a35ce411e5fbc1191a0a52eff69f2445df4f9b17ad2b417be66c3710";

/** SP 800-38A, F.2 (CBC, first block) and SP 800-38B, D.1 to D.3 (CMAC of 0, 16, 40 and 64 bytes). */
const AES: readonly {
  readonly key: string;
  readonly cbc: string;
  readonly cmac: Readonly<Record<0 | 16 | 40 | 64, string>>;
}[] = [
  {
    key: "2b7e151628aed2a6abf7158809cf4f3c",
    cbc: "7649abac8119b246cee98e9b12e9197d5086cb9b507219ee95db113a917678b2",
    cmac: {
      0: "bb1d6929e95937287fa37d129b756746",
      16: "070a16b46b4d4144f79bdd9dd04a287c",
      40: "dfa66747de9ae63030ca32611497c827",
      64: "51f0bebf7e3b9d92fc49741779363cfe",
    },
  },
  {
    key: "8e73b0f7da0e6452c810f32b809079e562f8ead2522c6b7b",
    cbc: "4f021db243bc633d7178183a9fa071e8b4d9ada9ad7dedf4e5e738763f69145a",
    cmac: {
      0: "d17ddf46adaacde531cac483de7a9367",
      16: "9e99a7bf31e710900662f65e617c5184",
      40: "8a1de5be2eb31aad089a82e6ee908b0e",
      64: "a1d5df0eed790f794d77589659f39a11",
    },
  },
  {
    key: "603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4",
    cbc: "f58c4c04d6e5f1ba779eabfb5f7bfbd69cfc4e967edb808d679f777bc6702c7d",
    cmac: {
      0: "028962f61b7bf89efc6b551f4667d983",
      16: "28a7023f452e8f82bd4bf28d8c37c35c",
      40: "aaf3d8f1de5640c232f5b169b9c911e6",
      64: "e1992190549f6ed5696a2c056c315410",
    },
  },
];

/** Doc 9303-11, appendix D.3: E.IFD and M.IFD. */
const BASIC_ACCESS = {
  encryptionKey: "ab94fdecf2674fdfb9b391f85d7f76f2",
  macKey: "7962d9ece03d1acd4c76089dce131543",
  plain: "781723860c06c2264608f919887022120b795240cb7049b01c19b33e32804f0b",
  cipher: "72c29c2371cc9bdb65b779b8e8d37b29ecc154aa56a8799fae2f498f76ed92f2",
  mac: "5f1448eea8ad90a7",
} as const;

export const symmetricCases = (crypto: CryptoProvider): readonly ConformanceCase[] => [
  ...HASHES.map(([name, expected]) =>
    conformanceCase(`${name}, FIPS 180-4`, () => {
      const [a, b, c] = [fromHex("61"), fromHex("6263"), new Uint8Array()];
      same(crypto.hash(name, concatBytes(a, b)), fromHex(expected), "in one part");
      same(crypto.hash(name, c, a, b), fromHex(expected), "in several parts");
    }),
  ),
  ...AES.map(({ key, cbc, cmac }) =>
    conformanceCase(`AES-${4 * key.length}, SP 800-38A and 38B`, () => {
      const iv = fromHex("000102030405060708090a0b0c0d0e0f");
      const blocks = fromHex(BLOCKS);
      const two = blocks.subarray(0, 32);
      same(crypto.aesCbcEncrypt(fromHex(key), iv, two), fromHex(cbc), "encryption");
      same(crypto.aesCbcDecrypt(fromHex(key), iv, fromHex(cbc)), two, "decryption");
      for (const length of [0, 16, 40, 64] as const) {
        const found = crypto.aesCmac(fromHex(key), blocks.subarray(0, length));
        same(found, fromHex(cmac[length]), `CMAC of ${length} bytes`);
      }
    }),
  ),
  conformanceCase("triple DES and MAC algorithm 3, Doc 9303-11, D.3", () => {
    const { encryptionKey, macKey, plain, cipher, mac } = BASIC_ACCESS;
    const [key, iv] = [fromHex(encryptionKey), new Uint8Array(8)];
    same(crypto.tripleDesCbcEncrypt(key, iv, fromHex(plain)), fromHex(cipher), "encryption");
    same(crypto.tripleDesCbcDecrypt(key, iv, fromHex(cipher)), fromHex(plain), "decryption");
    const padded = fromHex(`${cipher}8000000000000000`);
    same(crypto.retailMac(fromHex(macKey), padded), fromHex(mac), "MAC");
  }),
  conformanceCase("MAC algorithm 3 of one block is triple DES of it", () => {
    const [key, block] = [sampleBytes(16), sampleBytes(8, 2)];
    const encrypted = crypto.tripleDesCbcEncrypt(key, new Uint8Array(8), block);
    same(crypto.retailMac(key, block), encrypted, "MAC");
  }),
  conformanceCase("nothing encrypts to nothing", () => {
    const none = new Uint8Array();
    const [key, iv] = [new Uint8Array(16), new Uint8Array(16)];
    const half = iv.subarray(8);
    same(crypto.aesCbcEncrypt(key, iv, none), none, "AES encryption");
    same(crypto.aesCbcDecrypt(key, iv, none), none, "AES decryption");
    same(crypto.tripleDesCbcEncrypt(key, half, none), none, "triple DES encryption");
    same(crypto.tripleDesCbcDecrypt(key, half, none), none, "triple DES decryption");
  }),
  conformanceCase(
    "views into larger buffers are read where they begin, and inputs stay as they are",
    () => {
      const buffer = sampleBytes(100);
      const before = Uint8Array.from(buffer);
      const [key, iv, data] = [
        buffer.subarray(1, 17),
        buffer.subarray(19, 35),
        buffer.subarray(37, 85),
      ];
      const copies = [key, iv, data].map((view) => Uint8Array.from(view)) as [
        Uint8Array,
        Uint8Array,
        Uint8Array,
      ];
      same(crypto.aesCbcEncrypt(key, iv, data), crypto.aesCbcEncrypt(...copies), "AES");
      same(crypto.aesCmac(key, data), crypto.aesCmac(copies[0], copies[2]), "CMAC");
      same(crypto.retailMac(key, data), crypto.retailMac(copies[0], copies[2]), "MAC");
      same(crypto.hash("SHA-256", data), crypto.hash("SHA-256", copies[2]), "hash");
      same(buffer, before, "inputs");
    },
  ),
  conformanceCase("keys, initialisation vectors and data of wrong lengths are refused", () => {
    const bytes = (length: number) => new Uint8Array(length);
    for (const aes of [crypto.aesCbcEncrypt, crypto.aesCbcDecrypt]) {
      refused(() => aes(bytes(15), bytes(16), bytes(16)), "AES key");
      refused(() => aes(bytes(16), bytes(8), bytes(16)), "AES initialisation vector");
      refused(() => aes(bytes(16), bytes(16), bytes(17)), "AES data");
    }
    refused(() => crypto.aesCmac(bytes(20), bytes(16)), "CMAC key");
    for (const des of [crypto.tripleDesCbcEncrypt, crypto.tripleDesCbcDecrypt]) {
      refused(() => des(bytes(24), bytes(8), bytes(8)), "triple DES key");
      refused(() => des(bytes(16), bytes(16), bytes(8)), "triple DES initialisation vector");
      refused(() => des(bytes(16), bytes(8), bytes(9)), "triple DES data");
    }
    refused(() => crypto.retailMac(bytes(8), bytes(8)), "MAC key");
    refused(() => crypto.retailMac(bytes(16), bytes(7)), "MAC data");
    refused(() => crypto.retailMac(bytes(16), bytes(0)), "MAC of nothing");
  }),
];
