import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { concatBytes, fromHex, toHex } from "../src/bytes.js";
import { cvPublicKey, issueCvCertificate } from "../src/chip/pki/cv-certificate.js";
import { derivedEcKey } from "../src/chip/pki/keys.js";
import { portableCrypto } from "../src/crypto/portable.js";
import { decodePrivateKey, publicKeyOf } from "../src/crypto/private-key.js";
import { holderAuthorization } from "../src/cvc/authorization.js";
import {
  decodeCvCertificate,
  encodeCvCertificate,
  encodeCvCertificateBody,
} from "../src/cvc/certificate.js";
import { trustPointOf } from "../src/cvc/key.js";
import { parseCvReference } from "../src/cvc/reference.js";
import { verifyCvChain } from "../src/cvc/verify.js";
import { nodeCrypto } from "../src/node/index.js";
import { encodeTlv } from "../src/tlv.js";
import { countingRandom } from "./support/counting-random.js";

const read = (name: string) =>
  JSON.parse(readFileSync(new URL(`vectors/${name}.json`, import.meta.url), "utf8"));
const bsi = read("bsi-eac-worked-example");
const vsmartcard = read("vsmartcard-cv-certificates");
const tools = { crypto: nodeCrypto, random: countingRandom() };

describe("certificates that others made", () => {
  const all: [string, string][] = [
    ...["ecdh", "dh"].flatMap((run) =>
      ["cvcaCert", "dvCert", "taCert"].map((name): [string, string] => [
        `BSI worked example, ${run}, ${name}`,
        bsi[run][name],
      ]),
    ),
    ...Object.entries<string>(vsmartcard.certificates).map(([name, hex]): [string, string] => [
      `vsmartcard, ${name}`,
      hex,
    ]),
  ];

  test.each(all)("%s: read, and written again to the byte", (_, hex) => {
    const certificate = decodeCvCertificate(fromHex(hex));
    const body = encodeCvCertificateBody(certificate);
    expect(toHex(encodeCvCertificate({ ...certificate, body }))).toBe(hex);
  });

  test("say what they say", () => {
    const {
      bytes: _,
      body: __,
      signature,
      publicKey,
      ...said
    } = decodeCvCertificate(fromHex(bsi.ecdh.cvcaCert));
    expect(said).toEqual({
      authorityReference: "DECVCAAT00001",
      holderReference: "DECVCAAT00001",
      authorization: holderAuthorization("IS", "CVCA", ["read-dg3", "read-dg4"]),
      effectiveDate: "2010-09-30",
      expirationDate: "2011-09-25",
    });
    expect(publicKey).toMatchObject({ type: "EC", curve: "brainpoolP512r1" });
    expect(signature).toHaveLength(128);
    expect(parseCvReference(said.holderReference)).toEqual({
      country: "DE",
      mnemonic: "CVCAAT",
      sequenceNumber: "00001",
    });
    const { authorization } = decodeCvCertificate(fromHex(bsi.dh.dvCert));
    expect(authorization).toMatchObject({ terminalType: "AT", role: "DV-domestic" });
    expect(authorization.rights).not.toContain("write-eid-dg17");
    expect(authorization.rights).toContain("read-eid-dg21");
    expect(authorization.rights).toContain("can-allowed");
  });
});

const DAY = "2026-06-01";
const P = "0.4.0.127.0.7.2.2.2.2.3";

describe("the chain of signature terminals from vsmartcard", () => {
  const { CVCA, DVCA, TERM } = vsmartcard.certificates;
  const [cvca, dv, terminal] = [CVCA, DVCA, TERM].map((hex: string) =>
    decodeCvCertificate(fromHex(hex)),
  ) as [ReturnType<typeof decodeCvCertificate>, never, never];

  test.each([portableCrypto, nodeCrypto])("holds with $name", (crypto) => {
    const trustPoint = trustPointOf(cvca);
    const state = { currentDate: cvca.effectiveDate, trustPoints: [trustPoint] };
    const result = verifyCvChain([dv, terminal], state, crypto);
    expect(result).toMatchObject({
      status: "passed",
      key: {
        reference: "ZZSTTERM00001",
        authorization: {
          terminalType: "ST",
          role: "terminal",
          rights: ["generate-signature", "generate-qualified-signature"],
          // Bits without a name are kept.
          template: Uint8Array.of(0x3f),
        },
      },
    });
  });

  test("its keys are those of its certificates", () => {
    for (const name of ["CVCA", "DVCA", "TERM"]) {
      const key = decodePrivateKey(fromHex(vsmartcard.privateKeys[name]));
      const { publicKey } = decodeCvCertificate(fromHex(vsmartcard.certificates[name]));
      expect(publicKeyOf(key, nodeCrypto)).toMatchObject({ point: (publicKey as never)["point"] });
    }
  });
});

describe("what is refused", () => {
  const key = derivedEcKey("P-256", "refused", portableCrypto);
  const content = {
    authorityReference: "UTCVCA00001",
    publicKey: cvPublicKey(publicKeyOf(key, nodeCrypto), P, "stated"),
    holderReference: "UTCVCA00001",
    authorization: holderAuthorization("IS", "CVCA", ["read-dg3"]),
    effectiveDate: DAY,
    expirationDate: "2029-06-01",
  } as const;
  const good = issueCvCertificate(content, { key, protocol: P }, tools);
  const bodyOf = (bytes: Uint8Array) => decodeCvCertificate(bytes).body;
  const around = (body: Uint8Array) =>
    encodeTlv(0x7f21, body, encodeTlv(0x5f37, new Uint8Array(64)));
  /** The body with a stretch of hexadecimal digits replaced by one of the same length. */
  const replaced = (from: string, to: string) => {
    const hex = toHex(bodyOf(good));
    expect(hex).toContain(from);
    return around(fromHex(hex.replace(from, to)));
  };

  test.each([
    ["trailing bytes", () => concatBytes(good, Uint8Array.of(0)), "TLV_TRAILING_BYTES"],
    [
      "a length in more bytes than it needs",
      () => fromHex(toHex(good).replace(/^7f2182/, "7f218300")),
      "TLV_LENGTH_INVALID",
    ],
    ["another profile", () => replaced("5f290100", "5f290101"), "CVC_INVALID"],
    ["fields out of order", () => replaced("5f25", "5f24"), "CVC_INVALID"],
    ["the thirtieth of February", () => replaced("020600060001", "020600020300"), "CVC_INVALID"],
    ["a date with letters", () => replaced("020600060001", "02060006000a"), "CVC_INVALID"],
    ["a control character", () => replaced("420b5554", "420b5500"), "CVC_INVALID"],
    ["another generator", () => replaced("046b17d1f2", "046b17d1f3"), "EC_PARAMETERS_UNKNOWN"],
    [
      "another purpose",
      () => replaced("060a04007f00070202020203", "060a04007f00070202020206"),
      "ALGORITHM_UNKNOWN",
    ],
    [
      "two bytes of rights",
      () => {
        const authorization = { ...content.authorization, template: Uint8Array.of(0xc0, 1) };
        return around(encodeCvCertificateBody({ ...content, authorization }));
      },
      "CVC_INVALID",
    ],
    ["a body alone", () => encodeTlv(0x7f21, bodyOf(good)), "CVC_INVALID"],
    ["an empty signature", () => encodeTlv(0x7f21, bodyOf(good), encodeTlv(0x5f37)), "CVC_INVALID"],
    ["too much", () => new Uint8Array(8_193), "CVC_INVALID"],
  ] as const)("%s", (_, bytes, code) => {
    expect(() => decodeCvCertificate(bytes())).toThrow(expect.objectContaining({ code }));
  });

  test.each([
    ["a long reference", { holderReference: "UTCVCA00000000001" }],
    ["a reference in Greek", { holderReference: "\u03b1" }],
    ["a day of the last century", { effectiveDate: "1999-12-31" }],
    ["no day", { expirationDate: "2026-02-30" }],
  ] as const)("to write %s", (_, change) => {
    expect(() => encodeCvCertificateBody({ ...content, ...change })).toThrow(
      expect.objectContaining({ code: "CVC_VALUE" }),
    );
  });

  test("a right that the type of terminal does not have", () => {
    expect(() => holderAuthorization("ST", "terminal", ["read-dg3"])).toThrow(
      expect.objectContaining({ code: "CVC_VALUE" }),
    );
  });

  test("a trust point of anybody but a country verifying authority", () => {
    const authorization = holderAuthorization("IS", "DV-domestic");
    const bytes = issueCvCertificate({ ...content, authorization }, { key, protocol: P }, tools);
    expect(() => trustPointOf(decodeCvCertificate(bytes))).toThrow(
      expect.objectContaining({ code: "CVC_INVALID" }),
    );
  });
});
