import { describe, expect, test } from "vitest";
import { apduTransportCases } from "../src/conformance/index.js";
import { type CardInfo, waitForCard } from "../src/index.js";
import { listPcscReaders, openPcsc } from "../src/node/pcsc.js";
import { createFakePcsc } from "./support/fake-pcsc.js";
import { runCases } from "./support/run-cases.js";
import { codeOf, until } from "./support/until.js";

const success = () => Uint8Array.of(0x90, 0x00);
const command = Uint8Array.of(0x00, 0xa4, 0x04, 0x00);

describe("PC/SC", () => {
  runCases(
    apduTransportCases({
      limits: { minCommand: 4, maxCommand: 65_544, minResponse: 2, maxResponse: 65_535 },
      async open(receive) {
        const { binding, ...pcsc } = createFakePcsc("Reader");
        pcsc.lay(receive);
        const transport = await openPcsc({ binding });
        return {
          transport,
          removeCard: () => pcsc.take(),
          insertCard: () => pcsc.lay(receive),
          stop: () => transport.close(),
        };
      },
    }),
  );
});

describe("what can be wrong with PC/SC", () => {
  test("five things have five codes", async () => {
    const { binding, ...pcsc } = createFakePcsc("Reader");
    const missing = () => Promise.reject(new Error("Cannot find module 'smartcard'"));
    expect(await codeOf(openPcsc({ binding: missing }))).toBe("PCSC_BINDING_MISSING");
    expect(await codeOf(openPcsc({ binding }))).toBe("CARD_ABSENT");
    expect(await codeOf(openPcsc({ binding: createFakePcsc().binding }))).toBe("PCSC_NO_READER");
    pcsc.lay(success);
    const transport = await openPcsc({ binding });
    pcsc.take();
    expect(await codeOf(transport.transceive(command))).toBe("CARD_REMOVED");
  });

  test("no service", async () => {
    const pcsc = createFakePcsc("Reader");
    pcsc.lay(success);
    const transport = await openPcsc({ binding: pcsc.binding });
    pcsc.running = false;
    expect(await codeOf(openPcsc({ binding: pcsc.binding }))).toBe("PCSC_NO_SERVICE");
    expect(await codeOf(listPcscReaders({ binding: pcsc.binding }))).toBe("PCSC_NO_SERVICE");
    expect(await codeOf(transport.transceive(command))).toBe("PCSC_NO_SERVICE");
    pcsc.running = true;
    expect(await transport.transceive(command)).toEqual(success());
  });

  test("a binding that is none is missing, one behind `default` is found", async () => {
    const { binding } = createFakePcsc();
    for (const none of [undefined, {}, null, { Context: 1 }]) {
      const source = none as unknown as typeof binding;
      expect(await codeOf(openPcsc({ binding: source }))).toBe("PCSC_BINDING_MISSING");
      expect(await codeOf(openPcsc({ binding: async () => none }))).toBe("PCSC_BINDING_MISSING");
    }
    expect(await codeOf(openPcsc({ binding: async () => ({ default: binding }) }))).toBe(
      "PCSC_NO_READER",
    );
  });

  for (const [text, code] of [
    ["Card was reset", "CARD_RESET"],
    ["Card is unresponsive", "CARD_FAILED"],
    ["Transaction failed", "CARD_FAILED"],
    ["", "CARD_FAILED"],
    ["Reader unavailable", "PCSC_NO_READER"],
    ["Insufficient buffer", "PCSC_FAILED"],
    ["constructor", "PCSC_FAILED"],
  ] as const) {
    test(`"${text}" from an exchange with a card that stays is ${code}, and the next goes on`, async () => {
      const pcsc = createFakePcsc("Reader");
      pcsc.lay(success);
      const transport = await openPcsc({ binding: pcsc.binding });
      pcsc.nextError = text;
      expect(await codeOf(transport.transceive(command))).toBe(code);
      expect(await transport.transceive(command)).toEqual(success());
      await transport.close();
    });
  }

  test("another program holds the card", async () => {
    const pcsc = createFakePcsc("Reader");
    pcsc.lay(success);
    const shared = await openPcsc({ binding: pcsc.binding });
    expect(await codeOf(openPcsc({ binding: pcsc.binding, exclusive: true }))).toBe("PCSC_SHARING");
    await shared.close();
    const alone = await openPcsc({ binding: pcsc.binding, exclusive: true });
    expect(await codeOf(openPcsc({ binding: pcsc.binding }))).toBe("PCSC_SHARING");
    await alone.close();
  });
});

describe("PC/SC readers", () => {
  test("are listed with their cards", async () => {
    const pcsc = createFakePcsc("Alpha 00 00", "Beta 00 00");
    pcsc.lay(success, 1);
    expect(await listPcscReaders({ binding: pcsc.binding })).toEqual([
      { name: "Alpha 00 00", card: false },
      { name: "Beta 00 00", card: true },
    ]);
    expect(pcsc.openContexts).toBe(0);
  });

  test("are chosen by name, part of a name, number, or by who has a card", async () => {
    const pcsc = createFakePcsc("Alpha 00 00", "Beta 00 00", "Beta 00 01");
    for (const at of [0, 1, 2]) pcsc.lay(success, at);
    const chosen = async (reader?: string | number) => {
      const transport = await openPcsc({
        binding: pcsc.binding,
        ...(reader === undefined ? {} : { reader }),
      });
      await transport.close();
      return transport.reader;
    };
    expect(await chosen("Beta 00 01")).toBe("Beta 00 01");
    expect(await chosen("beta")).toBe("Beta 00 00");
    expect(await chosen(2)).toBe("Beta 00 01");
    pcsc.take(0);
    expect(await chosen()).toBe("Beta 00 00");
    for (const reader of ["Gamma", 3, -1, 0.5]) {
      expect(await codeOf(chosen(reader))).toBe("PCSC_NO_READER");
    }
  });

  test("are waited at until a card is laid into one, or until nobody waits", async () => {
    const pcsc = createFakePcsc("Alpha", "Beta");
    const opening = openPcsc({ binding: pcsc.binding, waitForCard: true });
    await until(() => pcsc.waits > 0);
    pcsc.lay(success, 1);
    const transport = await opening;
    expect(transport.reader).toBe("Beta");
    await transport.close();
    pcsc.take(1);

    const caller = new AbortController();
    const waiting = openPcsc({ binding: pcsc.binding, waitForCard: true, signal: caller.signal });
    caller.abort();
    expect(await codeOf(waiting)).toBe("TRANSPORT_ABORTED");
    expect(pcsc.openContexts).toBe(0);
    expect(pcsc.openCards).toBe(0);
  });

  test("are watched while someone listens, and read on when the card is back", async () => {
    const pcsc = createFakePcsc("Reader");
    pcsc.lay(success);
    const transport = await openPcsc({ binding: pcsc.binding });
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(pcsc.waits).toBe(0);
    const heard: (CardInfo | undefined)[] = [];
    const unsubscribe = transport.onCard((card) => heard.push(card));
    pcsc.take();
    await until(() => heard.length === 1);
    expect(transport.card).toBeUndefined();
    const back = waitForCard(transport);
    pcsc.lay(success);
    expect((await back).atr.length).toBe(5);
    expect(await transport.transceive(command)).toEqual(success());
    expect(heard.map((card) => card !== undefined)).toEqual([false, true]);
    unsubscribe();
    await transport.close();
    await until(() => pcsc.openContexts === 0);
    expect(pcsc.openCards).toBe(0);
    const { waits } = pcsc;
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(pcsc.waits).toBe(waits);
  });

  test("a service that comes back is found again by who listens", async () => {
    const pcsc = createFakePcsc("Reader");
    pcsc.lay(success);
    const transport = await openPcsc({ binding: pcsc.binding });
    const heard: boolean[] = [];
    transport.onCard((card) => heard.push(card !== undefined));
    pcsc.running = false;
    await until(() => heard.length === 1);
    pcsc.running = true;
    await until(() => heard.length === 2);
    expect(heard).toEqual([false, true]);
    await transport.close();
  });

  test("a card that never answers does not hold up close", async () => {
    const pcsc = createFakePcsc("Reader");
    pcsc.lay(() => new Promise(() => {}));
    const timers: (() => void)[] = [];
    const clock = {
      now: () => 0,
      schedule: (_ms: number, call: () => void) => {
        timers.push(call);
        return () => {};
      },
    };
    const transport = await openPcsc({ binding: pcsc.binding, clock });
    const running = codeOf(transport.transceive(command));
    const closed = transport.close();
    expect(await running).toBe("TRANSPORT_CLOSED");
    for (const call of timers) call();
    await closed;
  });
});
