import type { DiagnosticCode } from "../../diagnostics.js";
import type { DeviceStanding } from "../../store.js";

/**
 * What happened while a request was handled, for logs, metrics and live views. Nothing depends on
 * somebody listening: what must not be lost is in the store.
 */
export type ServerEvent =
  /** A terminal made its handshake. */
  | { readonly event: "handshake"; readonly sn: string; readonly version: string }
  /** A terminal that is not approved came. */
  | {
      readonly event: "refused";
      readonly sn: string;
      readonly standing: DeviceStanding | "unknown";
    }
  /** `pushcommkey` is not the one of this terminal. */
  | { readonly event: "keyMismatch"; readonly sn: string }
  /** Attendance was committed. */
  | {
      readonly event: "attendance";
      readonly sn: string;
      readonly inserted: number;
      readonly duplicates: number;
    }
  /** Attendance from long ago came: how far a first upload has got. */
  | {
      readonly event: "backlog";
      readonly sn: string;
      readonly received: number;
      /** Records that the terminal says it has. */
      readonly expected?: number;
    }
  /** Other records were committed. */
  | { readonly event: "records"; readonly sn: string; readonly count: number }
  /** Something was kept that is no record. */
  | { readonly event: "quarantined"; readonly sn: string; readonly reason: string }
  /** A request was not as the document has it; nothing of it is lost. */
  | {
      readonly event: "oddities";
      readonly sn: string;
      readonly codes: readonly DiagnosticCode[];
    }
  /** Record numbers are missing between two uploads. */
  | {
      readonly event: "sequenceGap";
      readonly sn: string;
      readonly after: number;
      readonly before: number;
    }
  | { readonly event: "commandsSent"; readonly sn: string; readonly ids: readonly string[] }
  | {
      readonly event: "commandSettled";
      readonly sn: string;
      readonly id: string;
      readonly state: string;
    }
  /** How many records a terminal says that a period has. */
  | {
      readonly event: "verifySum";
      readonly sn: string;
      readonly startTime: string;
      readonly endTime: string;
      readonly count: number;
    }
  /** A terminal replied to a command that it was never given. */
  | { readonly event: "unknownCommand"; readonly sn: string }
  /** Another dialect, older encryption, a path of none: nothing was accepted. */
  | { readonly event: "notUnderstood"; readonly sn: string; readonly reason: string }
  /** The store said no; the terminal will come again. */
  | { readonly event: "storeFailed"; readonly sn: string; readonly error: unknown };
