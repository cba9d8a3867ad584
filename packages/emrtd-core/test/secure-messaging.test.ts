import { describe, expect, test } from "vitest";
import { fromHex, toHex } from "../src/bytes.js";
import { portableCrypto } from "../src/crypto/portable.js";
import { decodeCommandApdu, encodeCommandApdu } from "../src/iso7816/command-apdu.js";
import { protectedBy } from "../src/iso7816/protected-by.js";
import {
  decodeResponseApdu,
  encodeResponseApdu,
  type ResponseApdu,
} from "../src/iso7816/response-apdu.js";
import { createSecureMessaging, type SecureMessaging } from "../src/iso7816/secure-messaging.js";
import { createChipSecureMessaging } from "../src/iso7816/secure-messaging-chip.js";
import type { SecureMessagingCipher, SecureMessagingSession } from "../src/iso7816/sm-cipher.js";
import type { Protocol } from "../src/protocol.js";
import appendixD from "./vectors/icao-9303-11-appendix-d.json" with { type: "json" };

const { authentication, secureMessaging: EXCHANGES } = appendixD;

const printedSession: SecureMessagingSession = {
  cipher: "3DES",
  encryptionKey: fromHex(authentication.encryptionKey),
  macKey: fromHex(authentication.macKey),
  sendSequenceCounter: fromHex(authentication.sendSequenceCounter),
};

const session = (cipher: SecureMessagingCipher, ssc = 0): SecureMessagingSession => {
  const length = { "3DES": 16, "AES-128": 16, "AES-192": 24, "AES-256": 32 }[cipher];
  const sendSequenceCounter = new Uint8Array(cipher === "3DES" ? 8 : 16).fill(ssc);
  return {
    cipher,
    encryptionKey: Uint8Array.from({ length }, (_, i) => i),
    macKey: Uint8Array.from({ length }, (_, i) => 0x80 + i),
    sendSequenceCounter,
  };
};

const code = (name: string, more: object = {}) => expect.objectContaining({ code: name, ...more });

describe("Doc 9303-11, appendix D.4, against the printed bytes", () => {
  test("the terminal's side protects each command and opens each answer", () => {
    const channel = createSecureMessaging(printedSession, portableCrypto);
    for (const exchange of EXCHANGES) {
      const command = channel.protect(decodeCommandApdu(fromHex(exchange.command)));
      expect(toHex(encodeCommandApdu(command)), exchange.section).toBe(exchange.protectedCommand);
      const answer = channel.unprotect(decodeResponseApdu(fromHex(exchange.protectedAnswer)));
      expect(toHex(encodeResponseApdu(answer)), exchange.section).toBe(exchange.answer);
    }
    expect(toHex(channel.session.sendSequenceCounter)).toBe("887022120c06c22c");
  });

  test("the chip's side opens each command and protects each answer", () => {
    const channel = createChipSecureMessaging(printedSession, portableCrypto);
    for (const exchange of EXCHANGES) {
      const command = channel.unprotect(decodeCommandApdu(fromHex(exchange.protectedCommand)));
      expect(toHex(encodeCommandApdu(command)), exchange.section).toBe(exchange.command);
      const answer = channel.protect(decodeResponseApdu(fromHex(exchange.answer)));
      expect(toHex(encodeResponseApdu(answer)), exchange.section).toBe(exchange.protectedAnswer);
    }
    expect(toHex(channel.session.sendSequenceCounter)).toBe("887022120c06c22c");
  });
});

/** A channel whose first command, a READ BINARY, waits for its answer, and the chip's answer to it. */
const waiting = (answer: ResponseApdu = { data: fromHex("60145f01"), statusWord: 0x9000 }) => {
  const channel = createSecureMessaging(session("AES-128"), portableCrypto);
  const chip = createChipSecureMessaging(session("AES-128"), portableCrypto);
  chip.unprotect(channel.protect({ cla: 0, ins: 0xb0, p1: 0, p2: 0, le: 4 }));
  return { channel, answer: chip.protect(answer) };
};

const ended = (channel: SecureMessaging) => {
  expect(channel.ended).toBe(true);
  expect(() => channel.protect({ cla: 0, ins: 0xb0, p1: 0, p2: 0, le: 4 })).toThrow(
    code("SM_SESSION_ENDED"),
  );
  expect(() => channel.unprotect({ data: new Uint8Array(0), statusWord: 0x9000 })).toThrow(
    code("SM_SESSION_ENDED"),
  );
};

describe("secure messaging fails closed", () => {
  test("an error inside it is an answer like any other, and the session goes on", () => {
    const { channel, answer } = waiting({ data: new Uint8Array(0), statusWord: 0x6a82 });
    expect(channel.unprotect(answer)).toEqual({ data: new Uint8Array(0), statusWord: 0x6a82 });
    expect(channel.ended).toBe(false);
  });

  test.each([
    ["success without data", "9000", 0x9000],
    ["success with data", "60145f019000", 0x9000],
    ["a status word of the chip", "6988", 0x6988],
    ["a refusal", "6982", 0x6982],
  ])("an answer in the clear ends it: %s", (_, bytes, statusWord) => {
    const { channel } = waiting();
    expect(() => channel.unprotect(decodeResponseApdu(fromHex(bytes)))).toThrow(
      code("SM_UNPROTECTED", { statusWord }),
    );
    ended(channel);
  });

  test("a status word outside that is not the one inside ends it", () => {
    const { channel, answer } = waiting();
    expect(() => channel.unprotect({ ...answer, statusWord: 0x6282 })).toThrow(
      code("SM_STATUS_MISMATCH"),
    );
    ended(channel);
  });

  test("each flipped bit of an answer ends it", () => {
    const { answer } = waiting();
    const bytes = encodeResponseApdu(answer);
    for (let bit = 0; bit < 8 * bytes.length; bit++) {
      const { channel } = waiting();
      const flipped = Uint8Array.from(bytes);
      flipped[bit >> 3] = flipped[bit >> 3]! ^ (0x80 >> (bit & 7));
      expect(() => channel.unprotect(decodeResponseApdu(flipped)), `bit ${bit}`).toThrow(
        expect.objectContaining({ code: expect.stringMatching(/^SM_/) }),
      );
      ended(channel);
    }
  });

  test("each truncation of an answer ends it", () => {
    const { answer } = waiting();
    for (let length = 0; length < answer.data.length; length++) {
      const { channel } = waiting();
      expect(() => channel.unprotect({ ...answer, data: answer.data.subarray(0, length) })).toThrow(
        expect.objectContaining({ code: expect.stringMatching(/^SM_(UNPROTECTED|INCOMPLETE)$/) }),
      );
      ended(channel);
    }
  });

  test("an answer to an earlier command ends it", () => {
    const { channel, answer } = waiting();
    channel.unprotect(answer);
    channel.protect({ cla: 0, ins: 0xb0, p1: 0, p2: 4, le: 4 });
    expect(() => channel.unprotect(answer)).toThrow(code("SM_MAC_MISMATCH"));
    ended(channel);
  });

  test("a command before the last answer is refused, and so is an answer without a command", () => {
    const { channel } = waiting();
    expect(() => channel.protect({ cla: 0, ins: 0xb0, p1: 0, p2: 0, le: 4 })).toThrow(
      code("SM_SESSION_ENDED"),
    );
    const fresh = createSecureMessaging(session("AES-128"), portableCrypto);
    expect(() => fresh.unprotect({ data: new Uint8Array(0), statusWord: 0x9000 })).toThrow(
      code("SM_SESSION_ENDED"),
    );
  });

  test("keys of another length, a short counter and an unknown cipher are refused", () => {
    const good = session("AES-256");
    for (const bad of [
      { ...good, cipher: "AES-128" as const },
      { ...good, sendSequenceCounter: new Uint8Array(8) },
    ]) {
      expect(() => createSecureMessaging(bad, portableCrypto)).toThrow(code("CRYPTO_INPUT"));
    }
    const unknown = { ...good, cipher: "toString" as SecureMessagingCipher };
    expect(() => createSecureMessaging(unknown, portableCrypto)).toThrow(
      code("CRYPTO_UNSUPPORTED"),
    );
  });

  test("a command that is protected already is not protected again", () => {
    const channel = createSecureMessaging(session("3DES"), portableCrypto);
    expect(() => channel.protect({ cla: 0x0c, ins: 0xb0, p1: 0, p2: 0 })).toThrow(
      code("APDU_INVALID"),
    );
  });
});

describe("the Le outside", () => {
  const sent = (cipher: SecureMessagingCipher, data: Uint8Array, le?: number) =>
    toHex(
      encodeCommandApdu(
        createSecureMessaging(session(cipher), portableCrypto).protect({
          cla: 0,
          ins: 0x2a,
          p1: 0,
          p2: 0xbe,
          data,
          ...(le === undefined ? {} : { le }),
        }),
      ),
    );

  // Doc 9303-11, figure 5.
  test.each([
    ["short", 239, undefined, /^0c2a00be[0-9a-f]{2}87.*[0-9a-f]{16}00$/],
    ["grown too long by its protection", 240, undefined, /^0c2a00be00010f87.*[0-9a-f]{16}0000$/],
    ["short, asking for a long answer", 8, 257, /^0c2a00be000021.*970201018e08[0-9a-f]{16}0000$/],
  ])("of a command that is %s", (_, length, le, expected) => {
    expect(sent("AES-128", new Uint8Array(length), le)).toMatch(expected);
  });
});

describe("the structure of an answer", () => {
  /** Answers that a chip with the right keys builds from the wrong parts. */
  const malformed = (build: (parts: { do87: Uint8Array; do99: Uint8Array }) => Uint8Array[]) => {
    const channel = createSecureMessaging(session("AES-128"), portableCrypto);
    channel.protect({ cla: 0, ins: 0xb0, p1: 0, p2: 0, le: 4 });
    const keys = session("AES-128");
    const counter = new Uint8Array(16);
    counter[15] = 2;
    const iv = portableCrypto.aesCbcEncrypt(keys.encryptionKey, new Uint8Array(16), counter);
    const plain = new Uint8Array(16);
    plain.set(fromHex("60145f0180"));
    const cryptogram = portableCrypto.aesCbcEncrypt(keys.encryptionKey, iv, plain);
    const do87 = fromHex(`871101${toHex(cryptogram)}`);
    const objects = build({ do87, do99: fromHex("99029000") });
    const checked = fromHex(objects.map(toHex).join(""));
    const input = new Uint8Array(16 + checked.length + 16 - (checked.length % 16));
    input.set(counter);
    input.set(checked, 16);
    input[16 + checked.length] = 0x80;
    const mac = portableCrypto.aesCmac(keys.macKey, input).subarray(0, 8);
    return () =>
      channel.unprotect({
        data: fromHex(`${toHex(checked)}8e08${toHex(mac)}`),
        statusWord: 0x9000,
      });
  };

  test("the parts in order are read", () => {
    expect(toHex(malformed(({ do87, do99 }) => [do87, do99])().data)).toBe("60145f01");
  });

  test.each([
    ["no status word", ({ do87 }: { do87: Uint8Array }) => [do87]],
    [
      "the status word first",
      ({ do87, do99 }: { do87: Uint8Array; do99: Uint8Array }) => [do99, do87],
    ],
    ["two status words", ({ do99 }: { do99: Uint8Array }) => [do99, do99]],
    [
      "two cryptograms",
      ({ do87, do99 }: { do87: Uint8Array; do99: Uint8Array }) => [do87, do87, do99],
    ],
    [
      "a data object of another kind",
      ({ do99 }: { do99: Uint8Array }) => [do99, fromHex("810100")],
    ],
    ["a status word of one byte", () => [fromHex("990190")]],
    [
      "a padding indicator other than 01",
      ({ do87, do99 }: { do87: Uint8Array; do99: Uint8Array }) => [
        do87.map((byte, i) => (i === 2 ? 0x02 : byte)),
        do99,
      ],
    ],
    [
      "a cryptogram of no whole blocks",
      ({ do99 }: { do99: Uint8Array }) => [fromHex("870201ff"), do99],
    ],
    ["an empty cryptogram", ({ do99 }: { do99: Uint8Array }) => [fromHex("870101"), do99]],
  ])("%s is refused although its checksum is right", (_, build) => {
    expect(malformed(build)).toThrow(code("SM_INCOMPLETE"));
  });

  test("a cryptogram without padding is refused although its checksum is right", () => {
    const unpadded = malformed(({ do99 }) => {
      const keys = session("AES-128");
      const counter = new Uint8Array(16);
      counter[15] = 2;
      const iv = portableCrypto.aesCbcEncrypt(keys.encryptionKey, new Uint8Array(16), counter);
      const cryptogram = portableCrypto.aesCbcEncrypt(keys.encryptionKey, iv, new Uint8Array(16));
      return [fromHex(`871101${toHex(cryptogram)}`), do99];
    });
    expect(unpadded).toThrow(code("SM_PADDING"));
  });
});

describe("the chip's side", () => {
  const sides = (cipher: SecureMessagingCipher) => ({
    channel: createSecureMessaging(session(cipher), portableCrypto),
    chip: createChipSecureMessaging(session(cipher), portableCrypto),
  });

  test("each flipped bit of a command is refused with 6987 or 6988", () => {
    const bytes = encodeCommandApdu(
      sides("3DES").channel.protect({
        cla: 0,
        ins: 0xa4,
        p1: 2,
        p2: 0x0c,
        data: fromHex("011e"),
        le: 256,
      }),
    );
    for (let bit = 0; bit < 8 * bytes.length; bit++) {
      // Lc and the outer Le say how the bytes are carried and are not part of the checksum.
      if (bit >> 3 === 4 || bit >> 3 === bytes.length - 1) continue;
      const flipped = Uint8Array.from(bytes);
      flipped[bit >> 3] = flipped[bit >> 3]! ^ (0x80 >> (bit & 7));
      expect(() => sides("3DES").chip.unprotect(decodeCommandApdu(flipped)), `bit ${bit}`).toThrow(
        expect.objectContaining({
          statusWord: expect.toSatisfy((sw) => sw === 0x6987 || sw === 0x6988),
        }),
      );
    }
  });

  test("a plain command is refused with 6987", () => {
    expect(() => sides("3DES").chip.unprotect({ cla: 0, ins: 0xb0, p1: 0, p2: 0, le: 4 })).toThrow(
      code("SM_INCOMPLETE", { statusWord: 0x6987 }),
    );
  });

  test("an odd INS takes DO 85 and no padding indicator", () => {
    const { channel, chip } = sides("AES-192");
    const command = { cla: 0, ins: 0xb1, p1: 0, p2: 0, data: fromHex("54028000"), le: 231 };
    const wrapped = channel.protect(command);
    expect(wrapped.data?.[0]).toBe(0x85);
    expect(chip.unprotect(wrapped)).toEqual(command);
    const answer = chip.protect({ data: fromHex("530160"), statusWord: 0x9000 });
    expect(answer.data[0]).toBe(0x85);
    expect(toHex(channel.unprotect(answer).data)).toBe("530160");
  });

  test("the wrong cryptogram for the parity of INS is refused", () => {
    const { channel, chip } = sides("3DES");
    const wrapped = channel.protect({
      cla: 0,
      ins: 0xb1,
      p1: 0,
      p2: 0,
      data: fromHex("540100"),
      le: 4,
    });
    expect(() => chip.unprotect({ ...wrapped, ins: 0xb0 })).toThrow(
      code("SM_INCOMPLETE", { statusWord: 0x6988 }),
    );
  });

  test.each(["3DES", "AES-128", "AES-192", "AES-256"] as const)(
    "%s: a command without data or Le is a header's checksum",
    (cipher) => {
      const { channel, chip } = sides(cipher);
      const command = { cla: 0, ins: 0xa4, p1: 0, p2: 0x0c };
      const wrapped = channel.protect(command);
      expect(wrapped.data).toHaveLength(10);
      expect(chip.unprotect(wrapped)).toEqual(command);
    },
  );

  test.each([
    ["3DES", 231],
    ["AES-256", 223],
  ] as const)("%s: an answer of %i bytes is the largest for a short command", (cipher, room) => {
    const { channel, chip } = sides(cipher);
    expect(channel.shortAnswerRoom).toBe(room);
    for (const [length, fits] of [
      [room, true],
      [room + 1, false],
    ] as const) {
      chip.unprotect(channel.protect({ cla: 0, ins: 0xb0, p1: 0, p2: 0, le: length }));
      const answer = chip.protect({ data: new Uint8Array(length), statusWord: 0x9000 });
      expect(answer.data.length <= 256).toBe(fits);
      channel.unprotect(answer);
    }
  });

  test("the counter wraps around at its width", () => {
    const channel = createSecureMessaging(session("3DES", 0xff), portableCrypto);
    const chip = createChipSecureMessaging(session("3DES", 0xff), portableCrypto);
    chip.unprotect(channel.protect({ cla: 0, ins: 0xb0, p1: 0, p2: 0, le: 1 }));
    channel.unprotect(chip.protect({ data: Uint8Array.of(1), statusWord: 0x9000 }));
    expect(toHex(channel.session.sendSequenceCounter)).toBe("0000000000000001");
    expect(chip.session).toEqual(channel.session);
  });

  test("another machine continues a session between two exchanges", () => {
    const { channel, chip } = sides("AES-128");
    const command = { cla: 0, ins: 0xb0, p1: 0, p2: 0, le: 1 };
    chip.unprotect(channel.protect(command));
    channel.unprotect(chip.protect({ data: Uint8Array.of(1), statusWord: 0x9000 }));
    const elsewhere = createSecureMessaging(channel.session, portableCrypto);
    expect(chip.unprotect(elsewhere.protect(command))).toEqual(command);
  });
});

describe("a conversation through a session", () => {
  function* reading(): Protocol<string> {
    const answer = yield { cla: 0, ins: 0xb0, p1: 0, p2: 0, le: 231 };
    return `${toHex(answer.data)} ${answer.statusWord.toString(16)}`;
  }

  const open = () => {
    const channel = createSecureMessaging(session("3DES"), portableCrypto);
    const chip = createChipSecureMessaging(session("3DES"), portableCrypto);
    return { channel, chip, protocol: protectedBy(channel, reading()) };
  };

  test("6Cxx inside is answered with the Le that it names", () => {
    const { chip, protocol } = open();
    chip.unprotect(protocol.next().value as never);
    const again = protocol.next(chip.protect({ data: new Uint8Array(0), statusWord: 0x6c04 }));
    expect(chip.unprotect(again.value as never).le).toBe(4);
    const end = protocol.next(chip.protect({ data: fromHex("60145f01"), statusWord: 0x9000 }));
    expect(end).toEqual({ done: true, value: "60145f01 9000" });
  });

  test("61xx inside is followed by a protected GET RESPONSE", () => {
    const { chip, protocol } = open();
    chip.unprotect(protocol.next().value as never);
    const more = protocol.next(chip.protect({ data: fromHex("6014"), statusWord: 0x6102 }));
    expect(chip.unprotect(more.value as never)).toMatchObject({ ins: 0xc0, le: 2 });
    const end = protocol.next(chip.protect({ data: fromHex("5f01"), statusWord: 0x9000 }));
    expect(end).toEqual({ done: true, value: "60145f01 9000" });
  });

  test("61xx outside is followed by a plain GET RESPONSE, and the whole is checked", () => {
    const { chip, protocol } = open();
    chip.unprotect(protocol.next().value as never);
    const whole = chip.protect({ data: new Uint8Array(231).fill(7), statusWord: 0x9000 });
    const more = protocol.next({ data: whole.data.subarray(0, 200), statusWord: 0x6100 });
    expect(more.value).toEqual({ cla: 0, ins: 0xc0, p1: 0, p2: 0, le: 256 });
    const end = protocol.next({ data: whole.data.subarray(200), statusWord: 0x9000 });
    expect(end.value).toBe(`${"07".repeat(231)} 9000`);
  });

  test("a transport's error ends the session and reaches the conversation", () => {
    const { channel, protocol } = open();
    protocol.next();
    const lost = new Error("tag lost");
    expect(() => protocol.throw(lost)).toThrow(lost);
    expect(channel.ended).toBe(true);
  });

  test("a chip that promises more for ever is stopped", () => {
    const { protocol } = open();
    protocol.next();
    expect(() => {
      for (let i = 0; i < 10_000; i++)
        protocol.next({ data: Uint8Array.of(0x87), statusWord: 0x6101 });
    }).toThrow(code("CHAINING_INVALID"));
  });
});
