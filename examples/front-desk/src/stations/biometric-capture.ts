import { randomUUID } from "node:crypto";
import type { Jpeg2000Decoder } from "@org/emrtd-core/images";
import {
  type CaptureResult,
  createMdsClient,
  type DiscoveredDevice,
  discover,
  type Environment,
  isSuccess,
  type Modality,
  PROFILES,
  type ProfileName,
  type Trust,
} from "@org/mosip-mds-types";
import { fetchSend, systemClock } from "@org/mosip-mds-types/http";
import { imagesOf } from "@org/mosip-mds-types/records";
import type { CapturedSample, Outcome, Picture } from "../story/index.js";
import { showable } from "./pictures.js";
import { codeOf, failed } from "./station.js";

export interface BiometricCaptureOptions {
  readonly ports: readonly number[];
  readonly trust: Trust;
  readonly decoder: Jpeg2000Decoder;
  readonly env?: Environment;
  /** Score that is asked for, 0 to 100; default 60. */
  readonly score?: number;
  /** How long the device tries; default 10,000 ms. */
  readonly captureMs?: number;
}

/** Captures a face or a finger for registration. */
export type CaptureSample = (signal: AbortSignal) => Promise<Outcome>;

export const createBiometricCapture = (options: BiometricCaptureOptions): CaptureSample => {
  const { ports, trust, env = "developer", score = 60, captureMs = 10_000 } = options;
  const send = fetchSend();
  return async (signal) => {
    try {
      const found = await findDevice(ports, signal);
      signal.throwIfAborted();
      if ("facts" in found) return failed("capture", "MDS_AWAY", found.facts);
      const { profile, found: device, modality } = found;
      const { baseUrl } = device;
      const client = createMdsClient({
        send,
        clock: systemClock,
        profile: PROFILES[profile],
        baseUrl,
        trust,
      });
      const asked = {
        wanted: modality,
        count: 1,
        requestedScore: score,
        deviceId: device.device.deviceId ?? "0",
        subId: 0,
      };
      const transactionId = randomUUID();
      const result = await client.registrationCapture(
        { env, transactionId, registrationId: transactionId, timeoutMs: captureMs, bio: [asked] },
        { signal },
      );
      return outcomeOf(result, modality, options.decoder);
    } catch (error) {
      signal.throwIfAborted();
      const [code = ""] = codeOf(error);
      if (code === "TIMED_OUT") return failed("capture", "CAPTURE_TIMED_OUT");
      return failed("capture", code === "UNREACHABLE" ? "MDS_AWAY" : "CAPTURE_REFUSED", [code]);
    }
  };
};

interface Found {
  readonly profile: ProfileName;
  readonly found: DiscoveredDevice;
  readonly modality: Modality;
}

/** The first device that is made for registration, or any that will do. */
const findDevice = async (
  ports: readonly number[],
  signal: AbortSignal,
): Promise<Found | { readonly facts: readonly string[] }> => {
  const facts: string[] = [];
  const others: Found[] = [];
  for await (const finding of discover(fetchSend(), { clock: systemClock, ports, signal })) {
    const { profile, devices, reason } = finding;
    if (profile === undefined || devices.length === 0) {
      if (ports.length <= 5 && reason !== undefined) facts.push(`port ${finding.port}: ${reason}`);
      continue;
    }
    for (const found of devices) {
      const modality = found.device.modality ?? found.digitalId?.modality;
      if (modality === undefined) continue;
      const candidate = { profile, found, modality };
      if (found.device.purpose === "registration") return candidate;
      others.push(candidate);
    }
  }
  return others[0] ?? { facts };
};

const BUSY_CODES: ReadonlySet<string> = new Set(["110", "111"]);

const outcomeOf = (
  { report, segments }: CaptureResult,
  modality: Modality,
  decoder: Jpeg2000Decoder,
): Outcome => {
  const [segment] = segments;
  const { error } = segment ?? {};
  if (segment === undefined || !isSuccess(error)) {
    const busy = BUSY_CODES.has(error?.code ?? "");
    return failed("capture", busy ? "MDS_BUSY" : "CAPTURE_REFUSED", error ? [error.code] : []);
  }
  const picture = segment.value && pictureOf(segment.value, modality, decoder);
  const quality = segment.block?.qualityScore;
  const device = segment.digitalId?.serialNo;
  const capture: CapturedSample = {
    modality,
    verdict: report.verdict,
    checks: report.checks.map(({ id, status }) => `${id}: ${status}`),
    ...(quality === undefined ? {} : { quality }),
    ...(picture === undefined ? {} : { picture }),
    ...(device === undefined ? {} : { device }),
  };
  const problems = report.checks.filter(
    ({ status }) => status === "failed" || status === "undetermined",
  );
  const facts = problems.map(({ id, reason }) => `${id}: ${reason}`);
  if (report.verdict === "not-authentic") {
    return failed("capture", "CAPTURE_NOT_AUTHENTIC", facts, { capture });
  }
  if (problems.some(({ id }) => id === "quality")) {
    return failed("capture", "LOW_QUALITY", facts, { capture });
  }
  return report.verdict === "authentic"
    ? { step: "capture", sample: capture }
    : failed("capture", "CAPTURE_UNDETERMINED", facts, { capture });
};

const pictureOf = (
  value: Uint8Array,
  modality: Modality,
  decoder: Jpeg2000Decoder,
): Picture | undefined => {
  try {
    const [image] = imagesOf(value, modality);
    return image && showable(image.image, decoder);
  } catch {
    return undefined;
  }
};
