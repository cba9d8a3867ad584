import { describe, expect, test } from "vitest";
import {
  type ApduFraming,
  createChannelPair,
  createMemoryTransport,
  createRelayTransport,
  type Frame,
  serveRelay,
} from "../src/index.js";
import { codeOf } from "./support/until.js";

const command = Uint8Array.of(0, 0xa4, 4, 0);
const success = () => Uint8Array.of(0x90, 0x00);

/** APDUs in JSON, as some services carry them. */
const json: ApduFraming = {
  wrap: (apdu) => JSON.stringify({ apdu: Buffer.from(apdu).toString("base64") }),
  unwrap(frame) {
    const { apdu } = JSON.parse(String(frame)) as { apdu?: string };
    return apdu === undefined ? undefined : new Uint8Array(Buffer.from(apdu, "base64"));
  },
};

describe("relay", () => {
  test("carries APDUs in the framing that is given, other frames beside them", async () => {
    const { left, right } = createChannelPair();
    const others: Frame[] = [];
    const onOther = (frame: Frame) => others.push(frame);
    const transport = createRelayTransport(left, { framing: json, onOther });
    const served = serveRelay(right, createMemoryTransport(success), { framing: json, onOther });
    await left.send('{"type":"HELLO"}');
    await right.send('{"type":"STATUS"}');
    expect(await transport.transceive(command)).toEqual(success());
    await transport.close();
    expect(await served).toEqual({ by: "peer", code: 1000, reason: "" });
    expect(others.sort()).toEqual(['{"type":"HELLO"}', '{"type":"STATUS"}']);
  });

  test("an answer that nobody asked for ends the relay", async () => {
    const { left, right } = createChannelPair();
    const transport = createRelayTransport(left);
    await right.send(success());
    expect(await right.closed).toMatchObject({ by: "peer", code: 1002 });
    expect(transport.card).toBeUndefined();
    expect(await codeOf(transport.transceive(command))).toBe("CARD_ABSENT");
  });

  test("a frame that is no APDU, or cannot be read, ends the relay and what runs", async () => {
    for (const [frame, code] of [
      ["{}", "FRAME_UNEXPECTED"],
      ["{", "FRAME_INVALID"],
    ] as const) {
      const { left, right } = createChannelPair();
      const transport = createRelayTransport(left, { framing: json });
      const running = codeOf(transport.transceive(command));
      await right.send(frame);
      expect(await running).toBe(code);
      expect(await right.closed).toMatchObject({ by: "peer", code: 1002 });
    }
  });

  test("a card that cannot be reached ends the relay with its code, or is answered for", async () => {
    const gone = createMemoryTransport(success);
    gone.remove();
    const first = createChannelPair();
    const served = codeOf(serveRelay(first.right, gone));
    const transport = createRelayTransport(first.left);
    const error = await transport.transceive(command).catch((thrown) => thrown);
    expect(error).toMatchObject({ code: "CARD_REMOVED" });
    expect(error.message).toContain("CARD_ABSENT");
    expect(await served).toBe("RELAY_FAILED");

    const second = createChannelPair();
    const kind = serveRelay(second.right, gone, { onFailure: () => Uint8Array.of(0x6f, 0x00) });
    const reader = createRelayTransport(second.left);
    expect(await reader.transceive(command)).toEqual(Uint8Array.of(0x6f, 0x00));
    await reader.close();
    expect((await kind).code).toBe(1000);
  });

  test("a frame that the card's end does not know ends the relay", async () => {
    const { left, right } = createChannelPair();
    const served = codeOf(serveRelay(right, createMemoryTransport(success)));
    await left.send("text");
    expect(await served).toBe("FRAME_UNEXPECTED");
    expect(await left.closed).toMatchObject({ by: "peer", code: 1002 });
  });

  test("a signal ends the card's end, also while the card thinks", async () => {
    const { left, right } = createChannelPair();
    const stop = new AbortController();
    const card = createMemoryTransport(() => new Promise(() => {}));
    const served = codeOf(serveRelay(right, card, { signal: stop.signal }));
    await left.send(command);
    stop.abort();
    expect(await served).toBe("TRANSPORT_ABORTED");
    expect(await left.closed).toMatchObject({ by: "peer", code: 1001 });
  });
});
