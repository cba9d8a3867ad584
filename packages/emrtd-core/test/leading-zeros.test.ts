import { createDiffieHellman, createECDH } from "node:crypto";
import { describe, expect, test } from "vitest";
import { paceProtocol } from "../src/access/pace-protocol.js";
import { chipAuthenticationSession } from "../src/authentication/chip-authentication.js";
import { answerChipAuthentication } from "../src/authentication/chip-authentication-chip.js";
import { CHIP_AUTHENTICATION_PROTOCOLS } from "../src/authentication/chip-authentication-offers.js";
import { fromHex, toHex } from "../src/bytes.js";
import { CURVES, type CurveName } from "../src/crypto/curves.js";
import { rfc5114Group } from "../src/crypto/dh-groups.js";
import { keyAgreementGroup } from "../src/crypto/key-agreement.js";
import { portableCrypto } from "../src/crypto/portable.js";
import { type DhSecretKey, type EcSecretKey, publicKeyOf } from "../src/crypto/private-key.js";
import type { DhKey, EcKey } from "../src/crypto/public-key.js";
import { standardizedDomainParameters } from "../src/crypto/standardized-domain-parameters.js";
import { nodeCrypto } from "../src/node/index.js";
import { PACE_COMBINATIONS } from "./support/pace-combinations.js";
import { runPace } from "./support/pace-run.js";
import vectors from "./vectors/leading-zeros.json" with { type: "json" };

const PROVIDERS = [portableCrypto, nodeCrypto] as const;

/** Hands out the given values one after the other, whatever length is asked for. */
const tape = (...values: readonly string[]) => {
  const left = [...values];
  return (length: number): Uint8Array => {
    const value = fromHex(left.shift() ?? "");
    expect(value.length).toBe(length);
    return value;
  };
};

const groupOf = (name: string) =>
  name.startsWith("RFC 5114") ? rfc5114Group(Number(name.at(-1)))! : undefined;

/** The first byte of P-521 has one bit: there two bytes are zero. */
const zerosOf = (name: string) => (name === "P-521" ? "0000" : "00");

const chipKeyOf = ({ group: name, chipPrivate }: (typeof vectors.agreements)[number]) => {
  const group = groupOf(name);
  const key: EcSecretKey | DhSecretKey = group
    ? { type: "DH", ...group, privateValue: fromHex(chipPrivate) }
    : {
        type: "EC",
        curve: name as CurveName,
        scalar: fromHex(chipPrivate),
        explicitParameters: false,
      };
  return key;
};

describe("secrets that begin with zeros, in chip authentication", () => {
  test("there is one for each curve and each group", () => {
    const names = [
      ...CURVES.map(({ name }) => name),
      ...[0, 1, 2].map((id) => `RFC 5114 group ${id}`),
    ];
    expect(vectors.agreements.map(({ group }) => group)).toEqual(names);
    for (const { group, secret } of vectors.agreements)
      expect(secret.startsWith(zerosOf(group))).toBe(true);
  });

  test.each(vectors.agreements)("$group: node:crypto comes to the same", (row) => {
    const group = groupOf(row.group);
    if (group) {
      const dh = createDiffieHellman(Buffer.from(group.prime), Buffer.from(group.generator));
      dh.setPrivateKey(Buffer.from(row.terminalPrivate, "hex"));
      const secret = dh.computeSecret(Buffer.from(row.chipPublic, "hex"));
      expect(secret.toString("hex").padStart(2 * group.prime.length, "0")).toBe(row.secret);
    } else {
      const ecdh = createECDH(OPENSSL_NAMES[row.group] ?? row.group);
      ecdh.setPrivateKey(row.terminalPrivate, "hex");
      expect(ecdh.computeSecret(row.chipPublic, "hex", "hex")).toBe(row.secret);
    }
  });

  describe.each(PROVIDERS)("with $name cryptography", (crypto) => {
    test.each(vectors.agreements)("$group: both sides come to one session", (row) => {
      const key = chipKeyOf(row);
      const publicKey = publicKeyOf(key, crypto) as EcKey | DhKey;
      const parameters =
        key.type === "EC"
          ? ({ type: "EC", curve: key.curve } as const)
          : ({ type: "DH", group: key } as const);
      const group = keyAgreementGroup(parameters, crypto);
      const terminalPrivate = fromHex(row.terminalPrivate);
      const terminalPublic = group.power(group.generator, terminalPrivate);
      expect(toHex(group.secretOf(group.power(fromHex(row.chipPublic), terminalPrivate)))).toBe(
        row.secret,
      );
      const agreement = key.type === "EC" ? "ECDH" : "DH";
      const protocols = CHIP_AUTHENTICATION_PROTOCOLS.filter(
        (known) => known.agreement === agreement,
      );
      for (const protocol of protocols) {
        const terminal = chipAuthenticationSession(
          { protocol, publicKey },
          terminalPrivate,
          crypto,
        );
        expect(answerChipAuthentication(key, protocol, terminalPublic, crypto)).toEqual(terminal);
        if (protocol.cipher === "AES-128") {
          // Doc 9303-11, 9.7.1.2: the beginning of SHA-1 over every byte of the secret and a counter of 1.
          const hash = crypto.hash("SHA-1", fromHex(`${row.secret}00000001`));
          expect(terminal.encryptionKey).toEqual(hash.subarray(0, 16));
        }
      }
    });
  });
});

const OPENSSL_NAMES: Readonly<Record<string, string>> = {
  "P-192": "prime192v1",
  "P-224": "secp224r1",
  "P-256": "prime256v1",
  "P-384": "secp384r1",
  "P-521": "secp521r1",
};

describe("secrets that begin with zeros, in PACE", () => {
  test("there is one for each agreement, mapping and identifier of parameters", () => {
    const { allowed } = PACE_COMBINATIONS;
    const names = allowed
      .filter(({ protocol }) => protocol.cipher === "AES-128" && protocol.mapping !== "CAM")
      .map(({ protocol, id }) => `${protocol.oid} ${id}`);
    expect(vectors.pace.map((row) => `${row.protocol} ${row.parameterId}`)).toEqual(names);
  });

  describe.each(PROVIDERS)("with $name cryptography", (crypto) => {
    test.each(vectors.pace)("$protocol on $parameterId: both sides come to one session", (row) => {
      const protocol = paceProtocol(row.protocol)!;
      const parameters = standardizedDomainParameters(row.parameterId)!;
      const mapping = row.chipMapping === undefined ? [] : [row.chipMapping];
      const { chip, terminal } = runPace({
        protocol,
        parameters,
        crypto,
        terminalRandom: tape(row.terminalMapping, row.terminalPrivate),
        chipRandom: tape(row.nonce, ...mapping, row.chipPrivate),
      });
      expect(chip).toEqual(terminal.session);
      const { chipPublicKey, privateKey } = terminal.transcript.agreement;
      const group = keyAgreementGroup(parameters, crypto);
      // On the way integers have no leading zeros (Doc 9303-11, 9.4.1); the secret keeps them.
      expect(chipPublicKey).toEqual(group.encode(fromHex(row.chipPublic)));
      expect(toHex(group.secretOf(group.power(chipPublicKey, privateKey)))).toBe(row.secret);
      expect(row.secret.startsWith(zerosOf(group.name))).toBe(true);
    });
  });
});
