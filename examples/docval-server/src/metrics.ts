import type { EmrtdPassport } from "@org/docval-protocol";
import type { Attempt, SessionEnd } from "@org/docval-protocol/server";
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";

/** What happens, in numbers, for Prometheus. Labels are words of the protocol: nobody is named. */
export interface Metrics {
  sessionOpened(version: 1 | 2): void;
  sessionEnded(version: 1 | 2, end: SessionEnd, seconds: number): void;
  refused(status: number): void;
  judged(passport: EmrtdPassport): void;
  attempted(outcome: Attempt["outcome"]): void;
  delivered(delivered: boolean): void;
  trustLoaded(anchors: number): void;
  readonly contentType: string;
  text(): Promise<string>;
}

/** A session over a good line takes 2 to 20 seconds, most of which the chip needs. */
const SECONDS = [0.1, 0.5, 1, 2, 5, 10, 20, 60, 120];

export const createMetrics = (): Metrics => {
  const register = new Registry();
  const registers = [register];
  collectDefaultMetrics({ register });
  const active = new Gauge({
    name: "docval_sessions_active",
    help: "Sessions that run now.",
    labelNames: ["version"],
    registers,
  });
  const ended = new Counter({
    name: "docval_sessions_total",
    help: "Sessions that have ended, by close reason; OK where all went well.",
    labelNames: ["version", "reason", "by"],
    registers,
  });
  const duration = new Histogram({
    name: "docval_session_seconds",
    help: "From the connection to its end.",
    labelNames: ["version"],
    buckets: SECONDS,
    registers,
  });
  const refused = new Counter({
    name: "docval_handshakes_refused_total",
    help: "Connections that were turned away, by status.",
    labelNames: ["status"],
    registers,
  });
  const results = new Counter({
    name: "docval_results_total",
    help: "Documents that were judged, by what was proved of them.",
    labelNames: ["passive", "chip", "active"],
    registers,
  });
  const attempts = new Counter({
    name: "docval_delivery_attempts_total",
    help: "Posts to result servers, by status, timeout or network.",
    labelNames: ["outcome"],
    registers,
  });
  const deliveries = new Counter({
    name: "docval_deliveries_total",
    help: "Results that were taken by their result server, or not.",
    labelNames: ["delivered"],
    registers,
  });
  const anchors = new Gauge({
    name: "docval_trust_anchors",
    help: "Certificates of authorities that are trusted.",
    registers,
  });
  for (const version of [1, 2]) active.set({ version }, 0);
  return {
    sessionOpened: (version) => active.inc({ version }),
    sessionEnded(version, { close, by }, seconds) {
      active.dec({ version });
      ended.inc({ version, reason: close.reason || "OK", by });
      duration.observe({ version }, seconds);
    },
    refused: (status) => refused.inc({ status }),
    judged: (passport) =>
      results.inc({
        passive: String(passport.passiveAuthentication),
        chip: passport.chipAuthenticationResult,
        active: passport.activeAuthenticationResult,
      }),
    attempted: (outcome) => attempts.inc({ outcome }),
    delivered: (delivered) => deliveries.inc({ delivered: String(delivered) }),
    trustLoaded: (count) => anchors.set(count),
    contentType: register.contentType,
    text: () => register.metrics(),
  };
};
