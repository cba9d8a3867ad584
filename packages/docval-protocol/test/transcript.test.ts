import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { encodeBase64 } from "../src/base64.js";
import { redactFrame, type TranscriptEntry, transcribed, v2, writeJson } from "../src/index.js";
import { createChannelPair } from "../src/testing/channel-pair.js";
import { createFakeClock } from "../src/testing/fake-clock.js";
import { PASSWORD } from "./support/documents.js";
import { run } from "./support/run.js";

describe("a transcript", () => {
  test.each([1, 2] as const)(
    "of version %i tells what passed, and of whom nothing",
    async (version) => {
      const { pair } = await run({
        as: "spec",
        version,
        document: "both",
        result: true,
        diagnostics: true,
      });
      const lines = pair.log.map(({ by, frame }) => redactFrame(frame, version, by));
      const text = lines.map((line) => writeJson(line)).join("\n");
      const handback = pair.log
        .map(({ frame }) => String(frame))
        .find((f) => f.includes("HANDBACK"));
      const keys = handback ? v2.CaHandback.decode(handback).secureMessagingInfo : undefined;
      for (const secret of [
        "ERIKSSON",
        "ANNA",
        ...Object.values(PASSWORD),
        "cf847daa",
        '"test"',
        ...(keys ? [encodeBase64(keys.encKey), encodeBase64(keys.macKey)] : []),
      ]) {
        expect(text).not.toContain(secret);
      }
      const told = version === 2 ? "CA_HANDBACK" : "CHIP_AUTHENTICATION";
      expect(text).toContain(told);
      expect(text).toContain('"type":"command","header":"0cb0');
      expect(text).toContain('"status":"9000"');
    },
  );

  test("is told as it happens, to the close", async () => {
    const clock = createFakeClock();
    const pair = createChannelPair();
    const entries: TranscriptEntry[] = [];
    const channel = transcribed(pair.server, {
      version: 2,
      us: "server",
      clock,
      onEntry: (entry) => void entries.push(entry),
    });
    await pair.client.send(Uint8Array.of(1, 3, 0x64, 0x67, 0x31, 7, 7));
    await channel.receive();
    await clock.advance(40);
    await channel.send('{"type":"CLOSE","code":1008,"reason":"PROTOCOL_ERROR"}');
    await pair.client.close(1001, "Anna gave up");
    await clock.advance(0);
    expect(entries).toEqual([
      { ms: 0, by: "client", frame: { type: "FILE", name: "dg1", bytes: 2 } },
      { ms: 40, by: "server", frame: { type: "CLOSE", code: 1008, reason: "PROTOCOL_ERROR" } },
      { ms: 40, by: "client", close: { code: 1001, reason: "(12 characters)" } },
    ]);
  });

  test.each<[string | Uint8Array, object]>([
    ["Anna", { type: "text", characters: 4 }],
    ["[1]", { type: "text", characters: 3 }],
    [
      '{"type":"Anna","Anna":1,"reason":{"Anna":1}}',
      {
        type: "(4 characters)",
        reason: "(1 fields)",
        unknownFields: 1,
      },
    ],
    [Uint8Array.of(9, 9), { type: "binary", bytes: 2 }],
    [Uint8Array.of(1, 200, 1), { type: "binary", bytes: 3 }],
    [Uint8Array.of(1, 1, 0x41, 1), { type: "FILE", name: "?", bytes: 1 }],
    [new Uint8Array(), { type: "binary", bytes: 0 }],
  ])("of what is no message says its size: %s", (frame, line) => {
    expect(redactFrame(frame, 2, "client")).toEqual(line);
  });

  test("any text of a client is a line without its words", () => {
    const word = "Eriksson";
    const json = fc.dictionary(
      fc.constantFrom("type", "platform", "message", "code", word),
      fc.constantFrom(word, [word], { [word]: word }),
    );
    fc.assert(
      fc.property(json, (value) => {
        expect(JSON.stringify(redactFrame(JSON.stringify(value), 2, "client"))).not.toContain(word);
      }),
    );
  });
});
