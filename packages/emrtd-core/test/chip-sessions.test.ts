import { describe, expect, test } from "vitest";
import { agreedSession, authenticationToken, ephemeralKeyObject } from "../src/access/pace-keys.js";
import { mapGenerically } from "../src/access/pace-mapping.js";
import { decodeAuthenticationData, PACE_TAG } from "../src/access/pace-messages.js";
import { paceOffers } from "../src/access/pace-offers.js";
import { chipAuthentication } from "../src/authentication/chip-authentication.js";
import {
  mappingKeyOf,
  verifyChipAuthenticationMapping,
} from "../src/authentication/chip-authentication-mapping.js";
import { chipAuthenticationOffers } from "../src/authentication/chip-authentication-offers.js";
import { verifyChipAuthentication } from "../src/authentication/verify-chip-authentication.js";
import { concatBytes, fromHex, toHex } from "../src/bytes.js";
import { keyAgreementGroup } from "../src/crypto/key-agreement.js";
import { portableCrypto as crypto } from "../src/crypto/portable.js";
import { decodeCommandApdu, encodeCommandApdu } from "../src/iso7816/command-apdu.js";
import { protectedBy } from "../src/iso7816/protected-by.js";
import { decodeResponseApdu, encodeResponseApdu } from "../src/iso7816/response-apdu.js";
import { createSecureMessaging } from "../src/iso7816/secure-messaging.js";
import { createChipSecureMessaging } from "../src/iso7816/secure-messaging-chip.js";
import { selectFile } from "../src/iso7816/select.js";
import type { SecureMessagingCipher } from "../src/iso7816/sm-cipher.js";
import { decodeCardAccess } from "../src/lds/card-access.js";
import { decodeCardSecurity } from "../src/lds/card-security.js";
import { decodeDg14 } from "../src/lds/dg14.js";
import { fileByName } from "../src/lds/files.js";
import type { Protocol } from "../src/protocol.js";
import sessions from "./vectors/chip-sessions.json" with { type: "json" };

interface Exchange {
  readonly command: string;
  readonly answer: string;
}

/** Runs the terminal's side over what was exchanged; every command must be the one that was sent. */
const replay = <Result>(protocol: Protocol<Result>, exchanges: readonly Exchange[]): Result => {
  const left = [...exchanges];
  let step = protocol.next();
  while (!step.done) {
    const { command, answer } = left.shift()!;
    expect(toHex(encodeCommandApdu(step.value))).toBe(command);
    step = protocol.next(decodeResponseApdu(fromHex(answer)));
  }
  expect(left).toEqual([]);
  return step.value;
};

/** The object of a recorded GENERAL AUTHENTICATE. */
const sentObject = ({ command }: Exchange, tag: number): string =>
  toHex(decodeAuthenticationData(decodeCommandApdu(fromHex(command)).data!)!.get(tag)!);
const receivedObject = ({ answer }: Exchange, tag: number): Uint8Array =>
  decodeAuthenticationData(decodeResponseApdu(fromHex(answer)).data)!.get(tag)!;

/** What a recorded run of PACE comes to, each value that was sent compared on the way. */
const paceRun = (recorded: (typeof sessions.pace)[number]) => {
  const offer = paceOffers(decodeCardAccess(fromHex(recorded.cardAccess)).securityInfos)[0]!;
  const { protocol, parameters } = offer;
  const group = keyAgreementGroup(parameters, crypto);
  const [mapping, agreement, tokens] = recorded.apdus as [Exchange, Exchange, Exchange];
  const nonce = fromHex(recorded.nonce);

  const mappingKey = fromHex(recorded.mappingPrivateKey);
  expect(toHex(group.power(group.generator, mappingKey))).toBe(
    sentObject(mapping, PACE_TAG.terminalMapping),
  );
  const chipMappingKey = receivedObject(mapping, PACE_TAG.chipMapping);
  const generator = mapGenerically(group, nonce, group.power(chipMappingKey, mappingKey));

  const privateKey = fromHex(recorded.agreementPrivateKey);
  const publicKey = group.power(generator, privateKey);
  expect(toHex(publicKey)).toBe(sentObject(agreement, PACE_TAG.terminalPublicKey));
  const chipPublicKey = receivedObject(agreement, PACE_TAG.chipPublicKey);
  const secret = group.secretOf(group.power(chipPublicKey, privateKey));
  const session = agreedSession(protocol.cipher, secret, crypto);

  const tokenOver = (key: Uint8Array) =>
    authenticationToken(session, ephemeralKeyObject(protocol.oid, parameters.type, key), crypto);
  expect(toHex(tokenOver(chipPublicKey))).toBe(sentObject(tokens, PACE_TAG.terminalToken));
  const chipToken = receivedObject(tokens, PACE_TAG.chipToken);
  expect(toHex(tokenOver(publicKey))).toBe(toHex(chipToken));

  const transcript = {
    nonce,
    mapping: {
      type: "key-agreement" as const,
      privateKey: mappingKey,
      chipPublicKey: chipMappingKey,
    },
    agreement: { privateKey, chipPublicKey },
    chipToken,
    ...(protocol.mapping === "CAM"
      ? {
          encryptedChipAuthenticationData: receivedObject(
            tokens,
            PACE_TAG.encryptedChipAuthenticationData,
          ),
        }
      : {}),
  };
  return { offer, session, transcript };
};

describe.each(sessions.pace)("PACE with a passport of $country", (recorded) => {
  test("gives the keys, elements and tokens that were exchanged", () => {
    const { session } = paceRun(recorded);
    expect(toHex(session.encryptionKey)).toBe(recorded.encryptionKey);
    expect(toHex(session.macKey)).toBe(recorded.macKey);
  });
});

describe("chip authentication mapping with a passport of DE", () => {
  const recorded = sessions.pace.find(({ country }) => country === "DE")!;

  /** EF.CardSecurity as it was read, by the session of either side. */
  const readCardSecurity = (): Uint8Array => {
    const { session } = paceRun(recorded);
    const terminal = createSecureMessaging(session, crypto);
    const chip = createChipSecureMessaging(session, crypto);
    const parts = recorded.afterwards.map(({ command, answer }) => {
      const plain = chip.unprotect(decodeCommandApdu(fromHex(command)));
      expect(toHex(encodeCommandApdu(terminal.protect(plain)))).toBe(command);
      const content = terminal.unprotect(decodeResponseApdu(fromHex(answer)));
      expect(toHex(encodeResponseApdu(chip.protect(content)))).toBe(answer);
      return content.data;
    });
    return concatBytes(...parts);
  };

  test("EF.CardSecurity is read through the session, by both sides to the byte", () => {
    const file = readCardSecurity();
    expect(file).toHaveLength(1_862);
    const kinds = decodeCardSecurity(file).securityInfos.map(({ type }) => type);
    expect(kinds.filter((kind) => kind === "ChipAuthenticationPublicKeyInfo")).toHaveLength(2);
  });

  test("proves the key of EF.CardSecurity, of two the one with the identifier of the parameters", () => {
    const { offer, transcript } = paceRun(recorded);
    expect(offer).toMatchObject({ protocol: { mapping: "CAM" }, parameterId: 13 });
    const parameterId = 13;
    const { oid } = offer.protocol;
    const evidence = {
      protocol: "chip-authentication-mapping",
      oid,
      parameterId,
      transcript,
    } as const;
    const { securityInfos } = decodeCardSecurity(readCardSecurity());
    const key = mappingKeyOf(securityInfos, parameterId)!;
    expect(verifyChipAuthenticationMapping(evidence, key, crypto)).toBe(true);
    const other = mappingKeyOf(securityInfos, 72)!;
    expect(verifyChipAuthenticationMapping(evidence, other, crypto)).toBe(false);
  });
});

describe.each(sessions.chipAuthentication)("chip authentication of $country", (recorded) => {
  const infos = decodeDg14(fromHex(recorded.dg14)).securityInfos;
  const offer = chipAuthenticationOffers(infos)[0]!;
  const privateKey = fromHex(recorded.privateKey);
  const opened = {
    cipher: recorded.session.cipher as SecureMessagingCipher,
    encryptionKey: fromHex(recorded.session.encryptionKey),
    macKey: fromHex(recorded.session.macKey),
  };
  const agreement = recorded.apdus.slice(0, -1);
  const first = recorded.apdus.at(-1)!;

  /** The chip of MY was never asked for MSE:Set KAT: a refusal is put before what was recorded. */
  const refusesTemplate = recorded.country === "MY";

  const run = () => {
    const counter = BigInt(`0x${recorded.session.sendSequenceCounter}`);
    const width = recorded.session.sendSequenceCounter.length;
    const at = refusesTemplate ? counter - 2n : counter;
    const session = {
      ...opened,
      sendSequenceCounter: fromHex(at.toString(16).padStart(width, "0")),
    };
    const protocol = protectedBy(
      createSecureMessaging(session, crypto),
      chipAuthentication(offer, { random: () => privateKey, crypto }),
    );
    if (!refusesTemplate) return replay(protocol, agreement);
    const chip = createChipSecureMessaging(session, crypto);
    const asked = protocol.next();
    if (asked.done) throw new Error("expected a command");
    expect(chip.unprotect(asked.value)).toMatchObject({ ins: 0x22, p1: 0x41, p2: 0xa6 });
    const refusal = chip.protect({ data: new Uint8Array(0), statusWord: 0x6a86 });
    return replay(
      (function* () {
        let step = protocol.next(refusal);
        while (!step.done) step = protocol.next(yield step.value);
        return step.value;
      })(),
      agreement,
    );
  };

  test("sends what was sent, and agrees the keys that were agreed", () => {
    const { session, statusWord } = run();
    expect(statusWord).toBe(0x9000);
    expect(toHex(session!.encryptionKey)).toBe(recorded.agreed.encryptionKey);
    expect(toHex(session!.macKey)).toBe(recorded.agreed.macKey);
    expect(offer.inferred).toBe(recorded.country === "FR");
  });

  test("the first answer under the new keys is the proof", () => {
    const { session } = run();
    const channel = createSecureMessaging(session!, crypto);
    const select = channel.protect(selectFile(fileByName("DG14")));
    expect(toHex(encodeCommandApdu(select))).toBe(first.command);
    const answer = decodeResponseApdu(fromHex(first.answer));
    expect(channel.unprotect(answer).statusWord).toBe(0x9000);
    const judged = (bytes: Uint8Array) =>
      verifyChipAuthentication(
        {
          protocol: "chip-authentication",
          oid: offer.protocol.oid,
          ...(offer.keyId === undefined ? {} : { keyId: offer.keyId }),
          privateKey,
          statusWord: 0x9000,
          answer: bytes,
        },
        infos,
        crypto,
      ).status;
    expect(judged(answer.data)).toBe("passed");
    expect(judged(answer.data.map((byte, i) => (i === 9 ? byte ^ 1 : byte)))).toBe("failed");
  });
});
