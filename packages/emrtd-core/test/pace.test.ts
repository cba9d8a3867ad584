import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { pace } from "../src/access/pace.js";
import { createPaceChip } from "../src/access/pace-chip.js";
import { passwordKey } from "../src/access/pace-keys.js";
import { PACE_PROTOCOLS, paceProtocol } from "../src/access/pace-protocol.js";
import type { Password } from "../src/access/password.js";
import { rfc5114Group } from "../src/crypto/dh-groups.js";
import type { KeyAgreementParameters } from "../src/crypto/key-agreement.js";
import {
  type CommandApdu,
  decodeOid,
  decodeResponseApdu,
  domainParameters,
  encodeCommandApdu,
  fromBigInt,
  fromHex,
  portableCrypto,
  toBigInt,
  toHex,
} from "../src/index.js";

const vectors = JSON.parse(
  readFileSync(new URL("vectors/icao-9303-11-pace.json", import.meta.url), "utf8"),
);

/** Hands out the given values one after the other, whatever length is asked for. */
const tape = (...values: readonly string[]) => {
  const left = [...values];
  return (length: number): Uint8Array => {
    const value = fromHex(left.shift() ?? "");
    expect(value.length).toBe(length);
    return value;
  };
};

/** The chip's second key of I.1 is printed beyond the order of the curve; its remainder is the same key. */
const reduced = (privateKey: string): string => {
  const bytes = fromHex(privateKey);
  const { n } = domainParameters("brainpoolP256r1");
  return toHex(fromBigInt(toBigInt(bytes) % n, bytes.length));
};

const password: Password = {
  documentNumber: "T22000129",
  dateOfBirth: "640812",
  dateOfExpiry: "101031",
};
const brainpool: KeyAgreementParameters = { type: "EC", curve: "brainpoolP256r1" };
const prime: KeyAgreementParameters = { type: "DH", group: rfc5114Group(0)! };

describe.each([
  ["G.1, ECDH with generic mapping", vectors.appendixG1, password, brainpool, []],
  // The last answer is printed with a reference and without its status word.
  ["G.2, DH with generic mapping", vectors.appendixG2, password, prime, ["DETESTCVCA00003"]],
  [
    "I.1, chip authentication mapping",
    vectors.appendixI1,
    { documentNumber: "C11T002JM", dateOfBirth: "960812", dateOfExpiry: "231031" },
    brainpool,
    [],
  ],
])("Doc 9303-11 appendix %s", (_, vector, access, parameters, authorityReferences) => {
  const protocol = paceProtocol(decodeOid(fromHex(vector.oidBytes)))!;

  test("the terminal sends what is printed", () => {
    const run = pace(access, protocol, parameters, {
      random: tape(vector.map.ifdPrivate, vector.keyAgreement.ifdPrivate),
      crypto: portableCrypto,
    });
    let step = run.next();
    for (const { c, r } of vector.apdus) {
      const sent = toHex(encodeCommandApdu(step.value as CommandApdu));
      // The document prints the second command without its Le.
      expect([c, `${c}00`]).toContain(sent);
      step = run.next(decodeResponseApdu(fromHex(r)));
    }
    expect(step.done).toBe(true);
    const result = step.value as Exclude<typeof step.value, CommandApdu>;
    const { session, transcript } = result;
    expect(toHex(session.encryptionKey)).toBe(vector.ksEnc);
    expect(toHex(session.macKey)).toBe(vector.ksMac);
    expect(session.sendSequenceCounter).toEqual(new Uint8Array(16));
    expect(toHex(transcript.nonce)).toBe(vector.nonce);
    expect(result.authorityReferences).toEqual(authorityReferences);
  });

  test("the chip answers what is printed", () => {
    const chip = createPaceChip({
      protocol,
      parameters,
      passwordKey: passwordKey(access, protocol.cipher, portableCrypto),
      random: tape(vector.nonce, vector.map.icPrivate, reduced(vector.keyAgreement.icPrivate)),
      crypto: portableCrypto,
      authorityReferences,
      chipAuthenticationData: () => fromHex(vector.cam.chipAuthData),
    });
    for (const { c, r } of vector.apdus.slice(1)) {
      const length = Number.parseInt(c.slice(8, 10), 16);
      const step = chip.step(fromHex(c.slice(10, 10 + 2 * length)));
      expect(step.state).not.toBe("refused");
      expect("data" in step && `${toHex(step.data)}9000`).toBe(r);
    }
  });
});

describe.each([
  ["G.2, DH with generic mapping", vectors.appendixG2, prime],
  ["H.1, ECDH with integrated mapping", vectors.appendixH1, brainpool],
  ["H.2, DH with integrated mapping", vectors.appendixH2, prime],
] as const)("Doc 9303-11 appendix %s: values", (_, vector, parameters) => {
  test("public keys, secret, session keys and tokens are those that are printed", async () => {
    const { keyAgreementGroup } = await import("../src/crypto/key-agreement.js");
    const { agreedSession, authenticationToken, encryptNonce, ephemeralKeyObject } = await import(
      "../src/access/pace-keys.js"
    );
    const group = keyAgreementGroup(parameters, portableCrypto);
    const agreement = vector.keyAgreement ?? vector;
    const generator = fromHex(vector.map?.mappedGenerator ?? vector.mappedGenerator);
    const kPi = fromHex(vector.kPi);
    expect(toHex(encryptNonce("AES-128", kPi, fromHex(vector.nonce), portableCrypto))).toBe(
      vector.encryptedNonce,
    );
    for (const [own, other, token] of [
      ["ifd", "ic", "tIfd"],
      ["ic", "ifd", "tIc"],
    ]) {
      const privateKey = fromHex(agreement[`${own}Private`]);
      const peer = fromHex(agreement[`${other}Public`]);
      expect(toHex(group.power(generator, privateKey))).toBe(agreement[`${own}Public`]);
      const secret = group.secretOf(group.power(peer, privateKey));
      expect(toHex(secret)).toBe(agreement.sharedSecret);
      const session = agreedSession("AES-128", secret, portableCrypto);
      expect(toHex(session.encryptionKey)).toBe(vector.ksEnc);
      expect(toHex(session.macKey)).toBe(vector.ksMac);
      const object = ephemeralKeyObject(decodeOid(fromHex(vector.oidBytes)), parameters.type, peer);
      expect(toHex(authenticationToken(session, object, portableCrypto))).toBe(vector[token!]);
    }
  });
});

test("G.2: the key of the password", () => {
  expect(toHex(passwordKey(password, "AES-128", portableCrypto))).toBe(vectors.appendixG2.kPi);
  expect(PACE_PROTOCOLS).toHaveLength(19);
});

describe("the encrypted nonce", () => {
  /** How the terminal takes a nonce of so many bytes: with its next command, or with an error. */
  const taking = (oid: string, length: number) => {
    const run = pace({ can: "123456" }, paceProtocol(oid)!, brainpool, {
      random: (count) => new Uint8Array(count).fill(1),
      crypto: portableCrypto,
    });
    run.next();
    run.next({ data: new Uint8Array(0), statusWord: 0x9000 });
    const answer = fromHex(
      `7c${(length + 2).toString(16).padStart(2, "0")}80${length.toString(16).padStart(2, "0")}`,
    );
    return () =>
      run.next({ data: Uint8Array.of(...answer, ...new Uint8Array(length)), statusWord: 0x9000 });
  };

  test.each([
    ["3DES", "0.4.0.127.0.7.2.2.4.2.1", [8, 16, 24, 64], [0, 4, 12, 72]],
    ["AES-256", "0.4.0.127.0.7.2.2.4.2.4", [16, 32, 48, 64], [0, 8, 24, 80]],
    ["AES-256, integrated", "0.4.0.127.0.7.2.2.4.4.4", [32], [0, 16, 48, 64]],
  ])("with %s has whole blocks, and not too many", (_, oid, good, bad) => {
    for (const length of good) expect(taking(oid, length)().value).toMatchObject({ ins: 0x86 });
    for (const length of bad) {
      expect(taking(oid, length)).toThrow(
        expect.objectContaining({ code: "ACCESS_ANSWER_INVALID" }),
      );
    }
  });
});
