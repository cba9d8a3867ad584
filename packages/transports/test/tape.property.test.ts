import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  createChannelPair,
  createMemoryTransport,
  parseTape,
  recordChannel,
  recordTransport,
  replayChannel,
  replayTransport,
  TransportError,
} from "../src/index.js";

const anyBytes = fc.uint8Array({ maxLength: 300 });

describe("tapes", () => {
  test("any exchanges are played back as they were", () =>
    fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(anyBytes, anyBytes), { maxLength: 20 }), async (pairs) => {
        let text = "";
        let turn = 0;
        const transport = recordTransport(
          createMemoryTransport(() => pairs[turn++]![1]),
          (line) => {
            text += line;
          },
        );
        for (const [command] of pairs) await transport.transceive(command);
        const replay = replayTransport(parseTape(text));
        for (const [command, response] of pairs) {
          expect(await replay.transceive(command)).toEqual(response);
        }
      }),
    ));

  test("any frames, in any order of sending and reading, are played back as they were", () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.boolean(), fc.oneof(anyBytes, fc.string({ unit: "grapheme" }))), {
          maxLength: 20,
        }),
        async (steps) => {
          let text = "";
          const { left, right } = createChannelPair();
          const client = recordChannel(left, (line) => {
            text += line;
          });
          for (const [sent, frame] of steps) {
            if (sent) await client.send(frame);
            else {
              await right.send(frame);
              await client.receive();
            }
          }
          const replay = replayChannel(parseTape(text));
          for (const [sent, frame] of steps) {
            if (sent) await replay.send(frame);
            else expect(await replay.receive()).toEqual(frame);
          }
        },
      ),
    ));

  test("any text is a tape or refused with our error", () => {
    const line = fc.oneof(
      fc.json(),
      fc.string(),
      fc
        .record({ command: fc.string(), response: fc.string() })
        .map((value) => JSON.stringify(value)),
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 5 }), (lines) => {
        try {
          parseTape(['{"tape":"apdu","version":1}', ...lines].join("\n"));
        } catch (error) {
          expect(error).toBeInstanceOf(TransportError);
        }
      }),
    );
  });
});
