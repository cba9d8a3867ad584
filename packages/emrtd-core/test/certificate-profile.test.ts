import { describe, expect, test } from "vitest";
import {
  type CertificateContent,
  signMessage,
  simulatorAnchors,
  simulatorSigner,
} from "../src/chip/pki.js";
import { personalise } from "../src/chip/profiles/personalise.js";
import { portableCrypto } from "../src/crypto/portable.js";
import { publicKeyOf } from "../src/crypto/private-key.js";
import { derBitString, derSequence, TAG } from "../src/der.js";
import { decodeTlv, encodeTlv } from "../src/tlv.js";
import { createTrustStore } from "../src/trust/store.js";
import { DEVIATIONS } from "../src/verification/deviations.js";
import { EXTENSION_PROFILE } from "../src/verification/extension-profile.js";
import { verify } from "./support/judged.js";
import {
  AUTHORITY_KEY,
  ECDSA,
  makeAuthority,
  makeFiles,
  makeSignerCertificate,
  SIGNER_KEY,
  signerExtensions,
  tools,
  trusting,
  x,
} from "./support/test-document.js";
import { linkExtensions, makeLink, RENEWED_KEY, trustingAlso } from "./support/test-trust.js";

const BEGIN = new Date("2020-01-01T00:00:00Z");
const END = new Date("2025-01-01T00:00:00Z");
const written = (key: typeof SIGNER_KEY) =>
  publicKeyOf({ ...key, explicitParameters: true }, portableCrypto);

const more = () => [
  x.privateKeyUsagePeriod(BEGIN, END),
  x.alternativeName("issuerAltName", "UTO"),
  x.crlDistributionPoint("https://utopia.example/crl"),
];

/** An authority and a signer to whom nothing is to be objected. */
const RIGHT_AUTHORITY = {
  publicKey: written(AUTHORITY_KEY),
  extensions: [...linkExtensions(AUTHORITY_KEY, AUTHORITY_KEY), ...more()],
};
const RIGHT_SIGNER = {
  publicKey: written(SIGNER_KEY),
  extensions: [...signerExtensions(), ...more(), x.documentTypeList("P")],
} satisfies Partial<CertificateContent>;

const findings = (certificate: Uint8Array, anchor = makeAuthority(RIGHT_AUTHORITY)): string[] => {
  const report = verify(makeFiles({ certificate }), { trust: trusting(anchor) });
  return report.deviations
    .filter(({ code }) => code.startsWith("PROFILE_"))
    .map(({ code, where }) => `${code} ${where}`);
};

const signer = (changes: Partial<CertificateContent>) =>
  findings(makeSignerCertificate({ ...RIGHT_SIGNER, ...changes }));
const authority = (changes: Partial<CertificateContent>) =>
  findings(makeSignerCertificate(RIGHT_SIGNER), makeAuthority({ ...RIGHT_AUTHORITY, ...changes }));

/** The certificate's fields, changed as the issuing side never would, and signed again. */
const resigned = (change: (fields: Uint8Array[]) => readonly Uint8Array[]): string[] => {
  const [tbs, algorithm] = decodeTlv(makeSignerCertificate(RIGHT_SIGNER)).children();
  const signed = derSequence(...change(tbs!.children().map(({ bytes }) => bytes)));
  const signature = signMessage({ key: AUTHORITY_KEY, algorithm: ECDSA }, signed, tools);
  return findings(derSequence(signed, algorithm!.bytes, derBitString(signature)));
};

const ascii = (text: string): Uint8Array => new TextEncoder().encode(text);
const without = (...ids: readonly string[]) =>
  RIGHT_SIGNER.extensions.filter(({ id }) => !ids.includes(id));
const replaced = (at: number, field: Uint8Array) => (fields: readonly Uint8Array[]) =>
  fields.map((bytes, index) => (index === at ? field : bytes));

test("certificates that follow the profile are found to", () => {
  expect(signer({})).toEqual([]);
});

describe("what a certificate has otherwise than its profile is a finding", () => {
  const cases: [string, () => string[], string[]][] = [
    [
      "another version",
      () => resigned((fields) => [encodeTlv(0xa0, Uint8Array.of(2, 1, 1)), ...fields.slice(1)]),
      ["PROFILE_VERSION document signer"],
    ],
    [
      "a serial number of 21 bytes",
      () => signer({ serialNumber: 1n << 165n }),
      ["PROFILE_SERIAL_NUMBER document signer"],
    ],
    [
      "a serial number with a zero too many",
      () => resigned(replaced(1, Uint8Array.of(2, 2, 0, 2))),
      ["PROFILE_SERIAL_NUMBER document signer"],
    ],
    [
      "a negative serial number",
      () => resigned(replaced(1, Uint8Array.of(2, 1, 0x82))),
      ["PROFILE_SERIAL_NUMBER document signer"],
    ],
    [
      "zero for a serial number",
      () => signer({ serialNumber: 0n }),
      ["PROFILE_SERIAL_NUMBER document signer"],
    ],
    [
      "a country in small letters",
      () =>
        signer({
          subject: [
            ["countryName", "ut"],
            ["commonName", "DS"],
          ],
        }),
      ["PROFILE_COUNTRY_NAME document signer", "PROFILE_COUNTRIES_DIFFER document signer"],
    ],
    [
      "another country than its issuer's",
      () =>
        signer({
          subject: [
            ["countryName", "DE"],
            ["commonName", "DS"],
          ],
        }),
      ["PROFILE_COUNTRIES_DIFFER document signer"],
    ],
    [
      "no common name",
      () => signer({ subject: [["countryName", "UT"]] }),
      ["PROFILE_COMMON_NAME document signer"],
    ],
    [
      "a name in a string type of old",
      () =>
        resigned((fields) => {
          const subject = fields[5]!.slice();
          subject[subject.lastIndexOf(TAG.utf8String)] = TAG.t61String;
          return replaced(5, subject)(fields);
        }),
      ["PROFILE_NAME_TYPE document signer"],
    ],
    [
      "a validity without seconds",
      () => resigned(replaced(4, derSequence(time("2401010000Z"), time("340101000000Z")))),
      ["PROFILE_TIME_ENCODING document signer"],
    ],
    [
      "a validity in the wrong type",
      () =>
        resigned(
          replaced(
            4,
            derSequence(
              encodeTlv(TAG.generalizedTime, ascii("20240101000000Z")),
              time("340101000000Z"),
            ),
          ),
        ),
      ["PROFILE_TIME_ENCODING document signer"],
    ],
    [
      "unique identifiers",
      () =>
        resigned((fields) => [
          ...fields.slice(0, 7),
          encodeTlv(0x81, Uint8Array.of(0, 1)),
          ...fields.slice(7),
        ]),
      ["PROFILE_UNIQUE_IDENTIFIER document signer"],
    ],
    [
      "a curve by its name",
      () => signer({ publicKey: publicKeyOf(SIGNER_KEY, portableCrypto) }),
      ["PROFILE_NAMED_CURVE document signer"],
    ],
    [
      "more usages of its key",
      () =>
        signer({
          extensions: [...without("2.5.29.15"), x.keyUsage("digitalSignature", "nonRepudiation")],
        }),
      ["PROFILE_KEY_USAGE document signer"],
    ],
    [
      "an alternative name without the code",
      () =>
        signer({
          extensions: [...without("2.5.29.17"), x.alternativeName("subjectAltName", "utopia")],
        }),
      ["PROFILE_ALTERNATIVE_NAME document signer"],
    ],
    [
      "no list of document types, no distribution point",
      () => signer({ extensions: without("2.23.136.1.1.6.2", "2.5.29.31") }),
      [
        "PROFILE_EXTENSION_ABSENT document signer: cRLDistributionPoints",
        "PROFILE_EXTENSION_ABSENT document signer: documentTypeList",
      ],
    ],
    [
      "extensions that it must not have",
      () =>
        signer({
          extensions: [
            ...RIGHT_SIGNER.extensions,
            { id: "2.5.29.46", critical: false, value: Uint8Array.of(0x30, 0) },
          ],
        }),
      ["PROFILE_EXTENSION_FORBIDDEN document signer: freshestCRL"],
    ],
    [
      "an extension that is critical and must not be",
      () =>
        signer({
          extensions: [
            ...without("2.5.29.17"),
            { ...x.alternativeName("subjectAltName", "UTO"), critical: true },
          ],
        }),
      ["PROFILE_CRITICALITY document signer: subjectAltName"],
    ],
    [
      "no limit of paths, of an authority",
      () =>
        authority({
          extensions: [
            ...RIGHT_AUTHORITY.extensions.filter(({ id }) => id !== "2.5.29.19"),
            { id: "2.5.29.19", critical: true, value: derSequence(Uint8Array.of(1, 1, 0xff)) },
          ],
        }),
      ["PROFILE_PATH_LENGTH authority"],
    ],
    [
      "no key usage, of an authority",
      () =>
        authority({
          extensions: RIGHT_AUTHORITY.extensions.filter(({ id }) => id !== "2.5.29.15"),
        }),
      ["PROFILE_EXTENSION_ABSENT authority: keyUsage"],
    ],
  ];
  const time = (text: string): Uint8Array => encodeTlv(TAG.utcTime, ascii(text));

  test.each(cases)("%s", (_, find, expected) => {
    expect(find()).toEqual(expected);
  });

  test("SHA-1, of an authority", () => {
    const anchor = makeAuthority(RIGHT_AUTHORITY);
    const [tbs] = decodeTlv(anchor).children();
    const sha1 = Uint8Array.of(0x30, 9, 6, 7, 0x2a, 0x86, 0x48, 0xce, 0x3d, 4, 1);
    const fields = tbs!.children().map(({ bytes }) => bytes);
    const signed = derSequence(...replaced(2, sha1)(fields));
    const bytes = derSequence(signed, sha1, derBitString(new Uint8Array(8)));
    expect(findings(makeSignerCertificate(RIGHT_SIGNER), bytes)).toEqual([
      "PROFILE_HASH_ALGORITHM authority",
    ]);
  });

  test("of a link certificate, wherever it comes from", () => {
    const certificate = makeSignerCertificate({ ...RIGHT_SIGNER, issuerKey: RENEWED_KEY });
    const [_, ...extensions] = linkExtensions(AUTHORITY_KEY, RENEWED_KEY);
    const bytes = makeLink({
      extensions: [...extensions, ...more()],
      publicKey: written(RENEWED_KEY),
    });
    const trust = trustingAlso({ type: "link-certificate", bytes });
    const { deviations } = verify(makeFiles({ certificate }), { trust });
    expect(deviations).toContainEqual({
      code: "PROFILE_EXTENSION_ABSENT",
      where: "link certificate: authorityKeyIdentifier",
    });
    const asAnchor = verify(makeFiles({ certificate }), { trust: trusting(makeLink()) });
    expect(asAnchor.deviations.map(({ where }) => where)).toContain(
      "link certificate: privateKeyUsagePeriod",
    );
  });
});

test("each code of the profile stands in a test above", async () => {
  const codes = Object.keys(DEVIATIONS).filter((code) => code.startsWith("PROFILE_"));
  const { readFileSync } = await import("node:fs");
  const source = readFileSync(new URL(import.meta.url), "utf8");
  expect(
    codes.filter((code) => !source.includes(`"${code} `) && !source.includes(`"${code}"`)),
  ).toEqual([]);
});

test("no two rows speak of one extension", () => {
  expect(new Set(EXTENSION_PROFILE.map(({ id }) => id)).size).toBe(EXTENSION_PROFILE.length);
});

test("the simulator's certificates follow the profile, but for curves by their names", () => {
  const trust = createTrustStore(
    simulatorAnchors().map((bytes) => ({ type: "certificate", bytes })),
  );
  for (const profile of ["bac-rsa", "bac-rsa-pss", "bac-brainpool"] as const) {
    expect(verify(personalise(profile).files, { trust }).deviations).toEqual([]);
  }
  const codes = verify(personalise("bac-ecdsa").files, { trust }).deviations.map(
    ({ code }) => code,
  );
  expect(new Set(codes)).toEqual(new Set(["PROFILE_NAMED_CURVE"]));
  expect(simulatorSigner("ecdsa").certificate).toBeDefined();
});
