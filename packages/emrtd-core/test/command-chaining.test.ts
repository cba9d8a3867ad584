import { describe, expect, test } from "vitest";
import { chainCommand, receiveChained } from "../src/iso7816/command-chaining.js";

const command = {
  cla: 0x00,
  ins: 0x2a,
  p1: 0x00,
  p2: 0xbe,
  data: Uint8Array.of(1, 2, 3, 4, 5),
  le: 256,
};
const header = { ins: 0x2a, p1: 0x00, p2: 0xbe };

describe("command chaining", () => {
  test("all pieces but the last have the bit, and only the last asks for an answer", () => {
    expect(chainCommand(command, 2)).toEqual([
      { ...header, cla: 0x10, data: Uint8Array.of(1, 2) },
      { ...header, cla: 0x10, data: Uint8Array.of(3, 4) },
      { ...header, cla: 0x00, data: Uint8Array.of(5), le: 256 },
    ]);
  });

  test("what fits one command is one command", () => {
    expect(chainCommand(command)).toEqual([command]);
    expect(chainCommand({ ...header, cla: 0 })).toEqual([{ ...header, cla: 0 }]);
  });

  test("a piece of another command in between is refused", () => {
    const [first] = chainCommand(command, 2);
    const step = receiveChained(undefined, first!);
    if (step.state !== "more") expect.unreachable();
    expect(() => receiveChained(step.chain, { ...header, cla: 0, ins: 0xb0, le: 4 })).toThrow(
      expect.objectContaining({ code: "CHAINING_INVALID" }),
    );
  });

  test("a chain without end is refused", () => {
    const piece = { ...header, cla: 0x10, data: new Uint8Array(255) };
    expect(() => {
      let step = receiveChained(undefined, piece);
      for (let i = 0; i < 1_000; i++) {
        if (step.state === "more") step = receiveChained(step.chain, piece);
      }
    }).toThrow(expect.objectContaining({ code: "CHAINING_INVALID" }));
  });

  test("pieces of no byte are refused", () => {
    expect(() => chainCommand(command, 0)).toThrow(
      expect.objectContaining({ code: "APDU_INVALID" }),
    );
  });
});
