import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { EmrtdError } from "../src/errors.js";
import { anyCommandApdu, anyResponseApdu } from "../src/iso7816/arbitraries.js";
import {
  type CommandApdu,
  decodeCommand,
  decodeCommandApdu,
  encodeCommandApdu,
} from "../src/iso7816/command-apdu.js";
import {
  type CommandChain,
  chainCommand,
  receiveChained,
} from "../src/iso7816/command-chaining.js";
import { padBlocks, unpadBlocks } from "../src/iso7816/padding.js";
import { decodeResponseApdu, encodeResponseApdu } from "../src/iso7816/response-apdu.js";

const onlyOurErrors = (decode: () => unknown): void => {
  try {
    decode();
  } catch (error) {
    expect(error).toBeInstanceOf(EmrtdError);
  }
};

describe("command APDU", () => {
  test("what is encoded is decoded, in either form", () => {
    fc.assert(
      fc.property(anyCommandApdu(), fc.boolean(), (command, extended) => {
        expect(decodeCommandApdu(encodeCommandApdu(command, { extended }))).toEqual(command);
      }),
    );
  });

  test("any bytes are a command that is written back as it was, or refused", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 600 }), (bytes) => {
        onlyOurErrors(() => {
          const { command, extended } = decodeCommand(bytes);
          expect(encodeCommandApdu(command, { extended })).toEqual(bytes);
        });
      }),
    );
  });

  test("a chain of any piece length is received as the command that was split", () => {
    fc.assert(
      fc.property(anyCommandApdu(), fc.integer({ min: 16, max: 300 }), (any, pieceLength) => {
        const command: CommandApdu = { ...any, cla: any.cla & ~0x10 };
        let chain: CommandChain | undefined;
        let received: CommandApdu | undefined;
        for (const piece of chainCommand(command, pieceLength)) {
          expect(received).toBeUndefined();
          const step = receiveChained(chain, piece);
          if (step.state === "more") chain = step.chain;
          else received = step.command;
        }
        expect(received).toEqual(command);
      }),
      { numRuns: 50 },
    );
  });
});

describe("response APDU", () => {
  test("what is encoded is decoded", () => {
    fc.assert(
      fc.property(anyResponseApdu(), (response) => {
        expect(decodeResponseApdu(encodeResponseApdu(response))).toEqual(response);
      }),
    );
  });

  test("any bytes are an answer that is written back as it was, or refused", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        onlyOurErrors(() => expect(encodeResponseApdu(decodeResponseApdu(bytes))).toEqual(bytes));
      }),
    );
  });
});

describe("padding method 2", () => {
  test("what is padded is whole blocks, and is unpadded", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), fc.constantFrom(8, 16), (data, block) => {
        const padded = padBlocks(data, block);
        expect(padded.length % block).toBe(0);
        expect(unpadBlocks(padded, block)).toEqual(data);
      }),
    );
  });

  test("a last block of zeros, or none at all, is not padding", () => {
    expect(unpadBlocks(new Uint8Array(16), 8)).toBeUndefined();
    expect(unpadBlocks(new Uint8Array(0), 8)).toBeUndefined();
    expect(
      unpadBlocks(Uint8Array.of(0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0), 8),
    ).toBeUndefined();
  });
});
