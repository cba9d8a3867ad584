import { describe, expect, test } from "vitest";
import {
  createChannelPair,
  createMemoryTransport,
  type TransportEvent,
  withChannelLog,
  withDeadline,
  withLog,
  withSignal,
  withTimeout,
} from "../src/index.js";
import { createFakeClock } from "./support/fake-clock.js";
import { codeOf } from "./support/until.js";

const success = () => Uint8Array.of(0x90, 0x00);
const command = Uint8Array.of(0, 0xa4, 4, 0);

describe("time limit", () => {
  test("ends an exchange that takes longer, and the late answer is thrown away", async () => {
    const clock = createFakeClock();
    let answer: (bytes: Uint8Array) => void = () => {};
    const memory = createMemoryTransport(
      () =>
        new Promise((resolve) => {
          answer = resolve;
        }),
    );
    const transport = withTimeout(memory, 1_000, { clock });
    const late = codeOf(transport.transceive(command));
    clock.advance(999);
    clock.advance(1);
    expect(await late).toBe("TRANSPORT_TIMEOUT");
    expect(await codeOf(transport.transceive(command))).toBe("TRANSPORT_BUSY");
    answer(Uint8Array.of(0x6f, 0x00));
    await new Promise((resolve) => setTimeout(resolve, 1));
    const next = transport.transceive(command);
    await Promise.resolve();
    answer(success());
    expect(await next).toEqual(success());
    expect(clock.pending()).toBe(0);
  });

  test("holds for any operation, also one that does not heed its signal", async () => {
    const clock = createFakeClock();
    const { left } = createChannelPair();
    const reading = codeOf(withDeadline(50, (signal) => left.receive({ signal }), { clock }));
    const deaf = codeOf(withDeadline(60, () => new Promise(() => {}), { clock }));
    clock.advance(60);
    expect(await reading).toBe("TRANSPORT_TIMEOUT");
    expect(await deaf).toBe("TRANSPORT_TIMEOUT");
  });

  test("leaves the caller's own signal in force", async () => {
    const clock = createFakeClock();
    const { left } = createChannelPair();
    const caller = new AbortController();
    const options = { clock, signal: caller.signal };
    const reading = codeOf(withDeadline(50, (signal) => left.receive({ signal }), options));
    caller.abort();
    expect(await reading).toBe("TRANSPORT_ABORTED");
    expect(clock.pending()).toBe(0);
  });
});

describe("session signal", () => {
  test("ends what runs, refuses what comes and leaves the transport open", async () => {
    const session = new AbortController();
    const memory = createMemoryTransport(() => new Promise(() => {}));
    const transport = withSignal(memory, session.signal);
    const running = codeOf(transport.transceive(command));
    session.abort();
    expect(await running).toBe("TRANSPORT_ABORTED");
    expect(await codeOf(transport.transceive(command))).toBe("TRANSPORT_ABORTED");
    expect(await codeOf(memory.transceive(command))).toBe("TRANSPORT_BUSY");
  });
});

describe("log", () => {
  test("tells lengths, times and codes, and no byte that was carried", async () => {
    const events: TransportEvent[] = [];
    const clock = createFakeClock();
    const memory = createMemoryTransport(() => {
      clock.advance(7);
      return success();
    });
    const transport = withLog(memory, (event) => events.push(event), { clock });
    await transport.transceive(command);
    memory.remove();
    await codeOf(transport.transceive(command));
    await transport.close();
    expect(events).toEqual([
      { event: "exchange", command: 4, response: 2, ms: 7 },
      { event: "failed", command: 4, code: "CARD_ABSENT", ms: 0 },
      { event: "closed" },
    ]);
  });

  test("tells frames of a channel by kind and length in bytes", async () => {
    const events: TransportEvent[] = [];
    const { left, right } = createChannelPair();
    const channel = withChannelLog(left, (event) => events.push(event));
    await channel.send("\u00e9");
    await right.send(Uint8Array.of(1, 2, 3));
    await channel.receive();
    await channel.close(1001);
    await Promise.resolve();
    expect(events).toEqual([
      { event: "sent", text: true, length: 2 },
      { event: "received", text: false, length: 3 },
      { event: "closed", by: "us", code: 1001 },
    ]);
  });
});
