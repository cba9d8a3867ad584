import type { Clock } from "../clock.js";
import type { CaptureRequest } from "../model/types.js";
import { type DeviceError, deviceError } from "../vocabulary/error-code.js";
import { averageScore } from "../vocabulary/quality.js";
import { leaveBehind, orAborted } from "./or-aborted.js";
import type { CaptureKind, CapturePlan, RuledDevice } from "./rules.js";
import type { CaptureSource, Sample } from "./source.js";

/** Part of the time-out that is kept back for signing and sending, in milliseconds, and as a share. */
const RESERVE_MS = 250;
const RESERVE_SHARE = 0.1;

type Plan = CapturePlan<RuledDevice & { readonly source: CaptureSource }>;

/**
 * Samples for every entry of a request, in time.
 *
 * The first try whose average reaches the requested score is taken; when time runs out first, the best one
 * is. "It is expected that the API will respond before timeout with the best frame."
 */
export const collectSamples = async (
  plans: readonly Plan[],
  kind: CaptureKind,
  request: CaptureRequest,
  clock: Clock,
  gone: AbortSignal,
): Promise<readonly (readonly Sample[])[] | DeviceError> => {
  const timeoutMs = request.timeoutMs ?? 0;
  const reserve = Math.min(RESERVE_MS, RESERVE_SHARE * timeoutMs);
  const ending = new AbortController();
  const end = (): void => ending.abort();
  gone.addEventListener("abort", end, { once: true });
  void clock.sleep(Math.max(1, timeoutMs - reserve), ending.signal).then(end);
  try {
    const found: (readonly Sample[])[] = [];
    for (const plan of plans) {
      const best = await bestOf(plan, kind, ending.signal);
      if (best === undefined) {
        return deviceError(ending.signal.aborted ? "503" : "101");
      }
      found.push(best);
    }
    return found;
  } catch {
    return deviceError("102");
  } finally {
    gone.removeEventListener("abort", end);
    ending.abort();
  }
};

const bestOf = async (
  { device, asked, positions, exceptions, subId }: Plan,
  kind: CaptureKind,
  signal: AbortSignal,
): Promise<readonly Sample[] | undefined> => {
  const requestedScore = asked.requestedScore ?? 0;
  let best: readonly Sample[] | undefined;
  const attempts = device.source
    .attempts({
      modality: device.identity.modality,
      purpose: kind === "capture" ? "auth" : "registration",
      positions,
      exceptions,
      subId,
      requestedScore,
      signal,
    })
    [Symbol.asyncIterator]();
  try {
    while (!signal.aborted) {
      const next = await orAborted(attempts.next(), signal);
      if (next === undefined || next.done) {
        break;
      }
      if (best === undefined || score(next.value) > score(best)) {
        best = next.value;
      }
      if (score(best) >= requestedScore) {
        break;
      }
    }
  } finally {
    leaveBehind(attempts);
  }
  return best;
};

const score = (samples: readonly Sample[]): number =>
  averageScore(samples.map(({ quality }) => quality));
