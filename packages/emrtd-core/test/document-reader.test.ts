import { describe, expect, test } from "vitest";
import { createVirtualChip, personalise, transceiveWith } from "../src/chip/index.js";
import { createDocumentReader, decodeCommandApdu, drive, type ReadStep } from "../src/index.js";
import { countingRandom } from "./support/counting-random.js";

const read = (file: "SOD" | "DG1" | "DG14" | "CardAccess"): ReadStep => ({
  step: "read",
  file,
  when: "always",
});

const documentOf = (profile: "ca-aes" | "ca-3des", extendedLength = true) => {
  const personalisation = personalise(profile);
  const chip = transceiveWith(
    createVirtualChip({ ...personalisation, extendedLength }, { random: countingRandom(2) }),
  );
  const commands: Uint8Array[] = [];
  const transceive = (command: Uint8Array) => {
    commands.push(command);
    return chip(command);
  };
  return { personalisation, transceive, commands };
};

describe("a reading that is led step by step", () => {
  test("lets another machine go on in its session, and goes on after it", async () => {
    const { personalisation, transceive } = documentOf("ca-aes");
    const reader = createDocumentReader(personalisation.password, { random: countingRandom() });
    await drive(reader.step({ step: "access" }), transceive);
    await drive(reader.step(read("SOD")), transceive);

    const elsewhere = createDocumentReader([], {
      random: countingRandom(),
      session: reader.session!,
    });
    await drive(elsewhere.step(read("DG1")), transceive);
    expect(elsewhere.files).toEqual({ DG1: personalisation.files.DG1 });

    reader.continueIn(elsewhere.session!);
    await drive(reader.step(read("DG14")), transceive);
    const { files, failure } = reader.reading();
    expect(failure).toBeNull();
    expect(files).toEqual({ SOD: personalisation.files.SOD, DG14: personalisation.files.DG14 });
  });

  test("does not open a chip again that it never had a password for", async () => {
    const { personalisation, transceive, commands } = documentOf("ca-aes");
    const reader = createDocumentReader(personalisation.password, { random: countingRandom() });
    await drive(reader.step({ step: "access" }), transceive);
    const elsewhere = createDocumentReader([], {
      random: countingRandom(),
      session: { ...reader.session!, macKey: new Uint8Array(16) },
    });
    const before = commands.length;
    await expect(drive(elsewhere.step(read("DG1")), transceive)).rejects.toMatchObject({
      code: "SM_SESSION_ENDED",
    });
    expect(commands).toHaveLength(before + 1);
  });

  test("has nothing to show before the chip is open", () => {
    const reader = createDocumentReader({ can: "123456" }, { random: countingRandom() });
    expect(reader.opened).toBe(false);
    expect(reader.session).toBeUndefined();
    expect(() => reader.reading()).toThrow("expected a plan that opens the chip");
    expect(() =>
      reader.continueIn({
        cipher: "3DES",
        encryptionKey: new Uint8Array(16),
        macKey: new Uint8Array(16),
        sendSequenceCounter: new Uint8Array(8),
      }),
    ).toThrow("expected an open chip");
  });

  test.each([
    ["a key of 2,048 bits is sent whole where anything fits", undefined, 1],
    ["and as a chain where commands are short", 200, 0],
  ])("%s", async (_, commandRoom, extended) => {
    const { personalisation, transceive, commands } = documentOf(
      "ca-3des",
      commandRoom === undefined,
    );
    const reader = createDocumentReader(personalisation.password, {
      random: countingRandom(),
      ...(commandRoom === undefined ? {} : { commandRoom }),
    });
    await drive(reader.step({ step: "access" }), transceive);
    await drive(reader.step(read("DG14")), transceive);
    await drive(reader.step({ step: "chip-authentication" }), transceive);
    const [, proof] = reader.reading().evidence;
    expect(proof).toMatchObject({ protocol: "chip-authentication", statusWord: 0x9000 });
    const long = commands.filter((command) => command.length > 261);
    expect(long).toHaveLength(extended);
    const linked = commands.filter((command) => (decodeCommandApdu(command).cla & 0x10) !== 0);
    expect(linked).toHaveLength(1 - extended);
  });
});

test("the challenge of active authentication may be that of whoever judges", async () => {
  const personalisation = personalise("bac-ecdsa");
  const chip = createVirtualChip(personalisation, { random: countingRandom(2) });
  const reader = createDocumentReader(personalisation.password, { random: countingRandom() });
  const challenge = Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8);
  await drive(reader.step({ step: "access" }), transceiveWith(chip));
  await drive(reader.step({ step: "read", file: "DG15", when: "always" }), transceiveWith(chip));
  await drive(reader.step({ step: "active-authentication", challenge }), transceiveWith(chip));
  expect(reader.reading().evidence[1]).toMatchObject({ challenge, statusWord: 0x9000 });
});
