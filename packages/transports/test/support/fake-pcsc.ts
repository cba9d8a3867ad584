import type { CardReceive } from "../../src/index.js";
import type { PcscBinding } from "../../src/node/pcsc.js";

interface FakeReader {
  readonly name: string;
  card: CardReceive | undefined;
  /** Counts comings and goings, as the service does in the upper half of a state. */
  changes: number;
  /** Ends the exchange that runs when the card leaves. */
  pulled: (() => void) | undefined;
  holder: "nobody" | "shared" | "alone";
}

const PRESENT = 0x20;
const EMPTY = 0x10;
const CHANGED = 0x2;
const ATR = Uint8Array.of(0x3b, 0x80, 0x80, 0x01, 0x01);

/**
 * A PC/SC service as the `smartcard` binding shows it: plain errors with its texts, state words,
 * waits that end by themselves. A real service is met in `pcsc.soak.ts`.
 */
export const createFakePcsc = (...names: readonly string[]) => {
  const readers: FakeReader[] = names.map((name) => ({
    name,
    card: undefined,
    changes: 0,
    pulled: undefined,
    holder: "nobody",
  }));
  const change = (reader: FakeReader, card: CardReceive | undefined) => {
    reader.card = card;
    reader.changes++;
    reader.pulled?.();
  };
  const service = {
    running: true,
    openContexts: 0,
    openCards: 0,
    waits: 0,
    /** Given to the next exchange instead of an answer. */
    nextError: undefined as string | undefined,
    lay: (card: CardReceive, at = 0) => change(readers[at]!, card),
    take: (at = 0) => change(readers[at]!, undefined),
    holdAlone(at = 0) {
      readers[at]!.holder = "alone";
    },
  };
  const fail = (text: string): never => {
    throw new Error(text);
  };
  const stateOf = (reader: FakeReader) => (reader.card ? PRESENT : EMPTY) | (reader.changes << 16);
  const show = (reader: FakeReader) => ({
    name: reader.name,
    state: stateOf(reader),
    atr: reader.card ? Buffer.from(ATR) : null,
  });

  class Context {
    #open = true;
    #cancelled = false;
    constructor() {
      if (!service.running) fail("PC/SC service not running");
      service.openContexts++;
    }
    listReaders() {
      if (!service.running) fail("PC/SC service not running");
      return readers.map((reader) => ({
        ...show(reader),
        connect: async (mode: number) => this.#connect(reader, mode),
      }));
    }
    async waitForChange(known: readonly { name: string; state: number }[], timeout: number) {
      service.waits++;
      const end = Date.now() + Math.min(timeout, 30);
      for (;;) {
        if (!service.running) return fail("PC/SC service not running");
        if (this.#cancelled) {
          this.#cancelled = false;
          return null;
        }
        const states = known.map(({ name }) => show(readers.find((one) => one.name === name)!));
        if (states.some(({ state }, i) => state !== known[i]!.state)) {
          return states.map((one) => ({ ...one, state: one.state | CHANGED, changed: true }));
        }
        if (Date.now() > end) return [];
        await new Promise((resolve) => setTimeout(resolve, 2));
      }
    }
    cancel() {
      this.#cancelled = true;
    }
    close() {
      if (this.#open) service.openContexts--;
      this.#open = false;
    }
    #connect(reader: FakeReader, mode: number) {
      if (!reader.card) return fail("No smart card present");
      if (reader.holder === "alone" || (mode === 1 && reader.holder !== "nobody")) {
        return fail("Sharing violation");
      }
      reader.holder = mode === 1 ? "alone" : "shared";
      service.openCards++;
      const laid = reader.changes;
      let connected = true;
      return {
        atr: Buffer.from(ATR),
        async transmit(command: Buffer, { maxRecvLength }: { maxRecvLength: number }) {
          if (!Buffer.isBuffer(command)) return fail("Expected Buffer or Array");
          if (!service.running) return fail("PC/SC service not running");
          const error = service.nextError;
          service.nextError = undefined;
          if (error !== undefined) return error === "" ? Buffer.alloc(0) : fail(error);
          if (reader.changes !== laid) return fail("Card was removed");
          const pulled = new Promise<Uint8Array>((resolve) => {
            reader.pulled = () => resolve(new Uint8Array());
          });
          const answered = reader.card!(new Uint8Array(command));
          const answer = Buffer.from(await Promise.race([answered, pulled]));
          reader.pulled = undefined;
          if (reader.changes !== laid) return fail("Transaction failed");
          return answer.length > maxRecvLength ? fail("Insufficient buffer") : answer;
        },
        disconnect() {
          if (!connected) return;
          connected = false;
          service.openCards--;
          reader.holder = "nobody";
          if (reader.changes !== laid) fail("Card was removed");
        },
      };
    }
  }
  return Object.assign(service, { binding: { Context } as unknown as PcscBinding });
};
