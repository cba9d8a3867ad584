import { describe, expect, test } from "vitest";
import { bac } from "../src/access/bac.js";
import { fromHex, toHex } from "../src/bytes.js";
import type { ChipFault } from "../src/chip/faults.js";
import { parseChipFault } from "../src/chip/faults.js";
import type { ChipPersonalisation } from "../src/chip/personalisation.js";
import { transceiveWith } from "../src/chip/transceive.js";
import { createVirtualChip, type VirtualChip } from "../src/chip/virtual-chip.js";
import { portableCrypto as crypto } from "../src/crypto/portable.js";
import type { CommandApdu } from "../src/iso7816/command-apdu.js";
import { chainCommand } from "../src/iso7816/command-chaining.js";
import { protectedBy } from "../src/iso7816/protected-by.js";
import { createSecureMessaging, type SecureMessaging } from "../src/iso7816/secure-messaging.js";
import { drive, type Protocol } from "../src/protocol.js";
import { encodeTlv } from "../src/tlv.js";
import { countingRandom } from "./support/counting-random.js";
import appendixD from "./vectors/icao-9303-11-appendix-d.json" with { type: "json" };

const password = { documentNumber: "L898902C", dateOfBirth: "690806", dateOfExpiry: "940623" };
const bigFile = encodeTlv(
  0x75,
  Uint8Array.from({ length: 40_000 }, (_, i) => i * 7),
);

const PERSONALISATION: ChipPersonalisation = {
  files: {
    COM: fromHex(appendixD.efCom),
    CardAccess: fromHex("3100"),
    DG2: bigFile,
    DG3: fromHex("6300"),
  },
  access: { bac: password },
  keys: {},
  extendedAccess: [3],
};

const chipOf = (change: Partial<ChipPersonalisation> = {}, faults: readonly ChipFault[] = []) =>
  createVirtualChip({ ...PERSONALISATION, ...change }, { random: countingRandom(), faults });

/** One exchange in the clear. */
const send = (chip: VirtualChip, hex: string) => toHex(chip.receive(fromHex(hex)));

const APPLICATION = "00a4040c07a0000002471001";

/** A chip that was opened, and the session to it. */
const openChip = async (faults: readonly ChipFault[] = []) => {
  const chip = chipOf({}, faults);
  expect(send(chip, APPLICATION)).toBe("9000");
  const session = await drive(
    bac(password, { random: countingRandom(99), crypto }),
    transceiveWith(chip),
  );
  return { chip, channel: createSecureMessaging(session, crypto) };
};

const through = (chip: VirtualChip, channel: SecureMessaging, command: CommandApdu) => {
  function* one(): Protocol<{ data: Uint8Array; statusWord: number }> {
    return yield command;
  }
  return drive(protectedBy(channel, one()), transceiveWith(chip));
};

const select = (fileId: number) => ({
  cla: 0,
  ins: 0xa4,
  p1: 2,
  p2: 0x0c,
  data: Uint8Array.of(fileId >> 8, fileId),
});
const read = (offset: number, le: number) => ({
  cla: 0,
  ins: 0xb0,
  p1: offset >> 8,
  p2: offset & 0xff,
  le,
});

describe("the virtual chip against the printed bytes of Doc 9303-11, appendix D", () => {
  test("answers every command of the example as printed", () => {
    const { authentication, secureMessaging } = appendixD;
    const numbers = [authentication.rndIc, authentication.kIc].map(fromHex);
    const chip = createVirtualChip(PERSONALISATION, { random: () => numbers.shift()! });
    expect(send(chip, APPLICATION)).toBe("9000");
    expect(send(chip, authentication.getChallenge)).toBe(`${authentication.rndIc}9000`);
    expect(send(chip, authentication.externalAuthenticate)).toBe(authentication.answer);
    for (const { protectedCommand, protectedAnswer } of secureMessaging) {
      expect(send(chip, protectedCommand)).toBe(protectedAnswer);
    }
  });
});

describe("selection", () => {
  test.each([
    ["the application by its name", APPLICATION, "9000"],
    ["another application", "00a4040c07a0000002472001", "6a82"],
    ["the master file by its identifier", "00a4000c023f00", "9000"],
    ["the master file without data", "00a4000c", "9000"],
    ["a file that is not under the master file", "00a4020c02011e", "6a82"],
    ["EF.CardAccess, which is anybody's", "00a4020c02011c", "9000"],
    ["a way of selecting that there is not", "00a4080c02011e", "6a86"],
    ["an answer that there is not", "00a4020802011c", "6a86"],
    ["no identifier at all", "00a4020c", "6a87"],
    ["file control information", "00a4020002011c00", "6f0980030000028302011c9000"],
    ["file control parameters", "00a4020402011c00", "620980030000028302011c9000"],
    [
      "the application's control information",
      "00a4040007a000000247100100",
      "6f098407a00000024710019000",
    ],
  ])("%s", (_, command, answer) => {
    expect(send(chipOf(), command)).toBe(answer);
  });

  test("files of the application are neither shown nor denied before it is opened", () => {
    const chip = chipOf();
    send(chip, APPLICATION);
    expect(send(chip, "00a4020c02011e")).toBe("6982");
    expect(send(chip, "00a4020c020104")).toBe("6982");
    expect(send(chip, "00b0000004")).toBe("6986");
    expect(send(chip, "00b09e0004")).toBe("6982");
  });

  test("a chip without access control shows them to anybody", () => {
    const chip = chipOf({ access: {} });
    send(chip, APPLICATION);
    expect(send(chip, "00a4020c02011e")).toBe("9000");
    expect(send(chip, "00b0000004")).toBe("60145f019000");
    expect(send(chip, "00a4020c020104")).toBe("6a82");
    expect(send(chip, "0084000008")).toBe("6d00");
  });
});

describe("reading", () => {
  const chip = chipOf({ access: {} });
  send(chip, APPLICATION);
  send(chip, "00a4020c02011e");

  test.each([
    ["from an offset", "00b0000412", "04303130365f36063034303030305c0261759000"],
    ["over the end", "00b0001410", "61756282"],
    ["over the end, as much as there is", "00b0001400", "61759000"],
    ["from the end", "00b0001604", "6b00"],
    ["by short identifier", "00b09e0002", "60149000"],
    ["by a short identifier of no file", "00b0880002", "6a82"],
    ["by a short identifier with bits that are not its", "00b0be0002", "6a86"],
    ["without Le", "00b00000", "6700"],
    ["the odd way", "00b100000354010404", "530204309000"],
    ["the odd way, by file identifier", "00b1011e0354010004", "530260149000"],
    ["the odd way, without an offset", "00b1000004", "6a80"],
    ["the odd way, with another data object", "00b100000355010404", "6a80"],
    ["the odd way, from the end", "00b100000354011604", "6b00"],
  ])("%s", (_, command, answer) => {
    expect(send(chip, command)).toBe(answer);
  });

  test("beyond 32,767 bytes the odd way", () => {
    send(chip, "00a4020c020102");
    expect(send(chip, "00b17fff0354010002")).toBe("6a82");
    const answer = send(chip, "00b1000004540290010a");
    expect(answer).toBe(`5308${toHex(bigFile.subarray(0x9001, 0x9009))}9000`);
  });

  test("a group for terminal authentication is found and not read", () => {
    expect(send(chip, "00a4020c020103")).toBe("9000");
    expect(send(chip, "00b0000002")).toBe("6982");
  });
});

describe("what it does not understand it refuses", () => {
  test.each([
    ["an instruction", "00ca000000", "6d00"],
    ["a class", "80b0000004", "6e00"],
    ["a logical channel", "01b0000004", "6881"],
    ["secure messaging without a session", "0cb000000d9701048e08ed6705417e96ba5500", "6882"],
    ["secure messaging with the header left out", "04b0000004", "6882"],
    ["half a command", "00b0", "6700"],
    ["a command whose lengths do not add up", "00a4020c03011e", "6700"],
    ["a chain of a command that takes none", "10a4020c02011e", "6884"],
    ["a challenge under the master file", "0084000008", "6985"],
  ])("%s", (_, command, answer) => {
    expect(send(chipOf(), command)).toBe(answer);
  });

  test("extended length, where it cannot", () => {
    expect(send(chipOf(), "00b00000000004")).toBe("6986");
    expect(send(chipOf({ extendedLength: false }), "00b00000000004")).toBe("6700");
  });
});

describe("basic access control", () => {
  const ready = () => {
    const chip = chipOf();
    send(chip, APPLICATION);
    return chip;
  };

  test.each([
    ["GET CHALLENGE with parameters", "0084010008", "6a86"],
    ["GET CHALLENGE with data", "00840000010008", "6700"],
    ["GET CHALLENGE for seven bytes", "0084000007", "6700"],
    ["EXTERNAL AUTHENTICATE without a challenge", `0082000028${"00".repeat(40)}28`, "6985"],
  ])("refuses %s", (_, command, answer) => {
    expect(send(ready(), command)).toBe(answer);
  });

  test("a wrong proof is 6300, and the challenge is spent", () => {
    const chip = ready();
    send(chip, "0084000008");
    expect(send(chip, `0082000028${"00".repeat(40)}28`)).toBe("6300");
    expect(send(chip, `0082000028${"00".repeat(40)}28`)).toBe("6985");
    send(chip, "0084000008");
    expect(send(chip, `0082000027${"00".repeat(39)}28`)).toBe("6700");
  });

  test("the proof may come in a chain", () => {
    const chip = ready();
    send(chip, "0084000008");
    const command = { cla: 0, ins: 0x82, p1: 0, p2: 0, data: new Uint8Array(40), le: 40 };
    const [first, second] = chainCommand(command, 24);
    expect(send(chip, `1082000018${toHex(first!.data!)}`)).toBe("9000");
    expect(send(chip, `0082000010${toHex(second!.data!)}28`)).toBe("6300");
  });

  test("a chain that another command breaks is dropped", () => {
    const chip = ready();
    send(chip, "0084000008");
    expect(send(chip, `1082000018${"00".repeat(24)}`)).toBe("9000");
    expect(send(chip, "0084000008")).toBe("6883");
    expect(send(chip, `0082000010${"00".repeat(16)}28`)).toBe("6700");
  });
});

describe("a session", () => {
  test("wraps an error in protection and goes on", async () => {
    const { chip, channel } = await openChip();
    expect(await through(chip, channel, select(0x0104))).toMatchObject({ statusWord: 0x6a82 });
    expect(await through(chip, channel, select(0x011e))).toMatchObject({ statusWord: 0x9000 });
    expect(toHex((await through(chip, channel, read(0, 4))).data)).toBe("60145f01");
  });

  test("gives of a file what its answer can hold", async () => {
    const { chip, channel } = await openChip();
    await through(chip, channel, select(0x0102));
    const short = await through(chip, channel, read(0, 256));
    expect(short.data).toEqual(bigFile.subarray(0, 231));
    const long = await through(chip, channel, read(0, 3_000));
    expect(long.data).toEqual(bigFile.subarray(0, 3_000));
  });

  test("ends with a plain command, and everything it opened is closed", async () => {
    const { chip, channel } = await openChip();
    await through(chip, channel, select(0x011e));
    expect(send(chip, "00b0000004")).toBe("6986");
    expect(send(chip, "00a4020c02011e")).toBe("6982");
    await expect(through(chip, channel, read(0, 4))).rejects.toMatchObject({
      code: "SM_UNPROTECTED",
      statusWord: 0x6882,
    });
  });

  test("ends with a command whose checksum is wrong, said in the clear", async () => {
    const { chip, channel } = await openChip();
    const command = channel.protect(select(0x011e));
    const data = command.data!.map((byte, i) => (i === command.data!.length - 1 ? byte ^ 1 : byte));
    const bytes = `0ca4020c${data.length.toString(16)}${toHex(data)}00`;
    expect(send(chip, bytes)).toBe("6988");
    expect(send(chip, bytes)).toBe("6882");
  });

  test("ends with a command without checksum, said in the clear", async () => {
    const { chip } = await openChip();
    expect(send(chip, "0cb0000003970104")).toBe("6987");
    expect(send(chip, "0cb0000003970104")).toBe("6882");
  });

  test("is gone after power off", async () => {
    const { chip, channel } = await openChip();
    chip.reset();
    await expect(through(chip, channel, read(0, 4))).rejects.toMatchObject({ statusWord: 0x6882 });
  });
});

describe("faults", () => {
  test.each([
    ["wrong-ssc=1", "SM_MAC_MISMATCH"],
    ["unprotected-answer=1", "SM_UNPROTECTED"],
    ["flipped-bit=1:0", "SM_UNPROTECTED"],
    ["flipped-bit=1", "SM_MAC_MISMATCH"],
    ["truncated-answer=1", "SM_INCOMPLETE"],
  ])("%s is found out by the terminal", async (name, code) => {
    const { chip, channel } = await openChip([parseChipFault(name)]);
    await expect(through(chip, channel, select(0x011e))).rejects.toMatchObject({ code });
  });

  test.each([
    ["6700", { statusWord: 0x6700 }],
    ["6b00", { statusWord: 0x6b00 }],
    ["6282", { statusWord: 0x6282 }],
    ["empty", { statusWord: 0x9000 }],
  ])("le-limit=10:%s answers a longer read so", async (answer, expected) => {
    const { chip, channel } = await openChip([parseChipFault(`le-limit=10:${answer}`)]);
    await through(chip, channel, select(0x0102));
    expect(await through(chip, channel, read(0, 11))).toEqual({
      data: new Uint8Array(0),
      ...expected,
    });
    expect((await through(chip, channel, read(0, 10))).data).toHaveLength(10);
  });

  test("le-limit=10:6c names the length, which is then read", async () => {
    const { chip, channel } = await openChip([parseChipFault("le-limit=10:6C")]);
    await through(chip, channel, select(0x0102));
    expect((await through(chip, channel, read(0, 100))).data).toHaveLength(10);
  });

  test("le-limit=10:cut gives less without a word", async () => {
    const { chip, channel } = await openChip([parseChipFault("le-limit=10:cut")]);
    await through(chip, channel, select(0x0102));
    const answer = await through(chip, channel, read(0, 100));
    expect(answer).toEqual({ data: bigFile.subarray(0, 10), statusWord: 0x9000 });
  });

  test("le-limit=10:6700:plain ends the session", async () => {
    const { chip, channel } = await openChip([parseChipFault("le-limit=10:6700:plain")]);
    await through(chip, channel, select(0x0102));
    await expect(through(chip, channel, read(0, 100))).rejects.toMatchObject({
      code: "SM_UNPROTECTED",
      statusWord: 0x6700,
    });
  });

  test("tag-lost leaves the field once, until the chip is laid down again", () => {
    const chip = chipOf({}, [parseChipFault("tag-lost=2")]);
    send(chip, APPLICATION);
    send(chip, APPLICATION);
    for (let i = 0; i < 2; i++) {
      expect(() => send(chip, APPLICATION)).toThrow(
        expect.objectContaining({ code: "TRANSPORT_FAILED" }),
      );
    }
    chip.reset();
    for (let i = 0; i < 5; i++) expect(send(chip, APPLICATION)).toBe("9000");
  });

  test("altered-file changes one bit of a file, and needs the file", () => {
    const chip = chipOf({ access: {} }, [parseChipFault("altered-file=COM")]);
    send(chip, APPLICATION);
    expect(send(chip, "00b09e1402")).toBe("61749000");
    expect(() => chipOf({}, [parseChipFault("altered-file=DG7")])).toThrow(
      expect.objectContaining({ code: "CHIP_PERSONALISATION" }),
    );
  });

  test("delay is kept by whoever carries the answers", async () => {
    const chip = chipOf({}, [parseChipFault("delay=30")]);
    const slept: number[] = [];
    const transceive = transceiveWith(chip, {
      sleep: async (milliseconds) => void slept.push(milliseconds),
    });
    await transceive(fromHex(APPLICATION));
    expect(slept).toEqual([30]);
  });
});
