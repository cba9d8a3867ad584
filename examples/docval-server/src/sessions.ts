import { trace } from "@opentelemetry/api";
import {
  closeWith,
  type ServerSessionOptions,
  type TranscriptEntry,
  transcribed,
} from "@org/docval-protocol";
import {
  createServerSession,
  type DeliverEvent,
  deliverResult,
  fetchPost,
  type SessionEnd,
  type SessionKind,
  type SignRequest,
  serveSession,
} from "@org/docval-protocol/server";
import type { Channel, Clock } from "@org/transports";
import type { Logger } from "pino";
import type { Metrics } from "./metrics.js";
import { randomBytes } from "./random.js";
import { createSessionLog, type SessionLog } from "./session-log.js";

/** Where the transcript of a session goes. */
export type OpenTranscript = (sessionId: string) => {
  write(entry: TranscriptEntry): void;
  close(): void;
};

export interface SessionsOptions<Proof> {
  readonly session: ServerSessionOptions<Proof>;
  readonly clock: Clock;
  readonly log: Logger;
  readonly metrics: Metrics;
  readonly sign?: SignRequest;
  readonly transcript?: OpenTranscript;
}

/** The sessions that run. Nothing of one is left when it has ended. */
export interface Sessions {
  readonly active: number;
  readonly closing: boolean;
  serve(channel: Channel, kind: SessionKind): Promise<void>;
  /** Takes no new ones; resolves when the last has ended, or the time is up. */
  finish(graceMs: number): Promise<void>;
}

export const createSessions = <Proof>(options: SessionsOptions<Proof>): Sessions => {
  const { clock, log, metrics } = options;
  // Spans go wherever the SDK of the process sends them, and nowhere without one.
  const tracer = trace.getTracer("docval-server");
  const post = fetchPost();
  const running = new Set<Promise<void>>();
  let closing = false;

  const deliver = (order: DeliverEvent, sessionLog: SessionLog): Promise<boolean> =>
    sessionLog.delivery(async (onAttempt) => {
      const body = new TextEncoder().encode(order.body);
      const { delivered } = await deliverResult(order.resultServer, body, {
        post,
        clock,
        ...(options.sign ? { sign: options.sign } : {}),
        onAttempt(attempt) {
          metrics.attempted(attempt.outcome);
          onAttempt(attempt);
        },
      });
      metrics.delivered(delivered);
      return delivered;
    });

  const run = async (channel: Channel, kind: SessionKind): Promise<void> => {
    const { version } = kind;
    const id = Buffer.from(randomBytes(8)).toString("hex");
    const began = clock.now();
    const sessionLog = createSessionLog({ id, version, log, tracer });
    const transcript = options.transcript?.(id);
    metrics.sessionOpened(version);
    const session = createServerSession(kind, options.session, began);
    const line = transcript
      ? transcribed(channel, { version, us: "server", clock, onEntry: transcript.write })
      : channel;
    const end = await serveSession(line, session, {
      clock,
      deliver: (order) => deliver(order, sessionLog),
      onEvent: (event) => sessionLog.event(event),
    }).catch((cause: unknown): SessionEnd => {
      sessionLog.event({ type: "fault", reason: "SERVER_ERROR", cause });
      const close = closeWith("SERVER_ERROR");
      void channel.close(close.code, close.reason);
      return { close, by: "server" };
    });
    const seconds = (clock.now() - began) / 1_000;
    metrics.sessionEnded(version, end, seconds);
    sessionLog.ended(end, seconds);
    await channel.closed;
    transcript?.close();
  };

  return {
    get active() {
      return running.size;
    },
    get closing() {
      return closing;
    },
    async serve(channel, kind) {
      const session = run(channel, kind);
      running.add(session);
      await session;
      running.delete(session);
    },
    async finish(graceMs) {
      closing = true;
      let cancel = () => {};
      const late = new Promise<void>((resolve) => {
        cancel = clock.schedule(graceMs, resolve);
      });
      await Promise.race([Promise.all(running), late]);
      cancel();
    },
  };
};
