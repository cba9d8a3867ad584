import type { Send } from "../client/transport.js";
import type { Clock } from "../clock.js";
import type { Profile } from "../profiles/profile.js";
import type { Trust } from "../verification/trust.js";
import type { Modality } from "../vocabulary/modality.js";
import { captureCases } from "./capture-cases.js";
import { descriptionCases } from "./description-cases.js";
import { transportCases } from "./transport-cases.js";

/** A device service to be judged, and what is known of it. */
export interface ServiceUnderTest {
  readonly profile: Profile;
  /** `http://127.0.0.1:PORT`. */
  readonly baseUrl: string;
  readonly send: Send;
  readonly clock: Clock;
  /** Kind of device behind it. */
  readonly modality: Modality;
  /** Further kinds behind the same service. */
  readonly otherModalities?: readonly Modality[];
  /** What it is registered for; a service may have devices for both. */
  readonly purposes: readonly ("auth" | "registration")[];
  /** Anchors of its devices; without them signatures are checked and chains stay open. */
  readonly trust?: Trust;
  /** For each answer, beyond the time-out of a capture. 10 s by default. */
  readonly timeoutMs?: number;
  /** Time-out that captures ask for. 5 s by default; a person may need more. */
  readonly captureTimeoutMs?: number;
}

/** One thing that a service must do. Rejects with MdsError `CONFORMANCE` and what was expected and found. */
export interface ConformanceCase {
  readonly name: string;
  run(): Promise<void>;
}

/**
 * Everything that can be asked of a device service of a version from outside, for any test runner:
 * `for (const { name, run } of deviceServiceCases(service)) test(name, run)`.
 *
 * Cases of captures need somebody at the sensor, unless it is a simulator.
 */
export const deviceServiceCases = (service: ServiceUnderTest): readonly ConformanceCase[] => [
  ...transportCases(service),
  ...descriptionCases(service),
  ...captureCases(service),
];
