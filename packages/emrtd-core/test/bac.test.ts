import { describe, expect, test } from "vitest";
import { answerBac, bac, basicAccessKeys } from "../src/access/bac.js";
import { basicAccessSeed, deriveKey, deriveSessionKeys } from "../src/access/key-derivation.js";
import { mrzInformation } from "../src/access/password.js";
import { fromHex, toHex } from "../src/bytes.js";
import { portableCrypto as crypto } from "../src/crypto/portable.js";
import type { RandomBytes } from "../src/crypto/provider.js";
import { type CommandApdu, encodeCommandApdu } from "../src/iso7816/command-apdu.js";
import { decodeResponseApdu } from "../src/iso7816/response-apdu.js";
import appendixD from "./vectors/icao-9303-11-appendix-d.json" with { type: "json" };

const { authentication: printed, keyDerivation } = appendixD;
const password = { documentNumber: "L898902C", dateOfBirth: "690806", dateOfExpiry: "940623" };
const code = (name: string, more: object = {}) => expect.objectContaining({ code: name, ...more });

/** Gives out the printed numbers, in order, and only at the length asked for. */
const tape = (...numbers: readonly string[]): RandomBytes => {
  const rest = numbers.map(fromHex);
  return (length) => {
    const next = rest.shift();
    expect(next).toHaveLength(length);
    return next!;
  };
};

const terminal = () => bac(password, { random: tape(printed.rndIfd, printed.kIfd), crypto });
const answer = (hex: string) => decodeResponseApdu(fromHex(hex));
const bytesOf = (step: IteratorResult<CommandApdu, unknown>) =>
  toHex(encodeCommandApdu(step.value as CommandApdu));

/** The conversation of appendix D.3 up to the chip's answer. */
const authenticating = () => {
  const protocol = terminal();
  protocol.next();
  protocol.next(answer(`${printed.rndIc}9000`));
  return protocol;
};

describe("Doc 9303-11, appendix D, against the printed bytes", () => {
  test("D.1: keys of a seed", () => {
    expect(deriveSessionKeys(crypto, "3DES", fromHex(keyDerivation.seed))).toEqual({
      encryptionKey: fromHex(keyDerivation.encryptionKey),
      macKey: fromHex(keyDerivation.macKey),
    });
  });

  test.each(appendixD.mrzInformation)(
    "$section",
    ({ information, sha1, section: _, ...fields }) => {
      expect(mrzInformation(fields)).toBe(information);
      if (sha1) expect(toHex(basicAccessSeed(crypto, information))).toBe(sha1.slice(0, 32));
    },
  );

  test("D.3: the terminal's side", () => {
    const protocol = terminal();
    expect(bytesOf(protocol.next())).toBe(printed.getChallenge);
    expect(bytesOf(protocol.next(answer(`${printed.rndIc}9000`)))).toBe(
      printed.externalAuthenticate,
    );
    expect(protocol.next(answer(printed.answer))).toEqual({
      done: true,
      value: {
        cipher: "3DES",
        encryptionKey: fromHex(printed.encryptionKey),
        macKey: fromHex(printed.macKey),
        sendSequenceCounter: fromHex(printed.sendSequenceCounter),
      },
    });
  });

  test("D.3: the chip's side", () => {
    const keys = basicAccessKeys(crypto, password);
    const message = fromHex(printed.externalAuthenticate).subarray(5, 45);
    const result = answerBac(keys, fromHex(printed.rndIc), message, {
      random: tape(printed.kIc),
      crypto,
    });
    expect(toHex(result!.data)).toBe(printed.answer.slice(0, -4));
    expect(result!.session).toEqual({
      cipher: "3DES",
      encryptionKey: fromHex(printed.encryptionKey),
      macKey: fromHex(printed.macKey),
      sendSequenceCounter: fromHex(printed.sendSequenceCounter),
    });
  });
});

describe("key derivation", () => {
  // Appendix G.1 of Doc 9303-11 (AES-128); the longer keys are the same hash by its definition, SHA-256.
  test("AES-128 takes 16 bytes of SHA-1", () => {
    const secret = fromHex("28768d20701247dae81804c9e780ede582a9996db4a315020b2733197db84925");
    expect(toHex(deriveKey(crypto, "AES-128", secret, 1))).toBe("f5f0e35c0d7161ee6724ee513a0d9a7f");
    expect(toHex(deriveKey(crypto, "AES-128", secret, 2))).toBe("fe251c7858b356b24514b3bd5f4297d1");
  });

  test("AES-192 and AES-256 take 24 and 32 bytes of SHA-256", () => {
    const secret = fromHex("616263");
    const whole = crypto.hash("SHA-256", fromHex("61626300000003"));
    expect(deriveKey(crypto, "AES-256", secret, 3)).toEqual(whole);
    expect(deriveKey(crypto, "AES-192", secret, 3)).toEqual(whole.subarray(0, 24));
  });

  test("every byte of a 3DES key has odd parity", () => {
    for (let i = 0; i < 16; i++) {
      for (const byte of deriveKey(crypto, "3DES", Uint8Array.of(i), 1)) {
        expect(byte.toString(2).replaceAll("0", "").length % 2).toBe(1);
      }
    }
  });
});

describe("the password", () => {
  const of = (change: object) => mrzInformation({ ...password, ...change });

  test("a number is filled up to nine characters, whether it comes with fillers or without", () => {
    expect(of({ documentNumber: "L898902C<" })).toBe(of({ documentNumber: "L898902C" }));
    expect(of({ documentNumber: "A1" })).toBe("A1<<<<<<<369080619406236");
  });

  test("small letters are read as capitals", () => {
    expect(of({ documentNumber: "l898902c" })).toBe(of({}));
  });

  test("unknown parts of a date of birth are fillers", () => {
    expect(of({ dateOfBirth: "69<<<<" })).toContain("69<<<<");
  });

  test.each([
    ["an empty number", { documentNumber: "" }],
    ["a number of fillers", { documentNumber: "<<<<" }],
    ["a number with a space", { documentNumber: "L89 8902" }],
    ["a number of 23 characters", { documentNumber: "A".repeat(23) }],
    ["a date with hyphens", { dateOfBirth: "69-08-06" }],
    ["a date of eight digits", { dateOfExpiry: "19940623" }],
  ])("%s is refused, and not repeated in the message", (_, change) => {
    try {
      of(change);
      expect.unreachable();
    } catch (error) {
      expect(error).toMatchObject({ code: "PASSWORD_INVALID" });
      const [value] = Object.values(change) as string[];
      if (value) expect((error as Error).message).not.toContain(value);
    }
  });
});

describe("the terminal refuses", () => {
  test.each(["6300", "63c2", "6982", "6988", "6a80"])(
    "a chip that says %s: wrong password",
    (status) => {
      const statusWord = Number.parseInt(status, 16);
      expect(() => authenticating().next(answer(status))).toThrow(
        code("ACCESS_DENIED", { statusWord }),
      );
    },
  );

  test("a chip that knows no such command: not a wrong password", () => {
    expect(() => authenticating().next(answer("6d00"))).toThrow(
      code("APDU_STATUS", { statusWord: 0x6d00 }),
    );
  });

  test.each([
    ["a challenge of seven bytes", "4608f919887022"],
    ["an empty challenge", ""],
  ])("%s", (_, challenge) => {
    const protocol = terminal();
    protocol.next();
    expect(() => protocol.next(answer(`${challenge}9000`))).toThrow(code("ACCESS_ANSWER_INVALID"));
  });

  test("an answer with any bit flipped, cut short or empty", () => {
    const good = fromHex(printed.answer).subarray(0, 40);
    const bad = [good.subarray(0, 39), new Uint8Array(0)];
    for (let bit = 0; bit < 8 * good.length; bit++) {
      bad.push(good.map((byte, i) => (i === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte)));
    }
    for (const data of bad) {
      expect(() => authenticating().next({ data, statusWord: 0x9000 })).toThrow(
        code("ACCESS_ANSWER_INVALID"),
      );
    }
  });

  test("its own message sent back to it", () => {
    const message = fromHex(printed.externalAuthenticate).subarray(5, 45);
    expect(() => authenticating().next({ data: message, statusWord: 0x9000 })).toThrow(
      code("ACCESS_ANSWER_INVALID"),
    );
  });
});

describe("the chip refuses", () => {
  const keys = basicAccessKeys(crypto, password);
  const message = fromHex(printed.externalAuthenticate).subarray(5, 45);
  const refused = (rndIc: string, data: Uint8Array, with_ = keys) =>
    answerBac(with_, fromHex(rndIc), data, { random: () => expect.unreachable(), crypto });

  test("another password, another challenge, a flipped bit, a message cut short", () => {
    const other = basicAccessKeys(crypto, { ...password, documentNumber: "L898902D" });
    expect(refused(printed.rndIc, message, other)).toBeUndefined();
    expect(refused("4608f91988702213", message)).toBeUndefined();
    expect(
      refused(
        printed.rndIc,
        message.map((byte, i) => (i === 9 ? byte ^ 4 : byte)),
      ),
    ).toBeUndefined();
    expect(refused(printed.rndIc, message.subarray(0, 39))).toBeUndefined();
  });
});
