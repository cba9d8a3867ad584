import { expect } from "vitest";
import { fromHex } from "../../src/bytes.js";
import { simulatorRsaKey } from "../../src/chip/pki.js";
import { publicKeyOf } from "../../src/crypto/private-key.js";
import { encodeSubjectPublicKeyInfo } from "../../src/crypto/public-key.js";
import { decodeCommandApdu } from "../../src/iso7816/command-apdu.js";
import { encodeDg15 } from "../../src/lds/dg15.js";
import { nodeCrypto as crypto } from "../../src/node/index.js";
import { encodeTlv } from "../../src/tlv.js";
import { readProfile } from "../support/read-profile.js";

/** Read whole and authentic, with 3DES and with AES. */
const readsWith = async (...faults: readonly string[]) => {
  for (const profile of ["bac-ecdsa", "pace-gm-p256"] as const) {
    const { reading, report, files } = await readProfile(profile, { faults });
    expect(reading.failure).toBeNull();
    expect(reading.files).toEqual(files);
    expect(report.verdict).toBe("authentic");
  }
};

export const lengthQuirks = {
  "length-6b00": () => readsWith("le-limit=222:6b00"),
  "length-6282": () => readsWith("le-limit=160:6282"),
  "length-6700": () => readsWith("le-limit=212:6700"),
  "length-small": async () => {
    await readsWith("le-limit=99:6700");
    await readsWith("le-limit=64:6700:plain");
  },
  "length-6cxx": async () => {
    await readsWith("le-limit=192:6c");
    const { sent } = await readProfile("bac-ecdsa", {
      faults: ["le-limit=100:6c"],
      change: (made) => ({ ...made, access: {} }),
    });
    const reads = sent.filter((command) => command.startsWith("00b0"));
    // Asked for more once, and told at once how much there is.
    expect(reads.some((command) => command.endsWith("64"))).toBe(true);
  },
  "length-empty": () => readsWith("le-refused=231:empty", "le-refused=223:empty"),
  "length-cut": () => readsWith("le-limit=128:cut"),
  "no-extended-length": async () => {
    const key = simulatorRsaKey("signer");
    const DG15 = encodeDg15({ publicKey: encodeSubjectPublicKeyInfo(publicKeyOf(key, crypto)) });
    const { reading, sent } = await readProfile("bac-rsa", {
      faults: ["no-extended-length"],
      change: (made) => ({ ...made, files: { ...made.files, DG15 }, keys: { dg15: key } }),
    });
    expect(reading.failure).toBeNull();
    expect(reading.outcomes).toMatchObject({ DG1: "read", DG2: "read" });
    const extended = sent.map((text) => decodeCommandApdu(fromHex(text)).le ?? 0);
    expect(extended.filter((le) => le > 256)).toHaveLength(1);
    const small = await readProfile("bac-rsa", { faults: ["no-extended-length"] });
    expect(small.report.verdict).toBe("authentic");
  },
  "odd-instruction": async () => {
    const DG2 = encodeTlv(
      0x75,
      Uint8Array.from({ length: 40_000 }, (_, i) => i * 13),
    );
    const { reading, sent } = await readProfile("bac-ecdsa", {
      change: (made) => ({ ...made, access: {}, files: { ...made.files, DG2 } }),
    });
    expect(reading.files.DG2).toEqual(DG2);
    const odd = sent.filter((command) => command.startsWith("00b1"));
    expect(odd[0]).toMatch(/^00b100000454028000/);
    expect(odd.length).toBeGreaterThan(25);
  },
  "response-chaining": async () => {
    await readsWith("response-chaining=100");
    await readsWith("response-chaining=100:protected");
  },
};
