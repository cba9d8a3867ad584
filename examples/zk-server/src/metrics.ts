import type { Reconciliation, ServerEvent } from "@org/zk-push-codec";

/** Counts what happens, for Prometheus. */
export interface Metrics {
  count(events: readonly ServerEvent[]): void;
  countDays(days: readonly Reconciliation[]): void;
  /**
   * The text format 0.0.4.
   *
   * @param waiting events of each sink in the outbox.
   */
  text(waiting: readonly (readonly [sink: string, count: number])[]): string;
}

interface Counter {
  readonly help: string;
  /** By the labels as they are written. */
  readonly values: Map<string, number>;
}

export const createMetrics = (): Metrics => {
  const counters = new Map<string, Counter>();
  const counter = (name: string, help: string): ((labels: string, by?: number) => void) => {
    const values = new Map<string, number>();
    counters.set(name, { help, values });
    return (labels, by = 1) => values.set(labels, (values.get(labels) ?? 0) + by);
  };
  const attendance = counter("zk_attendance_total", "Attendance records that were committed.");
  const records = counter("zk_records_total", "Other records that were committed.");
  const quarantined = counter("zk_quarantined_total", "What was kept without being understood.");
  const handshakes = counter("zk_handshakes_total", "Handshakes of terminals.");
  const refused = counter("zk_refused_total", "Requests of terminals that are not served.");
  const foreign = counter("zk_not_understood_total", "Requests of which nothing was accepted.");
  const commands = counter("zk_commands_total", "Commands by what became of them.");
  const gaps = counter("zk_sequence_gaps_total", "Gaps in the record numbers of terminals.");
  const failures = counter("zk_store_failures_total", "Requests that the store refused.");
  const days = counter("zk_days_compared_total", "Days whose records were counted on both sides.");
  attendance('result="inserted"', 0);
  attendance('result="duplicate"', 0);
  failures("", 0);

  return {
    count(events) {
      for (const event of events) {
        switch (event.event) {
          case "attendance":
            attendance('result="inserted"', event.inserted);
            attendance('result="duplicate"', event.duplicates);
            break;
          case "records":
            records("", event.count);
            break;
          case "quarantined":
            quarantined(`reason="${event.reason}"`);
            break;
          case "handshake":
            handshakes("");
            break;
          case "refused":
            refused(`standing="${event.standing}"`);
            break;
          case "keyMismatch":
            refused('standing="key"');
            break;
          case "notUnderstood":
            foreign(`reason="${event.reason}"`);
            break;
          case "commandsSent":
            commands('state="sent"', event.ids.length);
            break;
          case "commandSettled":
            commands(`state="${event.state}"`);
            break;
          case "sequenceGap":
            gaps("");
            break;
          case "storeFailed":
            failures("");
            break;
          default:
        }
      }
    },
    countDays(compared) {
      for (const { onTerminal, stored } of compared) {
        days(`result="${onTerminal > stored ? "missing" : "complete"}"`);
      }
    },
    text(waiting) {
      const { rss } = process.memoryUsage();
      const { user, system } = process.cpuUsage();
      const lines = [...counters].flatMap(([name, { help, values }]) => [
        `# HELP ${name} ${help}`,
        `# TYPE ${name} counter`,
        ...[...values].map(([labels, value]) =>
          labels === "" ? `${name} ${value}` : `${name}{${labels}} ${value}`,
        ),
      ]);
      return `${[
        ...lines,
        "# HELP zk_outbox_events Commits whose punches a sink has not taken.",
        "# TYPE zk_outbox_events gauge",
        ...waiting.map(([sink, count]) => `zk_outbox_events{sink="${sink}"} ${count}`),
        "# HELP process_resident_memory_bytes Resident memory.",
        "# TYPE process_resident_memory_bytes gauge",
        `process_resident_memory_bytes ${rss}`,
        "# HELP process_cpu_seconds_total Processor time.",
        "# TYPE process_cpu_seconds_total counter",
        `process_cpu_seconds_total ${(user + system) / 1e6}`,
      ].join("\n")}\n`;
    },
  };
};
