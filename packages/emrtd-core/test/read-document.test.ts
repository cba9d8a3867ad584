import { describe, expect, test } from "vitest";
import { concatBytes, fromHex, toHex } from "../src/bytes.js";
import { type ChipFault, parseChipFault } from "../src/chip/faults.js";
import type { ChipPersonalisation } from "../src/chip/personalisation.js";
import { transceiveWith } from "../src/chip/transceive.js";
import { createVirtualChip, type VirtualChip } from "../src/chip/virtual-chip.js";
import { portableCrypto } from "../src/crypto/portable.js";
import { decodeCommandApdu, encodeCommandApdu } from "../src/iso7816/command-apdu.js";
import { protectedBy } from "../src/iso7816/protected-by.js";
import { decodeResponseApdu } from "../src/iso7816/response-apdu.js";
import { createSecureMessaging } from "../src/iso7816/secure-messaging.js";
import { encodeCom } from "../src/lds/com.js";
import { type ChipFiles, fileByName } from "../src/lds/files.js";
import { drive, type Transceive } from "../src/protocol.js";
import type { DocumentReading, ReadProgress } from "../src/reader/document-reading.js";
import { createFileProgress } from "../src/reader/file-progress.js";
import { createLeLadder } from "../src/reader/le-ladder.js";
import { type ReadDocumentOptions, readDocument } from "../src/reader/read-document.js";
import { readFile } from "../src/reader/read-file.js";
import { DEFAULT_READ_PLAN } from "../src/reader/read-plan.js";
import { encodeTlv } from "../src/tlv.js";
import { countingRandom } from "./support/counting-random.js";
import appendixD from "./vectors/icao-9303-11-appendix-d.json" with { type: "json" };

const password = { documentNumber: "L898902C3", dateOfBirth: "740812", dateOfExpiry: "340415" };

const fill = (tag: number, length: number) =>
  encodeTlv(
    tag,
    Uint8Array.from({ length }, (_, i) => (i * 31 + tag) & 0xff),
  );

/** Files that nobody signed: reading them is all that is asked here. The end of EF.SOD tells documents apart. */
const FILES: ChipFiles = {
  CardAccess: fromHex("3100"),
  COM: encodeCom({
    ldsVersion: "0107",
    unicodeVersion: "040000",
    tagList: [0x61, 0x75, 0x63, 0x6b, 0x65],
  }),
  SOD: fill(0x77, 600),
  DG1: fill(0x61, 91),
  DG2: fill(0x75, 2_000),
  DG3: fill(0x63, 40),
  DG11: fill(0x6b, 300),
  DG14: fill(0x6e, 120),
};

const PERSONALISATION: ChipPersonalisation = {
  files: FILES,
  access: { bac: password },
  keys: {},
  extendedAccess: [3],
};

const chipOf = (
  change: Partial<ChipPersonalisation> = {},
  ...faults: readonly (string | ChipFault)[]
) =>
  createVirtualChip(
    { ...PERSONALISATION, ...change },
    {
      random: countingRandom(7),
      faults: faults.map((fault) => (typeof fault === "string" ? parseChipFault(fault) : fault)),
    },
  );

const read = (chip: VirtualChip | Transceive, options: Partial<ReadDocumentOptions> = {}) =>
  drive(
    readDocument(password, { random: countingRandom(3), ...options }),
    typeof chip === "function" ? chip : transceiveWith(chip),
  );

/** Counts the commands, and lets a test answer some of them in place of the chip. */
const over = (
  chip: VirtualChip,
  instead: (command: string, number: number) => string | undefined = () => undefined,
) => {
  const sent: string[] = [];
  const transceive: Transceive = async (command) => {
    sent.push(toHex(command));
    const answer = instead(toHex(command), sent.length);
    return answer === undefined ? chip.receive(command) : fromHex(answer);
  };
  return { transceive, sent };
};

const WHOLE = {
  CardAccess: "read",
  COM: "read",
  SOD: "read",
  DG14: "read",
  DG15: "absent",
  DG1: "read",
  DG11: "read",
  DG2: "read",
  DG3: "refused",
  DG5: "absent",
};

const filesWithout = (...names: readonly (keyof ChipFiles)[]): ChipFiles =>
  Object.fromEntries(Object.entries(FILES).filter(([name]) => !names.includes(name as never)));

describe("readFile against the printed bytes of Doc 9303-11, appendix D.4", () => {
  test("selects EF.COM, reads its header and then the rest, as printed", () => {
    const { authentication, secureMessaging } = appendixD;
    const channel = createSecureMessaging(
      {
        cipher: "3DES",
        encryptionKey: fromHex(authentication.encryptionKey),
        macKey: fromHex(authentication.macKey),
        sendSequenceCounter: fromHex(authentication.sendSequenceCounter),
      },
      portableCrypto,
    );
    const progress = createFileProgress(fileByName("COM"));
    const ladder = createLeLadder([256]);
    const reading = readFile(fileByName("COM"), progress, {
      ladder,
      maxFileSize: 1_000,
      onProgress: () => {},
    });
    const protocol = protectedBy(channel, reading);
    let step = protocol.next();
    for (const { protectedCommand, protectedAnswer, section } of secureMessaging) {
      if (step.done) expect.unreachable();
      expect(toHex(encodeCommandApdu(step.value as never)), section).toBe(protectedCommand);
      step = protocol.next(decodeResponseApdu(fromHex(protectedAnswer)));
    }
    expect(step).toEqual({ done: true, value: "read" });
    expect(toHex(progress.bytes())).toBe(appendixD.efCom);
  });
});

describe("a reading", () => {
  test("gets every file that the chip gives, byte for byte, and says of each how it fared", async () => {
    const reading = await read(chipOf());
    expect(reading.failure).toBeNull();
    expect(reading.files).toEqual(filesWithout("DG3"));
    expect(reading.outcomes).toEqual(WHOLE);
    expect(reading.fileErrors).toEqual({});
    expect(reading.partial).toBeNull();
    expect(reading.evidence).toEqual([
      {
        protocol: "access-control",
        access: {
          protocol: "bac",
          variant: null,
          cipher: "3DES",
          domainParameters: null,
          downgraded: false,
        },
        mrzInformation: "L898902C3674081223404159",
        outcomes: WHOLE,
      },
    ]);
  });

  test("follows the plan: signed list, keys, small groups, large ones, guarded ones", async () => {
    const order: string[] = [];
    await read(chipOf(), {
      onProgress: (event) => {
        if (event.event === "file") order.push(event.file);
        if (event.event === "opened") order.push(event.access.protocol);
      },
    });
    expect(order).toEqual([
      "CardAccess",
      "bac",
      "COM",
      "SOD",
      "DG14",
      "DG15",
      "DG1",
      "DG11",
      "DG2",
      "DG5",
      "DG3",
    ]);
  });

  test("tells how far it is", async () => {
    const events: ReadProgress[] = [];
    await read(chipOf(), { onProgress: (event) => events.push(event) });
    const ofDg2 = events.filter((event) => event.event === "reading" && event.file === "DG2");
    expect(ofDg2[0]).toEqual({ event: "reading", file: "DG2", read: 0 });
    expect(ofDg2[1]).toEqual({ event: "reading", file: "DG2", read: 4 });
    expect(ofDg2.at(-1)).toEqual({ event: "reading", file: "DG2", read: 2_004, length: 2_004 });
  });

  test("another plan is another reading", async () => {
    const steps = [{ step: "access" }, { step: "read", file: "DG1", when: "always" }] as const;
    const reading = await read(chipOf(), { plan: { ...DEFAULT_READ_PLAN, steps } });
    expect(reading.files).toEqual({ DG1: FILES.DG1 });
  });

  test("files of the master file are read before and after access control, also those without a header", async () => {
    const files = { ...FILES, "ATR/INFO": fill(0x43, 300), DIR: fromHex("61094f07a0000002471001") };
    const steps = [
      { step: "read", file: "ATR/INFO", when: "always" },
      { step: "access" },
      { step: "read", file: "DG1", when: "always" },
      { step: "read", file: "DIR", when: "always" },
      { step: "read", file: "DG11", when: "always" },
    ] as const;
    const { transceive, sent } = over(chipOf({ files }));
    const reading = await read(transceive, { plan: { ...DEFAULT_READ_PLAN, steps } });
    expect(reading.failure).toBeNull();
    const { "ATR/INFO": atr, DIR, DG1, DG11 } = files;
    expect(reading.files).toEqual({ "ATR/INFO": atr, DIR, DG1, DG11 });
    expect(sent.filter((command) => command.startsWith("0082"))).toHaveLength(1);
  });

  test("no file is read by its short identifier: some chips mistake it", async () => {
    const { transceive, sent } = over(chipOf());
    await read(transceive);
    const reads = sent.filter((command) => /^0[0c]b0/.test(command));
    expect(reads.length).toBeGreaterThan(10);
    expect(reads.filter((command) => Number.parseInt(command.slice(4, 6), 16) >= 0x80)).toEqual([]);
  });

  test("a plan that opens nothing is refused", async () => {
    await expect(
      read(chipOf(), { plan: { ...DEFAULT_READ_PLAN, steps: [] } }),
    ).rejects.toMatchObject({
      code: "ACCESS_UNSUPPORTED",
    });
  });

  test("the union of EF.SOD and EF.COM is read; with neither, every group is asked for", async () => {
    const { outcomes } = await read(chipOf({ files: filesWithout("COM") }));
    expect(outcomes).toMatchObject({
      COM: "absent",
      DG1: "read",
      DG2: "read",
      DG16: "absent",
      DG3: "refused",
    });
  });

  test("a file beyond 32,767 bytes is read on with the odd instruction", async () => {
    const files = { ...FILES, DG2: fill(0x75, 70_000) };
    const { transceive, sent } = over(chipOf({ files, access: {} }));
    const reading = await read(transceive);
    expect(reading.files.DG2).toEqual(files.DG2);
    expect(sent.filter((command) => command.startsWith("00b1"))[0]).toBe("00b100000454028000ff");
    expect(
      sent
        .filter((command) => command.startsWith("00b0"))
        .every((command) => Number.parseInt(command.slice(4, 8), 16) < 0x8000),
    ).toBe(true);
  });

  test("the same inside a session", async () => {
    const files = { ...FILES, DG2: fill(0x75, 40_000) };
    expect((await read(chipOf({ files }))).files.DG2).toEqual(files.DG2);
  });

  test("extended length, where the plan asks for it", async () => {
    const { transceive, sent } = over(chipOf());
    const reading = await read(transceive, { plan: { ...DEFAULT_READ_PLAN, le: [4_096, 223] } });
    expect(reading.files.DG2).toEqual(FILES.DG2);
    expect(sent.length).toBeLessThan(40);
  });
});

describe("the password", () => {
  test("a wrong one is one attempt and an error", async () => {
    const { transceive, sent } = over(
      chipOf({ access: { bac: { ...password, documentNumber: "X" } } }),
    );
    await expect(read(transceive)).rejects.toMatchObject({
      code: "ACCESS_DENIED",
      statusWord: 0x6300,
    });
    expect(sent.filter((command) => command.startsWith("0082"))).toHaveLength(1);
  });

  test("of several the first for basic access control is tried, and no other", async () => {
    const wrong = { ...password, documentNumber: "X" };
    const { transceive, sent } = over(chipOf());
    const protocol = readDocument([{ can: "123456" }, wrong, password], {
      random: countingRandom(),
    });
    await expect(drive(protocol, transceive)).rejects.toMatchObject({ code: "ACCESS_DENIED" });
    expect(sent.filter((command) => command.startsWith("0082"))).toHaveLength(1);
  });

  test("none that fits is said", async () => {
    const protocol = readDocument({ can: "123456" }, { random: countingRandom() });
    await expect(drive(protocol, transceiveWith(chipOf()))).rejects.toMatchObject({
      code: "ACCESS_UNSUPPORTED",
    });
  });

  test.each([["with one"], ["without"]])(
    "a chip without access control is read %s, and the evidence says so",
    async (how) => {
      const protocol = readDocument(how === "without" ? [] : password, {
        random: countingRandom(),
      });
      const reading = await drive(protocol, transceiveWith(chipOf({ access: {} })));
      expect(reading.failure).toBeNull();
      expect(reading.files.DG2).toEqual(FILES.DG2);
      expect(reading.access).toMatchObject({ protocol: "none", cipher: null });
      expect(reading.evidence[0]).not.toHaveProperty("mrzInformation");
    },
  );
});

/**
 * Observations of other readers in the field, each with what is done about it. Where a chip is
 * said to answer so, the test answers so in its place.
 */
describe("quirks", () => {
  test.each(["6a82", "6982", "6283", "6a86", "6a87"])(
    "EF.CardAccess answers %s: read on",
    async (status) => {
      const { transceive } = over(chipOf(), (command) =>
        command === "00a4020c02011c" ? status : undefined,
      );
      const reading = await read(transceive);
      expect(reading.failure).toBeNull();
      expect(reading.outcomes.CardAccess).toBe(status === "6a82" ? "absent" : "refused");
      expect(reading.files.DG1).toEqual(FILES.DG1);
    },
  );

  test.each(["6982", "6a81", "6a86", "6a87"])(
    "SELECT of the master file answers %s: both forms tried, neither fatal",
    async (status) => {
      const { transceive, sent } = over(chipOf({ files: filesWithout("CardAccess") }), (command) =>
        command.startsWith("00a4000c") ? status : undefined,
      );
      const reading = await read(transceive);
      expect(sent).toContain("00a4000c023f00");
      expect(sent).toContain("00a4000c");
      expect(reading.failure).toBeNull();
      expect(reading.files.DG1).toEqual(FILES.DG1);
    },
  );

  test("EF.DIR and EF.ATR/INFO are not asked for before access control", async () => {
    const { transceive, sent } = over(chipOf());
    await read(transceive);
    expect(sent.filter((command) => /^00a4020c022f0[01]/.test(command))).toEqual([]);
  });

  test("the application is selected before the challenge, and asked for again where a session was open", async () => {
    let refused = false;
    const { transceive, sent } = over(chipOf(), (command) => {
      if (!command.startsWith("00a4040c") || refused) return undefined;
      refused = true;
      return "6982";
    });
    expect((await read(transceive)).failure).toBeNull();
    const application = sent.filter((command) => command.startsWith("00a4040c"));
    expect(application).toHaveLength(2);
    expect(sent.indexOf("0084000008")).toBeGreaterThan(sent.lastIndexOf(application[0]!));
  });

  test("no eMRTD application is an error that says so", async () => {
    const { transceive } = over(chipOf(), (command) =>
      command.startsWith("00a4040c") ? "6a82" : undefined,
    );
    await expect(read(transceive)).rejects.toMatchObject({
      code: "APDU_STATUS",
      statusWord: 0x6a82,
    });
  });

  test.each(["6700", "6B00", "6282", "6C", "empty", "cut"])(
    "no more than 120 bytes at once, said by %s: the ladder goes down",
    async (answer) => {
      const reading = await read(chipOf({}, `le-limit=120:${answer}`));
      expect(reading.failure).toBeNull();
      expect(reading.files).toEqual(filesWithout("DG3"));
    },
  );

  test.each(["6700", "6B00", "6282", "6C"])(
    "the same said by %s in the clear: the chip is opened again and the file goes on at its byte",
    async (answer) => {
      const { transceive, sent } = over(chipOf({}, `le-limit=120:${answer}:plain`));
      const reading = await read(transceive);
      expect(reading.failure).toBeNull();
      expect(reading.files).toEqual(filesWithout("DG3"));
      // 231, 223, 192, 160 and 128 bytes are each refused once; the sixth session reads to the end.
      expect(sent.filter((command) => command.startsWith("0082"))).toHaveLength(6);
    },
  );

  test("a chip that gives no bytes at any length is a file that failed, and the reading goes on", async () => {
    const reading = await read(chipOf({}, "le-limit=3:6700"));
    expect(reading.failure).toBeNull();
    expect(reading.outcomes).toMatchObject({ COM: "failed", SOD: "failed", DG2: "failed" });
    expect(reading.fileErrors.DG2).toMatchObject({ code: "FILE_TRUNCATED" });
  });

  test("a chip that refuses a file it has not in the clear, and ends the session over it, is opened again", async () => {
    let last: string | undefined;
    const { transceive, sent } = over(chipOf(), () => {
      if (last !== "DG14") return undefined;
      last = undefined;
      return "6a82";
    });
    const reading = await read(transceive, {
      onProgress: (event) => {
        if (event.event === "file") last = event.file;
      },
    });
    expect(reading.failure).toBeNull();
    expect(reading.outcomes.DG15).toBe("failed");
    expect(reading.fileErrors).toEqual({
      DG15: expect.objectContaining({ code: "SM_UNPROTECTED", statusWord: 0x6a82 }),
    });
    expect(sent.filter((command) => command.startsWith("0082"))).toHaveLength(2);
    expect(reading.files).toEqual(filesWithout("DG3"));
  });

  test("a chip that ends every session is given up", async () => {
    const { transceive, sent } = over(chipOf(), (command) =>
      command.startsWith("0ca4") ? "6982" : undefined,
    );
    const reading = await read(transceive);
    expect(reading.failure).toMatchObject({ code: "SM_UNPROTECTED" });
    expect(sent.filter((command) => command.startsWith("0082")).length).toBeLessThan(12);
  });
});

describe("hostile chips", () => {
  const plainChip = (files: ChipFiles) => chipOf({ files, access: {} });

  test.each([
    ["a length beyond the limit", fromHex("7584ffffffff00")],
    ["an indefinite length", fromHex("75800000")],
    ["a length of five bytes", fromHex("75850000000001")],
    ["another tag", fromHex("6100")],
  ])("%s is a file that failed", async (_, dg2) => {
    const reading = await read(plainChip({ ...FILES, DG2: concatBytes(dg2, new Uint8Array(16)) }));
    expect(reading.failure).toBeNull();
    expect(reading.outcomes.DG2).toBe("failed");
    expect(reading.fileErrors.DG2).toMatchObject({ code: "FILE_INVALID", path: "DG2" });
    expect(reading.files.DG2).toBeUndefined();
  });

  test("less than the header declares is a file that failed", async () => {
    const reading = await read(plainChip({ ...FILES, DG2: fill(0x75, 1_000).subarray(0, 900) }));
    expect(reading.fileErrors.DG2).toMatchObject({ code: "FILE_TRUNCATED", offset: 900 });
  });

  test("what follows the declared end is left where it is", async () => {
    const reading = await read(
      plainChip({ ...FILES, DG2: concatBytes(FILES.DG2!, fromHex("ffff")) }),
    );
    expect(reading.files.DG2).toEqual(FILES.DG2);
  });

  test("a byte at a time is given up", async () => {
    const { transceive, sent } = over(chipOf({ access: {} }), (command) =>
      command.startsWith("00b0") && !command.endsWith("04") ? "009000" : undefined,
    );
    const reading = await read(transceive);
    expect(reading.fileErrors.DG2).toMatchObject({ code: "FILE_TRUNCATED" });
    expect(sent.length).toBeLessThan(300);
  });

  test("more than was asked for is a file that failed", async () => {
    const { transceive } = over(chipOf({ access: {} }), (command) =>
      command.startsWith("00b0") && command.endsWith("04")
        ? `6114${"00".repeat(10)}9000`
        : undefined,
    );
    const reading = await read(transceive);
    expect(reading.fileErrors.DG1).toMatchObject({ code: "FILE_INVALID" });
  });

  test("an answer that is no APDU ends the reading", async () => {
    const { transceive } = over(chipOf(), (_, number) => (number === 20 ? "90" : undefined));
    expect((await read(transceive)).failure).toMatchObject({ code: "TRANSPORT_FAILED" });
  });

  test.each(["wrong-ssc=7", "unprotected-answer=7", "flipped-bit=7", "truncated-answer=7"])(
    "%s ends the reading with what it has",
    async (fault) => {
      const reading = await read(chipOf({}, fault));
      expect(reading.failure?.code).toMatch(/^SM_/);
      expect(reading.files).toEqual({ CardAccess: FILES.CardAccess, COM: FILES.COM });
      expect(reading.outcomes.SOD).toBe("failed");
    },
  );
});

describe("a tag that is lost", () => {
  const breakingAt = async (
    after: number,
  ): Promise<{ chip: VirtualChip; reading: DocumentReading }> => {
    const chip = chipOf({}, `tag-lost=${after}`);
    return { chip, reading: await read(chip) };
  };

  test("before the chip is open is an error", async () => {
    await expect(read(chipOf({}, "tag-lost=3"))).rejects.toMatchObject({
      code: "TRANSPORT_FAILED",
    });
  });

  test("any error of a transport is one of ours", async () => {
    const cause = new Error("no reader");
    await expect(read(() => Promise.reject(cause))).rejects.toMatchObject({
      code: "TRANSPORT_FAILED",
      cause,
    });
  });

  test("after that leaves a reading, with the file in hand as far as it got", async () => {
    const { reading } = await breakingAt(30);
    expect(reading.failure).toMatchObject({ code: "TRANSPORT_FAILED" });
    expect(reading.files.SOD).toEqual(FILES.SOD);
    expect(reading.partial).toMatchObject({ file: "DG2" });
    expect(reading.outcomes.DG2).toBe("failed");
    expect(FILES.DG2!.subarray(0, reading.partial!.bytes.length)).toEqual(reading.partial!.bytes);
  });

  test("at any command, it is resumed to the same end, and nothing is read twice", async () => {
    const { transceive, sent } = over(chipOf());
    const whole = await read(transceive);
    for (let after = 7; after < sent.length; after++) {
      const { chip, reading: first } = await breakingAt(after);
      expect(first.failure, `${after}`).toMatchObject({ code: "TRANSPORT_FAILED" });
      chip.reset();
      const again = over(chip);
      const second = await read(again.transceive, { resume: first, random: countingRandom(after) });
      expect(second.failure).toBeNull();
      expect(second.files).toEqual(whole.files);
      expect(second.outcomes).toEqual(whole.outcomes);
      expect(second.evidence).toEqual(whole.evidence);
      // Opening again, and knowing the document again, is all that is done twice.
      if (first.files.SOD) expect(again.sent.length + after).toBeLessThanOrEqual(sent.length + 7);
    }
  });

  test("is not resumed with another document", async () => {
    const { reading } = await breakingAt(30);
    const other = chipOf({ files: { ...FILES, SOD: encodeTlv(0x77, new Uint8Array(600)) } });
    await expect(read(other, { resume: reading })).rejects.toMatchObject({
      code: "RESUME_MISMATCH",
    });
    const without = chipOf({ files: filesWithout("SOD") });
    await expect(read(without, { resume: reading })).rejects.toMatchObject({
      code: "RESUME_MISMATCH",
    });
  });

  test("before EF.SOD was read begins anew", async () => {
    const { chip, reading } = await breakingAt(9);
    expect(reading.files.SOD).toBeUndefined();
    chip.reset();
    const second = await read(chip, { resume: reading });
    expect(second.files).toEqual(filesWithout("DG3"));
  });
});

describe("every protected answer of a reading", () => {
  test("one flipped bit in any of them ends it", async () => {
    const answers: { commands: string[]; bytes: Uint8Array }[] = [];
    const chip = chipOf();
    const commands: string[] = [];
    await read(async (command) => {
      commands.push(toHex(command));
      const answer = chip.receive(command);
      answers.push({ commands: [...commands], bytes: answer });
      return answer;
    });
    const guarded = answers.flatMap(({ commands: sent }, i) =>
      (decodeCommandApdu(fromHex(sent.at(-1)!)).cla & 0x0c) === 0x0c ? [i] : [],
    );
    expect(guarded.length).toBeGreaterThan(20);
    const pick = countingRandom(5);
    for (const i of guarded) {
      const { bytes } = answers[i]!;
      const [high, low] = pick(2);
      const bit = ((high! << 8) | low!) % (8 * bytes.length);
      const flipped = bytes.map((byte, at) =>
        at === bit >> 3 ? byte ^ (0x80 >> (bit & 7)) : byte,
      );
      let number = 0;
      const reading = await read(async (command) => {
        expect(toHex(command), "the tape goes on as recorded up to the flip").toBe(
          commands[number],
        );
        const recorded = answers[number]!.bytes;
        return number++ === i ? flipped : recorded;
      });
      expect(reading.failure?.code, `bit ${bit} of answer ${i}`).toMatch(/^SM_/);
      expect(number, "not one command more").toBe(i + 1);
    }
  });
});
