import { describe, expect, test } from "vitest";
import {
  type ApduTransport,
  createChannelPair,
  createMemoryTransport,
  parseTape,
  recordChannel,
  recordTransport,
  replayChannel,
  replayTransport,
} from "../src/index.js";
import { codeOf } from "./support/until.js";

const bytes = (...values: number[]) => Uint8Array.from(values);
const code = (name: string) => expect.objectContaining({ code: name });

const recorded = async (
  work: (transport: ApduTransport) => Promise<void>,
  options: Parameters<typeof recordTransport>[2] = {},
) => {
  let text = "";
  const card = createMemoryTransport((command) => bytes(command.length, 0x90, 0x00));
  const transport = recordTransport(
    card,
    (line) => {
      text += line;
    },
    options,
  );
  await work(transport);
  return { text };
};

describe("tape of an APDU transport", () => {
  test("is JSON lines, the first saying what it is", async () => {
    const { text } = await recorded(
      async (transport) => {
        await transport.transceive(bytes(0x00, 0xb0, 0x00, 0x00));
      },
      { context: { random: "00" } },
    );
    expect(text).toBe(
      '{"tape":"apdu","version":1,"context":{"random":"00"}}\n' +
        '{"command":"00b00000","response":"049000"}\n',
    );
    expect(parseTape(text).context).toEqual({ random: "00" });
  });

  test("plays what it holds, in its order, and refuses all else without moving on", async () => {
    const { text } = await recorded(async (transport) => {
      await transport.transceive(bytes(1, 2));
      await transport.transceive(bytes(3, 4, 5));
    });
    const replay = replayTransport(parseTape(text));
    expect(replay.remaining).toBe(2);
    expect(await codeOf(replay.transceive(bytes(3, 4, 5)))).toBe("TAPE_MISMATCH");
    expect(await replay.transceive(bytes(1, 2))).toEqual(bytes(2, 0x90, 0x00));
    expect(await replay.transceive(bytes(3, 4, 5))).toEqual(bytes(3, 0x90, 0x00));
    expect(replay.remaining).toBe(0);
    expect(await codeOf(replay.transceive(bytes(3, 4, 5)))).toBe("TAPE_MISMATCH");
    await replay.close();
    expect(await codeOf(replay.transceive(bytes(1, 2)))).toBe("TRANSPORT_CLOSED");
  });

  test("holds what the card did wrong and not what the caller did", async () => {
    const { text } = await recorded(async (transport) => {
      const aborted = new AbortController();
      aborted.abort();
      await codeOf(transport.transceive(bytes(1, 2), { signal: aborted.signal }));
    });
    expect(text).toBe('{"tape":"apdu","version":1}\n');

    let lines = "";
    const card = createMemoryTransport(() => bytes(0x90, 0x00));
    card.remove();
    const transport = recordTransport(card, (line) => {
      lines += line;
    });
    expect(await codeOf(transport.transceive(bytes(9, 9)))).toBe("CARD_ABSENT");
    const replay = replayTransport(parseTape(lines));
    expect(await codeOf(replay.transceive(bytes(9, 9)))).toBe("CARD_ABSENT");
  });

  test("blanks what is marked secret, and is then shown and not replayed", async () => {
    const { text } = await recorded(
      async (transport) => {
        await transport.transceive(bytes(0, 0x20, 0, 0, 4, 0x31, 0x32, 0x33, 0x34));
      },
      { secrets: () => ({ command: [[5, 9]], response: [[0, 1]] }) },
    );
    expect(text).toContain('{"command":"0020000004********","response":"**9000"}');
    expect(text).not.toContain("31323334");
    const tape = parseTape(text);
    expect(tape.redacted).toBe(true);
    expect(() => replayTransport(tape)).toThrowError(code("TAPE_REDACTED"));
  });

  for (const [name, text] of [
    ["nothing", ""],
    ["no JSON", "tape"],
    ["an array", "[]"],
    ["another version", '{"tape":"apdu","version":2}'],
    ["another kind", '{"tape":"video","version":1}'],
    ["half a byte", '{"tape":"apdu","version":1}\n{"command":"0","response":"9000"}'],
    ["a line without an answer", '{"tape":"apdu","version":1}\n{"command":"00"}'],
    ["an unknown code", '{"tape":"apdu","version":1}\n{"command":"00","error":"toString"}'],
    ["an unknown field", '{"tape":"apdu","version":1}\n{"command":"00","response":"","x":1}'],
    ["a frame among APDUs", '{"tape":"apdu","version":1}\n{"sent":{"text":"x"}}'],
    ["a frame of no kind", '{"tape":"channel","version":1}\n{"sent":{"x":"y"}}'],
    ["a frame that is null", '{"tape":"channel","version":1}\n{"sent":null}'],
    ["a close without a reason", '{"tape":"channel","version":1}\n{"closed":{"by":"us","code":1}}'],
    ["an empty line", '{"tape":"apdu","version":1}\n\n{"command":"","response":""}'],
  ] as const) {
    test(`${name} is refused with the line`, () => {
      expect(() => parseTape(text)).toThrowError(/in line [123]$/);
      expect(() => parseTape(text)).toThrowError(code("TAPE_INVALID"));
    });
  }

  test("is not played by the other kind of transport", () => {
    const apdu = parseTape('{"tape":"apdu","version":1}\n');
    const channel = parseTape('{"tape":"channel","version":1}\n');
    expect(() => replayChannel(apdu)).toThrowError(code("TAPE_INVALID"));
    expect(() => replayTransport(channel)).toThrowError(code("TAPE_INVALID"));
  });
});

describe("tape of a channel", () => {
  const record = async () => {
    let text = "";
    const { left, right } = createChannelPair();
    const client = recordChannel(left, (line) => {
      text += line;
    });
    await client.send('{"type":"START"}');
    await right.receive();
    await right.send('{"type":"ACCEPT"}');
    await right.send(bytes(2, 0x00, 0xa4));
    await client.receive();
    await client.receive();
    await client.send(bytes(2, 0x90, 0x00));
    await right.close(1000, "done");
    expect(await client.receive()).toBeUndefined();
    await client.closed;
    return text;
  };

  test("plays the far side: answers come when what was sent before them is sent again", async () => {
    const replay = replayChannel(parseTape(await record()));
    expect(await codeOf(replay.send("something else"))).toBe("TAPE_MISMATCH");
    const early = replay.receive();
    await replay.send('{"type":"START"}');
    expect(await early).toBe('{"type":"ACCEPT"}');
    expect(await replay.receive()).toEqual(bytes(2, 0x00, 0xa4));
    await replay.send(bytes(2, 0x90, 0x00));
    expect(await replay.receive()).toBeUndefined();
    expect(await replay.closed).toEqual({ by: "peer", code: 1000, reason: "done" });
    expect(await codeOf(replay.send("late"))).toBe("TRANSPORT_CLOSED");
  });

  test("ends as a lost line where the tape ends, and as we say where we close", async () => {
    const tape = parseTape('{"tape":"channel","version":1}\n{"sent":{"text":"a"}}\n');
    const lost = replayChannel(tape);
    await lost.send("a");
    expect(await lost.closed).toEqual({ by: "lost", code: 1006, reason: "" });
    const ours = replayChannel(tape);
    expect(await ours.close(1001, "bye")).toEqual({ by: "us", code: 1001, reason: "bye" });
  });

  test("blanks secrets in text and bytes", async () => {
    let text = "";
    const { left, right } = createChannelPair();
    const client = recordChannel(
      left,
      (line) => {
        text += line;
      },
      { secrets: (frame) => (typeof frame === "string" ? [[4, 10]] : [[1, 2]]) },
    );
    await client.send("can=123456");
    await client.send(bytes(1, 2, 3));
    await right.close();
    await client.closed;
    expect(text).toContain('{"sent":{"text":"can=******","redacted":true}}');
    expect(text).toContain('{"sent":{"hex":"01**03"}}');
    const tape = parseTape(text);
    expect(tape.redacted).toBe(true);
    expect(() => replayChannel(tape)).toThrowError(code("TAPE_REDACTED"));
  });
});
