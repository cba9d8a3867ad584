import { once } from "node:events";
import { connect, createServer, type Server, type Socket } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import { type CardInfo, DEFAULT_ATR, type TransportError, waitForCard } from "../src/index.js";
import { openVpcdCard, openVpcdReader } from "../src/node/vpcd.js";
import { createFakeClock } from "./support/fake-clock.js";
import { codeOf, until } from "./support/until.js";

const hex = (text: string) => Buffer.from(text, "hex");
const cleanUp: (() => unknown)[] = [];
afterEach(async () => {
  for (const step of cleanUp.splice(0).reverse()) await step();
});

/** A reader of bytes only, that a card dials into. */
const bareReader = async () => {
  const server: Server = createServer();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  const sockets: Socket[] = [];
  server.on("connection", (socket) => sockets.push(socket));
  cleanUp.push(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const accepted = async (count = 1) => {
    await until(() => sockets.length >= count);
    return sockets[count - 1]!;
  };
  return { port, accepted };
};

/** All bytes that a socket receives, as they are. */
const listenTo = (socket: Socket) => {
  let bytes = Buffer.alloc(0);
  socket.on("data", (chunk) => {
    bytes = Buffer.concat([bytes, chunk]);
  });
  socket.on("error", () => {});
  return () => bytes.toString("hex");
};

const success = () => Uint8Array.of(0x90, 0x00);

describe("vpcd card", () => {
  test("answers the bytes of a reader as a card does", async () => {
    const { port, accepted } = await bareReader();
    const powers: string[] = [];
    const card = await openVpcdCard((command) => Uint8Array.of(command[1]!, 0x90, 0x00), {
      port,
      atr: Uint8Array.of(0x3b, 0x00),
      onPower: (power) => powers.push(power),
    });
    cleanUp.push(() => card.close());
    const reader = await accepted();
    const received = listenTo(reader);
    reader.write(hex("000101" + "000104" + "000400b00000" + "000102" + "000104" + "000100"));
    const answers = "00023b00" + "0003b09000" + "00023b00";
    await until(() => powers.length === 3 && received().length >= answers.length);
    expect(powers).toEqual(["on", "reset", "off"]);
    expect(received()).toBe(answers);
  });

  test("a reset that comes after a command is obeyed after its answer", async () => {
    const { port, accepted } = await bareReader();
    const order: string[] = [];
    let answer: ((bytes: Uint8Array) => void) | undefined;
    const card = await openVpcdCard(
      () =>
        new Promise((resolve) => {
          answer = (bytes) => {
            order.push("answer");
            resolve(bytes);
          };
        }),
      { port, onPower: (power) => order.push(power) },
    );
    cleanUp.push(() => card.close());
    const reader = await accepted();
    const received = listenTo(reader);
    reader.write(hex("000400b00000" + "000102"));
    await until(() => answer !== undefined);
    answer?.(success());
    await until(() => order.length === 2);
    expect(order).toEqual(["answer", "reset"]);
    expect(received()).toBe("00029000");
  });

  test("an answer of 65,536 bytes is refused with a code and not cut", async () => {
    const { port, accepted } = await bareReader();
    const card = await openVpcdCard(() => new Uint8Array(65_536), { port });
    const reader = await accepted();
    const received = listenTo(reader);
    reader.write(hex("000400b00000"));
    expect(await card.closed).toMatchObject({ code: "FRAME_SIZE", limit: 65_535 });
    await until(() => reader.destroyed || reader.readableEnded);
    expect(received()).toBe("");
  });

  test("a card that throws is taken out, with its error as the cause", async () => {
    const { port, accepted } = await bareReader();
    const broken = new Error("broken");
    const card = await openVpcdCard(
      () => {
        throw broken;
      },
      { port },
    );
    (await accepted()).write(hex("000400b00000"));
    expect(await card.closed).toMatchObject({ code: "CARD_FAILED", cause: broken });
  });

  for (const { name, bytes, code } of [
    { name: "endless empty lengths", bytes: "0000".repeat(100), code: "FRAME_INVALID" },
    { name: "a control that is none", bytes: "000103", code: "FRAME_INVALID" },
    { name: "commands without end", bytes: "000400b00000".repeat(100), code: "FRAME_FLOOD" },
  ]) {
    test(`${name}: the reader is left`, async () => {
      const { port, accepted } = await bareReader();
      const card = await openVpcdCard(() => new Promise(() => {}), { port });
      const reader = await accepted();
      reader.on("error", () => {});
      reader.write(hex(bytes));
      expect(await card.closed).toMatchObject({ code });
      await until(() => reader.destroyed || reader.readableEnded || reader.closed);
    });
  }

  test("redials a reader that is not there yet, and one that comes back", async () => {
    const first = await openVpcdReader({ port: 0 });
    const { port } = first;
    await first.close();
    const events: string[] = [];
    const opening = openVpcdCard(success, {
      port,
      redialMs: 5_000,
      onReader: (event) => events.push(event),
    });
    const second = await openVpcdReader({ port });
    const card = await opening;
    await waitForCard(second);
    await second.close();
    await until(() => events.includes("lost"));
    const third = await openVpcdReader({ port });
    cleanUp.push(() => third.close());
    await waitForCard(third);
    expect(await third.transceive(Uint8Array.of(0, 0xb0, 0, 0))).toEqual(success());
    expect(events).toEqual(["found", "lost", "found"]);
    await card.close();
    expect(await card.closed).toBeUndefined();
  });

  test("gives up dialling after the time given, by the clock given", async () => {
    const gone = await openVpcdReader({ port: 0 });
    await gone.close();
    const clock = createFakeClock();
    const opening = codeOf(openVpcdCard(success, { port: gone.port, redialMs: 10_000, clock }));
    for (let i = 0; i < 60; i++) {
      await new Promise((resolve) => setTimeout(resolve, 2));
      clock.advance(200);
    }
    expect(await opening).toBe("CONNECT_FAILED");
    expect(clock.pending()).toBe(0);
  });

  test("a signal ends the dialling, and takes a laid card out", async () => {
    const gone = await openVpcdReader({ port: 0 });
    await gone.close();
    const dialling = new AbortController();
    const opening = codeOf(
      openVpcdCard(success, { port: gone.port, redialMs: 60_000, signal: dialling.signal }),
    );
    dialling.abort();
    expect(await opening).toBe("TRANSPORT_ABORTED");

    const reader = await openVpcdReader({ port: 0 });
    cleanUp.push(() => reader.close());
    const laid = new AbortController();
    const card = await openVpcdCard(success, { port: reader.port, signal: laid.signal });
    await waitForCard(reader);
    laid.abort();
    expect(await card.closed).toBeUndefined();
    await until(() => reader.card === undefined);
  });
});

describe("vpcd reader", () => {
  /** A card of bytes only, dialled in and asked for its answer to reset. */
  const bareCard = async (port: number, atr = "00023b00") => {
    const socket = connect(port, "127.0.0.1");
    const received = listenTo(socket);
    cleanUp.push(() => socket.destroy());
    await until(() => received() === "000101" + "000104");
    socket.write(hex(atr));
    return { socket, received };
  };
  const openReader = async (options: Parameters<typeof openVpcdReader>[0] = {}) => {
    const reader = await openVpcdReader({ port: 0, ...options });
    cleanUp.push(() => reader.close());
    return reader;
  };

  test("asks the bytes of a card as a reader does", async () => {
    const reader = await openReader();
    const { socket, received } = await bareCard(reader.port);
    expect(await waitForCard(reader)).toEqual({ atr: Uint8Array.of(0x3b, 0x00) });
    const answer = reader.transceive(Uint8Array.of(0x00, 0xb0, 0x00, 0x00));
    await until(() => received().endsWith("000400b00000"));
    socket.write(hex("00029000"));
    expect(await answer).toEqual(success());
    const reset = reader.reset();
    await until(() => received().endsWith("000102" + "000104"));
    socket.write(hex("00023b01"));
    expect((await reset).atr).toEqual(Uint8Array.of(0x3b, 0x01));
    await reader.close();
    await until(() => received().endsWith("000100"));
  });

  test("holds one card and turns a second away", async () => {
    const reader = await openReader();
    const card = await openVpcdCard(success, { port: reader.port });
    await waitForCard(reader);
    const second = connect(reader.port, "127.0.0.1");
    const received = listenTo(second);
    await once(second, "close");
    expect(received()).toBe("");
    expect(await reader.transceive(Uint8Array.of(0, 0xa4))).toEqual(success());
    await card.close();
  });

  for (const { name, bytes, code } of [
    { name: "an answer that nobody asked for", bytes: "00029000", code: "FRAME_UNEXPECTED" },
    { name: "endless lengths", bytes: "0000".repeat(1_000), code: "FRAME_INVALID" },
    { name: "a length beyond the limit", bytes: "0401", code: "FRAME_LIMIT" },
  ]) {
    test(`${name} ends the connection and leaves the reader open`, async () => {
      const faults: TransportError[] = [];
      const reader = await openReader({
        maxResponse: 1_024,
        onFault: (error) => faults.push(error),
      });
      const { socket } = await bareCard(reader.port);
      await waitForCard(reader);
      socket.write(hex(bytes));
      await until(() => faults.length === 1);
      expect(faults[0]).toMatchObject({ code });
      expect(reader.card).toBeUndefined();
      expect(await codeOf(reader.transceive(Uint8Array.of(0, 0xa4)))).toBe("CARD_ABSENT");
      const card = await openVpcdCard(success, { port: reader.port });
      await waitForCard(reader);
      expect(await reader.transceive(Uint8Array.of(0, 0xa4))).toEqual(success());
      await card.close();
    });
  }

  test("a running exchange ends with what the card did wrong", async () => {
    const reader = await openReader({ maxResponse: 16 });
    const { socket, received } = await bareCard(reader.port);
    await waitForCard(reader);
    const answer = codeOf(reader.transceive(Uint8Array.of(0, 0xa4, 4, 0)));
    await until(() => received().endsWith("a40400"));
    socket.write(hex("0011"));
    expect(await answer).toBe("FRAME_LIMIT");
  });

  test("a caller that says nothing loses its place, by the clock given", async () => {
    const clock = createFakeClock();
    const faults: TransportError[] = [];
    const reader = await openReader({
      atrMs: 5_000,
      clock,
      onFault: (error) => faults.push(error),
    });
    const mute = connect(reader.port, "127.0.0.1");
    const received = listenTo(mute);
    await until(() => received() !== "");
    clock.advance(4_999);
    expect(faults).toEqual([]);
    clock.advance(1);
    expect(faults[0]).toMatchObject({ code: "CARD_FAILED" });
    await once(mute, "close");
    const card = await openVpcdCard(success, { port: reader.port });
    expect((await waitForCard(reader)).atr).toEqual(DEFAULT_ATR);
    expect(clock.pending()).toBe(0);
    await card.close();
  });

  test("an answer to reset that is too long is none", async () => {
    const faults: TransportError[] = [];
    const reader = await openReader({ onFault: (error) => faults.push(error) });
    await bareCard(reader.port, `0022${"3b".repeat(34)}`);
    await until(() => faults.length === 1);
    expect(faults[0]).toMatchObject({ code: "FRAME_INVALID", limit: 33 });
  });

  test("a command of one byte would be a control and is refused", async () => {
    const reader = await openReader();
    await bareCard(reader.port);
    await waitForCard(reader);
    expect(await codeOf(reader.transceive(Uint8Array.of(2)))).toBe("FRAME_SIZE");
  });

  test("a port that is taken, or is none, is refused", async () => {
    const reader = await openReader();
    expect(await codeOf(openVpcdReader({ port: reader.port }))).toBe("LISTEN_FAILED");
    expect(await codeOf(openVpcdReader({ port: 65_536 }))).toBe("OPTION_INVALID");
  });

  test("two hundred cards come and go, and no socket or listener stays", async () => {
    const reader = await openReader();
    const seen: (CardInfo | undefined)[] = [];
    reader.onCard((card) => seen.push(card));
    for (let i = 0; i < 200; i++) {
      const card = await openVpcdCard(success, { port: reader.port });
      await waitForCard(reader);
      await card.close();
      await until(() => reader.card === undefined);
    }
    expect(seen.length).toBe(400);
  });
});
