import {
  type Channel,
  openReader,
  type Reader,
  type ReaderEvents,
  type ReaderOptions,
  SinosecuError,
} from "../src/index.js";
import {
  createChannelPair,
  createFakeClock,
  createSimulator,
  type SimulatorOptions,
} from "../src/testing.js";

export const EVENTS = [
  "document",
  "card",
  "status",
  "message",
  "uncertain",
  "protocol-error",
] as const satisfies readonly (keyof ReaderEvents)[];

type Heard = { [K in keyof ReaderEvents]: ReaderEvents[K][] };

/** Writes down everything that a reader tells. */
export const listen = (reader: Reader): Heard => {
  const heard = Object.fromEntries(EVENTS.map((name) => [name, []])) as unknown as Heard;
  for (const name of EVENTS) reader.on(name, (value) => (heard[name] as unknown[]).push(value));
  return heard;
};

/** A reader on a simulated service, on one clock that stands still. */
export const rig = async (
  simulated: Omit<SimulatorOptions, "clock"> = {},
  options: Partial<ReaderOptions> = {},
) => {
  const clock = createFakeClock();
  const diagnostics: string[] = [];
  const simulator = createSimulator({
    ...simulated,
    clock,
    onDiagnostic: (text) => diagnostics.push(text),
  });
  const reader = openReader({ open: async () => simulator.connect(), ...options, clock });
  const heard = listen(reader);
  await clock.settle();
  return { clock, simulator, reader, heard, diagnostics };
};

interface SentMessage {
  readonly Command?: string;
  readonly Operand?: string;
  readonly Param?: unknown;
  readonly Commands?: readonly unknown[];
}

/** A reader on a service that the test plays by hand. */
export const byHand = async (options: Partial<ReaderOptions> = {}) => {
  const clock = createFakeClock();
  const services: (Channel & { cut(): void })[] = [];
  let refuse = false;
  let received: SentMessage[] = [];
  const collect = async (channel: Channel): Promise<void> => {
    for (;;) {
      const frame = await channel.receive();
      if (frame === undefined) return;
      received.push(JSON.parse(frame as string));
    }
  };
  const reader = openReader({
    open: async () => {
      if (refuse) throw new Error("nobody listens");
      const { left, right, cut } = createChannelPair();
      services.push({ ...right, cut });
      void collect(right);
      return left;
    },
    ...options,
    clock,
  });
  const heard = listen(reader);
  await clock.settle();
  const service = () => services.at(-1)!;
  return {
    clock,
    reader,
    heard,
    services,
    refuseConnections(yes: boolean) {
      refuse = yes;
    },
    cut: () => service().cut(),
    send: async (message: unknown) => {
      await service().send(typeof message === "string" ? message : JSON.stringify(message));
      await clock.settle();
    },
    sendBytes: async (bytes: Uint8Array) => {
      await service().send(bytes);
      await clock.settle();
    },
    /** What the client has sent since it was last asked for. */
    async sent(): Promise<SentMessage[]> {
      await clock.settle();
      const all = received;
      received = [];
      return all;
    },
  };
};

/** The code of the error that a promise rejects with. */
export const codeOf = async (promise: Promise<unknown>): Promise<string> => {
  try {
    await promise;
  } catch (error) {
    if (error instanceof SinosecuError) return error.code;
    throw error;
  }
  return "none";
};
