import { context, type Span, SpanStatusCode, type Tracer, trace } from "@opentelemetry/api";
import type { ServerEvent } from "@org/docval-protocol";
import type { Attempt, DeliverEvent, SessionEnd } from "@org/docval-protocol/server";
import type { Logger } from "pino";

/** Everything that a session tells but the result itself. */
export type ToldEvent = Exclude<ServerEvent, DeliverEvent>;

/** What is written down of one session: lines of the log, and one span. Nobody is named in either. */
export interface SessionLog {
  event(event: ToldEvent): void;
  /** Runs a delivery within a span of its own, below that of the session. */
  delivery<T>(work: (onAttempt: (attempt: Attempt) => void) => Promise<T>): Promise<T>;
  ended(end: SessionEnd, seconds: number): void;
}

export interface SessionLogOptions {
  readonly id: string;
  readonly version: 1 | 2;
  readonly log: Logger;
  readonly tracer: Tracer;
}

export const createSessionLog = (options: SessionLogOptions): SessionLog => {
  const { id, version, tracer } = options;
  const log = options.log.child({ session: id, version });
  const span = tracer.startSpan("docval session", {
    attributes: { "docval.session": id, "docval.version": version },
  });
  /** Whether the client asked for more detail: it goes to this span and nowhere else. */
  let diagnostics = false;
  const detail = (name: string, attributes: Record<string, string | number | boolean> = {}) => {
    if (diagnostics) span.addEvent(name, attributes);
  };
  return {
    event(event) {
      switch (event.type) {
        case "started": {
          ({ diagnostics } = event);
          const platform = platformOf(event.platform);
          const { clientId, extendedLength } = event;
          log.info({ client: clientId, platform, extendedLength, diagnostics }, "session started");
          span.setAttributes({ "docval.client_id": clientId, "docval.platform": platform });
          return detail("started", { extendedLength });
        }
        case "status":
          return detail("status", { status: event.status });
        case "chip-authentication":
          log.info({ chipAuthentication: event.checkResult }, "chip authentication");
          span.setAttribute("docval.chip_authentication", event.checkResult);
          return;
        case "monitoring":
          return detail("monitoring", { message: event.message });
        case "unknown-fields":
          log.debug({ count: event.paths.length }, "unknown fields");
          return detail("unknown fields", { paths: event.paths.join() });
        case "file-ignored":
          return detail("file ignored", { bytes: event.bytes });
        case "fault":
          log.warn({ reason: event.reason, cause: nameOf(event.cause) }, "fault");
          return detail("fault", { reason: event.reason, cause: explain(event.cause) });
        case "ended":
          return;
      }
    },
    async delivery(work) {
      const child = tracer.startSpan("post result", {}, trace.setSpan(context.active(), span));
      let attempts = 0;
      try {
        return await work(({ outcome, ms }) => {
          attempts++;
          child.addEvent("attempt", { outcome, ms: Math.round(ms) });
          const taken = typeof outcome === "number" && outcome < 300;
          const told = { attempt: attempts, outcome, ms: Math.round(ms) };
          if (!taken) log.warn(told, "the result server did not take the result");
        });
      } finally {
        child.setAttribute("docval.attempts", attempts);
        child.end();
      }
    },
    ended({ close, by }, seconds) {
      const { code, reason } = close;
      const told = { code, reason: reason || "OK", by, ms: Math.round(1_000 * seconds) };
      log.info(told, "session ended");
      endSpan(span, told);
    },
  };
};

const endSpan = (
  span: Span,
  { code, reason, by }: { code: number; reason: string; by: string },
): void => {
  span.setAttributes({
    "docval.close_code": code,
    "docval.close_reason": reason,
    "docval.closed_by": by,
  });
  if (reason !== "OK") span.setStatus({ code: SpanStatusCode.ERROR, message: reason });
  span.end();
};

/** A platform is whatever a client writes; only what is known is written down. */
const platformOf = (platform: string): string =>
  /^(android|ios|node|web)$/i.exec(platform)?.[0].toLowerCase() ?? "other";

/** The code of an error, or its class: texts of errors that are not ours may say anything. */
const nameOf = (cause: unknown): string => {
  if (!(cause instanceof Error)) return typeof cause;
  return "code" in cause && typeof cause.code === "string" ? cause.code : cause.name;
};

const explain = (cause: unknown): string =>
  cause instanceof Error ? `${nameOf(cause)}: ${cause.message}` : nameOf(cause);
