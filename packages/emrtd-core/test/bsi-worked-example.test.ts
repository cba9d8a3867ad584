import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { pace } from "../src/access/pace.js";
import { createPaceChip } from "../src/access/pace-chip.js";
import { passwordKey } from "../src/access/pace-keys.js";
import { encodeAuthenticationData } from "../src/access/pace-messages.js";
import { paceOffers } from "../src/access/pace-offers.js";
import { chipAuthenticationProtocol } from "../src/authentication/chip-authentication-offers.js";
import { terminalAuthentication } from "../src/authentication/terminal.js";
import { compressKey, terminalMessage } from "../src/authentication/terminal-binding.js";
import { createTerminalChip } from "../src/authentication/terminal-chip.js";
import {
  decodeTerminalCredentials,
  terminalChain,
} from "../src/authentication/terminal-credentials.js";
import { selectVerificationKey } from "../src/authentication/terminal-messages.js";
import {
  answerChipAuthenticationVersionTwo,
  chipAuthenticationVersionTwo,
} from "../src/authentication/version-two/chip-authentication.js";
import {
  encodeAuxiliaryData,
  terminalMessageVersionTwo,
} from "../src/authentication/version-two/terminal-authentication.js";
import { fromBigInt, fromHex, toBigInt, toHex } from "../src/bytes.js";
import { domainParameters } from "../src/crypto/curves.js";
import { rfc5114Group } from "../src/crypto/dh-groups.js";
import { type KeyAgreementParameters, keyAgreementGroup } from "../src/crypto/key-agreement.js";
import { portableCrypto } from "../src/crypto/portable.js";
import { decodePrivateKey } from "../src/crypto/private-key.js";
import { holderAuthorization } from "../src/cvc/authorization.js";
import { decodeCvCertificate } from "../src/cvc/certificate.js";
import { trustPointOf } from "../src/cvc/key.js";
import { terminalAuthenticationProtocol } from "../src/cvc/protocol.js";
import { signPlain, verifyPlainSignature } from "../src/cvc/signature.js";
import { verifyCvChain } from "../src/cvc/verify.js";
import type { CommandApdu } from "../src/iso7816/command-apdu.js";
import type { ResponseApdu } from "../src/iso7816/response-apdu.js";
import { createSecureMessaging } from "../src/iso7816/secure-messaging.js";
import { createChipSecureMessaging } from "../src/iso7816/secure-messaging-chip.js";
import { decodeCardAccess } from "../src/lds/card-access.js";
import { nodeCrypto } from "../src/node/index.js";

const vectors = JSON.parse(
  readFileSync(new URL("vectors/bsi-eac-worked-example.json", import.meta.url), "utf8"),
);

const GROUP = rfc5114Group(0)!;
const RUNS = [
  {
    name: "ECDH",
    vector: vectors.ecdh,
    parameters: { type: "EC", curve: "brainpoolP256r1" },
    order: domainParameters("brainpoolP256r1").n,
  },
  {
    name: "DH",
    vector: vectors.dh,
    parameters: { type: "DH", group: GROUP },
    order: toBigInt(GROUP.subgroupOrder),
  },
] as const;

/** Integers are printed with the zeros that DER puts in front, or without any of their own. */
const element = (hex: string, { type, ...parameters }: KeyAgreementParameters): Uint8Array =>
  type === "EC"
    ? fromHex(hex)
    : fromBigInt(
        toBigInt(fromHex(hex)),
        (parameters as { group: typeof GROUP }).group.prime.length,
      );

/** Private keys of the DH run are as wide as the prime; their remainders are the same keys. */
const privateKey = (hex: string, order: bigint): Uint8Array =>
  fromBigInt(toBigInt(fromHex(hex)) % order, Math.ceil(order.toString(16).length / 2));

const tape = (...values: readonly Uint8Array[]) => {
  const left = [...values];
  return (length: number): Uint8Array => {
    const value = left.shift();
    expect(value).toHaveLength(length);
    return value!;
  };
};

/** Runs a conversation over whatever answers its commands. */
const converse = <T>(
  protocol: Generator<CommandApdu, T, ResponseApdu>,
  answer: (command: CommandApdu) => ResponseApdu,
): T => {
  let step = protocol.next();
  while (!step.done) step = protocol.next(answer(step.value));
  return step.value;
};

const ok = (data: Uint8Array = new Uint8Array()): ResponseApdu => ({ data, statusWord: 0x9000 });

describe.each(RUNS)("BSI worked example, $name", ({ vector, parameters, order }) => {
  describe.each([portableCrypto, nodeCrypto])("with $name", (crypto) => {
    const group = keyAgreementGroup(parameters, crypto);
    const offer = paceOffers(decodeCardAccess(fromHex(vector.efCardaccess)).securityInfos)[0]!;
    const point = (hex: string) => element(hex, parameters);
    const scalar = (hex: string) => privateKey(hex, order);

    const paceSession = () => ({
      cipher: "AES-128" as const,
      encryptionKey: fromHex(vector.kEnc),
      macKey: fromHex(vector.kMac),
      sendSequenceCounter: new Uint8Array(16),
    });

    test("EF.CardAccess offers what was used", () => {
      expect(offer.protocol).toMatchObject({
        agreement: parameters.type === "EC" ? "ECDH" : "DH",
        mapping: "GM",
        cipher: "AES-128",
      });
      expect(keyAgreementGroup(offer.parameters, crypto).name).toBe(group.name);
    });

    test("PACE, the terminal: sends what is printed and agrees on the printed keys", () => {
      const sent: string[] = [];
      const answers = [
        ok(),
        [0x80, fromHex(vector.nonceEnc)],
        [0x82, point(vector.mapPiccPubKey)],
        [0x84, point(vector.piccPubKey)],
        [0x86, fromHex(vector.authenticationTokenPicc)],
      ] as const;
      const result = converse(
        pace({ pin: vectors.pin }, offer.protocol, offer.parameters, {
          random: tape(scalar(vector.mapPcdPrivKey), scalar(vector.pcdPrivKey)),
          crypto,
        }),
        ({ data }) => {
          const answer = answers[sent.length]!;
          sent.push(toHex(data ?? new Uint8Array()));
          return "statusWord" in answer ? answer : ok(encodeAuthenticationData([answer]));
        },
      );
      const objects: [number, Uint8Array][] = [
        [0x81, point(vector.mapPcdPubKey)],
        [0x83, point(vector.pcdPubKey)],
        [0x85, fromHex(vector.authenticationTokenPcd)],
      ];
      expect(sent.slice(2)).toEqual(
        objects.map((object) => toHex(encodeAuthenticationData([object]))),
      );
      expect(toHex(result.transcript.nonce)).toBe(vector.nonce);
      expect(result.session).toEqual(paceSession());
    });

    test("PACE, the chip: answers what is printed and agrees on the printed keys", () => {
      const chip = createPaceChip({
        protocol: offer.protocol,
        parameters: offer.parameters,
        passwordKey: passwordKey({ pin: vectors.pin }, "AES-128", crypto),
        random: tape(
          fromHex(vector.nonce),
          scalar(vector.mapPiccPrivKey),
          scalar(vector.piccPrivKey),
        ),
        crypto,
      });
      const given: [number, Uint8Array][][] = [
        [],
        [[0x81, point(vector.mapPcdPubKey)]],
        [[0x83, point(vector.pcdPubKey)]],
        [[0x85, fromHex(vector.authenticationTokenPcd)]],
      ];
      const steps = given.map((objects) => chip.step(encodeAuthenticationData(objects)));
      const answered = (tag: number, value: Uint8Array) => encodeAuthenticationData([[tag, value]]);
      expect(steps.map((step) => "data" in step && step.data)).toEqual([
        answered(0x80, fromHex(vector.nonceEnc)),
        answered(0x82, point(vector.mapPiccPubKey)),
        answered(0x84, point(vector.piccPubKey)),
        answered(0x86, fromHex(vector.authenticationTokenPicc)),
      ]);
      expect(steps.at(-1)).toMatchObject({ state: "done", session: paceSession() });
    });

    const certificate = (hex: string) => decodeCvCertificate(fromHex(hex));
    const cvca = certificate(vector.cvcaCert);
    const dv = certificate(vector.dvCert);
    const terminal = certificate(vector.taCert);
    // The printed authority is one for inspection systems, the others are authentication terminals: a
    // chip for the latter holds its key as one for them.
    const trustPoint = {
      ...trustPointOf(cvca),
      authorization: holderAuthorization("AT", "CVCA", dv.authorization.rights),
    };
    const trust = { currentDate: dv.effectiveDate, trustPoints: [trustPoint] };

    test("secure messaging protects the name of the authority as printed, on both sides", () => {
      const command = selectVerificationKey(cvca.holderReference);
      expect(toHex(command.data!)).toBe(vector.d1);
      const channel = createSecureMessaging(paceSession(), crypto);
      const wrapped = channel.protect(command);
      expect(toHex(wrapped.data!)).toContain(vector.e1);
      const chip = createChipSecureMessaging(paceSession(), crypto);
      expect(toHex(chip.unprotect(wrapped).data!)).toBe(vector.d1);
      const answer = chip.protect(ok());
      expect(toHex(answer.data)).toBe(`${vector.ad1}8e08${vector.a1}`);
      expect(channel.unprotect(answer)).toEqual(ok());
    });

    test("the chain holds", () => {
      const result = verifyCvChain([dv, terminal], trust, crypto);
      expect(result).toMatchObject({
        status: "passed",
        key: {
          reference: "DETESTATDE019",
          authorization: { rights: ["can-allowed", "read-eid-dg1"] },
        },
      });
      const printed = { ...trust, trustPoints: [trustPointOf(cvca)] };
      expect(verifyCvChain([dv], printed, crypto)).toMatchObject({
        reason: "TERMINAL_TYPE_MISMATCH",
      });
    });

    test("the authority signed its own certificate", () => {
      const { key, protocol } = trustPointOf(cvca);
      const { algorithm } = terminalAuthenticationProtocol(protocol)!;
      expect(verifyPlainSignature(key, algorithm, cvca.body, cvca.signature, crypto)).toBe(true);
    });

    const binding = {
      chipIdentifier: compressKey(parameters.type, point(vector.piccPubKey), crypto),
      terminalKey: compressKey(parameters.type, point(vector.caPcdPubKey), crypto),
    };
    const terminalKey = decodePrivateKey(fromHex(vector.taPcdKey));
    const credentials = decodeTerminalCredentials(
      {
        certificates: [vector.taCert, vector.cvcaCert, vector.dvCert].map(fromHex),
        privateKey: terminalKey,
      },
      crypto,
    );

    test("the printed signature is that of the terminal", () => {
      const chain = verifyCvChain([dv, terminal], trust, crypto);
      if (chain.status !== "passed") throw new Error(chain.reason);
      const { algorithm } = terminalAuthenticationProtocol(chain.key.protocol)!;
      const message = terminalMessageVersionTwo(binding, fromHex(vector.taNonce));
      const verify = (bytes: Uint8Array) =>
        verifyPlainSignature(
          chain.key.key,
          algorithm,
          bytes,
          fromHex(vector.taPcdSignature),
          crypto,
        );
      expect(verify(message)).toBe(true);
      expect(verify(Uint8Array.of(...message, 0))).toBe(false);
      expect(
        verify(
          terminalMessageVersionTwo(binding, fromHex(vector.taNonce), encodeAuxiliaryData([])),
        ),
      ).toBe(false);
      // RSA signs without chance, so that the very bytes come out again.
      if (terminalKey.type === "RSA") {
        const tools = { crypto, random: tape() };
        expect(toHex(signPlain(terminalKey, algorithm, message, tools))).toBe(
          vector.taPcdSignature,
        );
      }
    });

    test("the chip accepts the printed chain and signature", () => {
      const chip = createTerminalChip({
        trust,
        onTrust: () => {},
        random: tape(fromHex(vector.taNonce)),
        crypto,
      });
      for (const certificate of [dv, terminal]) {
        const { authorityReference, bytes } = certificate;
        const name = Uint8Array.from(authorityReference, (c) => c.charCodeAt(0));
        expect(chip.selectVerificationKey(name)).toBe(0x9000);
        // The value of 7F21, whose length takes three bytes.
        expect(chip.verifyCertificate(bytes.subarray(5))).toBe(0x9000);
      }
      const own = Uint8Array.from(terminal.holderReference, (c) => c.charCodeAt(0));
      expect(chip.selectAuthenticationKey(own)).toBe(0x9000);
      expect(toHex(chip.challenge()!)).toBe(vector.taNonce);
      expect(chip.authenticate(fromHex(vector.taPcdSignature), binding)).toBe(0x9000);
      expect(chip.authorization?.rights).toEqual(["can-allowed", "read-eid-dg1"]);
    });

    test("the terminal sends the printed chain and signs the printed challenge", () => {
      const chain = terminalChain(credentials, [cvca.holderReference])!;
      expect(chain.map(({ holderReference }) => holderReference)).toEqual([
        "DETESTDVDE019",
        "DETESTATDE019",
      ]);
      const sent: CommandApdu[] = [];
      const run = converse(
        terminalAuthentication(chain, terminalKey, binding, { crypto, random: tape() }),
        (command) => {
          sent.push(command);
          return ok(command.ins === 0x84 ? fromHex(vector.taNonce) : undefined);
        },
      );
      expect(run.statusWord).toBe(0x9000);
      expect(toHex(sent[0]!.data!)).toBe(vector.d1);
      expect(toHex(sent[1]!.data!)).toBe(vector.dvCert.slice(10));
      expect(toHex(sent[3]!.data!)).toBe(vector.taCert.slice(10));
      const chainResult = verifyCvChain([dv, terminal], trust, crypto);
      if (chainResult.status !== "passed") throw new Error(chainResult.reason);
      const { key, protocol } = chainResult.key;
      const message = terminalMessage(binding, fromHex(vector.taNonce));
      const { algorithm } = terminalAuthenticationProtocol(protocol)!;
      expect(verifyPlainSignature(key, algorithm, message, run.signature, crypto)).toBe(true);
    });

    const caProtocol = chipAuthenticationProtocol(
      `0.4.0.127.0.7.2.2.3.${parameters.type === "EC" ? 2 : 1}.2`,
    )!;
    const chipKey = { protocol: caProtocol, parameters };
    const expected = {
      cipher: "AES-128",
      encryptionKey: fromHex(vector.caKEnc),
      macKey: fromHex(vector.caKMac),
      sendSequenceCounter: new Uint8Array(16),
    };

    test("chip authentication version 2, the terminal", () => {
      const sent: CommandApdu[] = [];
      const answers = [
        ok(),
        ok(
          encodeAuthenticationData([
            [0x81, fromHex(vector.caNonce)],
            [0x82, fromHex(vector.caPiccToken)],
          ]),
        ),
      ];
      const session = converse(
        chipAuthenticationVersionTwo(
          chipKey,
          point(vector.caPiccPubKey),
          scalar(vector.caPcdPrivKey),
          { crypto },
        ),
        (command) => answers[sent.push(command) - 1]!,
      );
      expect(sent[1]!.data).toEqual(encodeAuthenticationData([[0x80, point(vector.caPcdPubKey)]]));
      expect(session).toEqual(expected);
    });

    test("chip authentication version 2, the chip", () => {
      const data = encodeAuthenticationData([[0x80, point(vector.caPcdPubKey)]]);
      const answer = (compressed: Uint8Array) =>
        answerChipAuthenticationVersionTwo(
          chipKey,
          scalar(vector.caPiccPrivKey),
          data,
          compressed,
          { crypto, random: () => fromHex(vector.caNonce) },
        );
      expect(answer(binding.terminalKey)).toEqual({
        data: encodeAuthenticationData([
          [0x81, fromHex(vector.caNonce)],
          [0x82, fromHex(vector.caPiccToken)],
        ]),
        session: expected,
      });
      expect(answer(binding.chipIdentifier)).toBeUndefined();
    });

    test("its shared secrets and static keys are those that are printed", () => {
      expect(group.power(group.generator, scalar(vector.caPiccPrivKey))).toEqual(
        point(vector.caPiccPubKey),
      );
      const secret = group.power(point(vector.caPiccPubKey), scalar(vector.caPcdPrivKey));
      expect(toHex(group.secretOf(secret))).toBe(vector.caSharedSecretK);
    });
  });
});
