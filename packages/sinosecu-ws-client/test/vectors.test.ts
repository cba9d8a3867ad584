import { describe, expect, test } from "vitest";
import type { Codec } from "../src/index.js";
import * as sinosecu from "../src/index.js";
import { decodeClientMessage, decodeServiceMessage } from "../src/index.js";
import vectors from "./vectors/messages.json" with { type: "json" };

type Message = { request?: Codec<unknown>; codec?: Codec<unknown> };

const codecOf = (name: string): Codec<unknown> => {
  const message = (sinosecu as unknown as Record<string, Message>)[name]!;
  return (message.request ?? message.codec)!;
};

describe("literal messages", () => {
  for (const { name, message, text, value, from, ...row } of vectors) {
    const wanted = value ?? undefined;

    test(`${name}: decoded`, () => {
      expect(codecOf(message).decode(text)).toEqual(wanted);
    });

    if (!("readOnly" in row)) {
      test(`${name}: encoded to the byte`, () => {
        expect(codecOf(message).encode(wanted)).toBe(text);
      });
    }

    test(`${name}: known to the role that receives it`, () => {
      const read = from === "client" ? decodeClientMessage(text) : decodeServiceMessage(text);
      expect(read.kind).not.toBe("unknown");
      if (read.kind === "questions") expect(read.questions[0]!.known).toBe(true);
    });
  }
});
