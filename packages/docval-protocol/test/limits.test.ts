import {
  type CommandApdu,
  decodeCommandApdu,
  encodeAtrInfo,
  extendedLengthObject,
} from "@org/emrtd-core";
import { describe, expect, test } from "vitest";
import { commandRoom, encodeWithin, readRoom } from "../src/emrtd/apdu-room.js";
import { DocvalError } from "../src/index.js";
import { chipOf, DOCUMENTS, type DocumentName } from "./support/documents.js";
import { type Ran, run } from "./support/run.js";

/** The commands of the server with the answers to them, as they crossed the line. */
const driven = ({ pair }: Ran, version: 1 | 2): { command: Uint8Array; answer: Uint8Array }[] => {
  const apdu = (frame: unknown) =>
    frame instanceof Uint8Array && (version === 1 || frame[0] === 2)
      ? [frame.subarray(version === 1 ? 0 : 1)]
      : [];
  const by = (who: string) =>
    pair.log.filter((sent) => sent.by === who).flatMap(({ frame }) => apdu(frame));
  return by("server").map((command, i) => ({ command, answer: by("client")[i]! }));
};

const isExtended = (command: Uint8Array): boolean => command.length > 5 && command[4] === 0;

describe("version 2: what CA_HANDOVER says is kept", () => {
  const cases = (["ca-aes", "ca-3des"] as const).flatMap((document) =>
    [100, 160, 223, 253, 256, 261, 300, 512, 1_534, 65_536, 65_544, 2_147_483_647].map(
      (max) => [document, max] as const,
    ),
  );

  test.each(cases)("%s, maxTransceiveLengthForSecureMessaging %i", async (document, max) => {
    for (const extendedLength of [true, false]) {
      const ran = await run({
        as: "spec",
        version: 2,
        document,
        extendedLength,
        maxTransceiveLength: max,
      });
      // At 100 bytes the key for AES would have to be sent in pieces, which this chip does not take.
      const expected = document === "ca-aes" && max === 100 ? "FAILED" : "SUCCESS";
      expect(ran.posted).toMatchObject({ chipAuthenticationResult: expected });
      const exchanges = driven(ran, 2);
      expect(exchanges.length).toBeGreaterThan(3);
      for (const { command, answer } of exchanges) {
        expect(command.length).toBeLessThanOrEqual(max);
        expect(answer.length).toBeLessThanOrEqual(max);
        expect(decodeCommandApdu(command).le ?? 0).toBeLessThanOrEqual(max);
        if (!extendedLength) expect(isExtended(command)).toBe(false);
      }
    }
  });

  test.each([1, 16, 100, 4_096, 2_147_483_647])("maxBlockSize %i", async (max) => {
    const ran = await run({ as: "spec", version: 2, document: "ca-aes", maxBlockSize: max });
    expect(ran.posted).toMatchObject({ chipAuthenticationResult: "SUCCESS" });
    const reads = driven(ran, 2).filter(({ command }) => command[1] === 0xb0);
    // DO 87 of an answer holds padded blocks: at least one byte of them is padding.
    for (const { answer } of reads) {
      const header = answer[1]! < 0x80 ? 3 : 4;
      const cryptogram = (answer[1]! < 0x80 ? answer[1]! : answer[2]!) - 1;
      expect(answer[header - 1]).toBe(1);
      expect(cryptogram).toBeLessThanOrEqual((Math.floor(max / 16) + 1) * 16);
    }
    expect(reads.length).toBeGreaterThanOrEqual(Math.ceil(93 / Math.max(max, 4)));
  });

  test.each([1, 20, 37])("%i bytes are too few for any protected command", async (max) => {
    const { report, posted } = await run({
      as: "spec",
      version: 2,
      document: "ca-aes",
      maxTransceiveLength: max,
    });
    expect(report.close).toMatchObject({ code: 1008, reason: "PROTOCOL_ERROR" });
    expect(posted).toBeUndefined();
  });
});

describe("version 1: what the start message says is kept", () => {
  const documents: readonly DocumentName[] = ["ca-aes", "ca-3des", "aa", "td1-id-card"];

  test.each(documents.flatMap((name) => [100, 200, 261, 600].map((max) => [name, max] as const)))(
    "%s, max_command_bytes %i",
    async (document, max) => {
      const ran = await run({ as: "spec", version: 1, document, lengths: { command: max } });
      if (document === "td1-id-card" && max === 100) {
        // PACE on a curve of 384 bits has a key that fits no such command, and no other way to send it.
        expect(ran.report.close.reason).toBe("EMRTD_PASSPORT_READER_ERROR");
      } else expect(ran.posted).toMatchObject({ passiveAuthentication: true });
      for (const { command } of driven(ran, 1)) expect(command.length).toBeLessThanOrEqual(max);
    },
  );

  test.each(
    documents.flatMap((name) => [100, 200, 258, 600, 5_000].map((max) => [name, max] as const)),
  )("%s, max_response_bytes %i", async (document, max) => {
    const ran = await run({ as: "spec", version: 1, document, lengths: { response: max } });
    expect(ran.report.close).toMatchObject({ code: 1000 });
    // What PACE answers on a curve of 384 bits takes 105 bytes, whatever is asked for.
    if (document === "td1-id-card" && max === 100) return;
    for (const { command, answer } of driven(ran, 1)) {
      expect(answer.length).toBeLessThanOrEqual(max);
      expect((decodeCommandApdu(command).le ?? 0) + 2).toBeLessThanOrEqual(max);
    }
  });

  test.each(documents)("%s, no adapter for extended length", async (document) => {
    const ran = await run({ as: "spec", version: 1, document, extendedLength: false });
    expect(ran.posted).toMatchObject({ passiveAuthentication: true });
    for (const { command } of driven(ran, 1)) expect(isExtended(command)).toBe(false);
  });

  test("lengths that chip or client state make a reading shorter", async () => {
    const plain = await run({ as: "spec", version: 1, document: "ca-aes" });
    const told = await run({
      as: "spec",
      version: 1,
      document: "ca-aes",
      lengths: { command: 1_000, response: 1_000 },
    });
    const chip = DOCUMENTS["ca-aes"]();
    const dataObjects = [extendedLengthObject({ command: 1_000, response: 1_000 })];
    const files = { ...chip.files, "ATR/INFO": encodeAtrInfo({ dataObjects }) };
    const stated = await run({
      as: "ios-1.2.2",
      version: 1,
      document: chipOf({ ...chip, files }),
    });
    const count = (ran: Ran) => driven(ran, 1).length;
    expect(count(told)).toBeLessThan(0.75 * count(plain));
    expect(count(stated)).toBeLessThan(0.75 * count(plain));
    expect(stated.pair.log[0]?.frame).toContain(
      '"max_command_bytes":1000,"max_response_bytes":1000',
    );
  });
});

describe("room in a protected APDU", () => {
  test("what is planned is what fits", () => {
    expect(readRoom({ extendedLength: false })).toBe(256);
    expect(readRoom({ extendedLength: false, response: 200 })).toBe(175);
    expect(readRoom({ extendedLength: true, response: 1_536 })).toBe(1_503);
    expect(readRoom({ extendedLength: true, block: 10 })).toBe(10);
    expect(commandRoom({ extendedLength: false })).toBe(223);
    expect(commandRoom({ extendedLength: true, command: 300 })).toBe(271);
    expect(() => readRoom({ extendedLength: true, response: 30 })).toThrow(DocvalError);
    expect(() => commandRoom({ extendedLength: true, command: 30 })).toThrow(DocvalError);
  });

  test("a command that does not fit is refused, not cut", () => {
    const long: CommandApdu = {
      cla: 0,
      ins: 0x86,
      p1: 0,
      p2: 0,
      data: new Uint8Array(300),
      le: 256,
    };
    expect(() => encodeWithin(long, { extendedLength: false })).toThrow(
      "expected a way for a command",
    );
    expect(() => encodeWithin(long, { extendedLength: true, command: 300 })).toThrow(DocvalError);
    expect(encodeWithin(long, { extendedLength: true })).toHaveLength(309);
  });
});
