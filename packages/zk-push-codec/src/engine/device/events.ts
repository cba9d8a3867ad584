import type { QueueName } from "./data.js";

/** What happened at a terminal. */
export type DeviceEvent =
  | { readonly event: "connected" }
  /** The server refused the handshake, or did not answer: another try later. */
  | { readonly event: "offline"; readonly untilMs: number }
  | { readonly event: "clockSet" }
  | { readonly event: "acknowledged"; readonly queue: QueueName; readonly count: number }
  /** The server said no; the batch stays. */
  | { readonly event: "rejected"; readonly queue: QueueName; readonly count: number }
  /** A batch that was acknowledged is sent once more. */
  | { readonly event: "resent"; readonly queue: QueueName; readonly count: number }
  | {
      readonly event: "executed";
      readonly id: string;
      readonly command: string;
      readonly code: number;
    }
  | { readonly event: "repliesAccepted"; readonly count: number }
  /** Background verification said whether somebody may pass. */
  | { readonly event: "verified"; readonly pin: string; readonly allowed: boolean }
  /** Remote attendance brought a person, or nobody. */
  | { readonly event: "person"; readonly pin: string; readonly found: boolean };
