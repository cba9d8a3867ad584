import type { RandomBytes } from "../bytes.js";
import type { Clock } from "../clock.js";
import type { HashRule } from "../hash-chain/rule.js";
import type { CaptureRequest, Segment } from "../model/types.js";
import type { Profile } from "../profiles/profile.js";
import { type DeviceError, deviceError } from "../vocabulary/error-code.js";
import { type AnsweringDevice, buildSegments, type CapturedEntry } from "./answer.js";
import { collectSamples } from "./collect.js";
import { describeForDiscovery, describeForInfo } from "./describe.js";
import type { DeviceState } from "./machine.js";
import { openStream } from "./open-stream.js";
import { type CaptureKind, type CapturePlan, planCapture } from "./rules.js";
import type { DeviceSetup, Registration } from "./setup.js";
import { matching, streamError, understand } from "./understand.js";
import { createUnit, isHeld, releaseUnits, takeUnits, tell, type Unit, unitOf } from "./unit.js";

export interface DeviceServiceOptions {
  readonly profile: Profile;
  readonly devices: readonly DeviceSetup[];
  /** With a synced clock no capture is made before a management server has set it. */
  readonly clock: Clock & { readonly synced?: boolean };
  readonly random: RandomBytes;
  /** The rule to link captures by; the version's own unless another is wanted. */
  readonly hashRule?: () => HashRule;
  /** 0.8.4: answer a parallel capture with device info, as its text has it, not with an error object. */
  readonly busyAsDeviceInfo?: boolean;
  /** 0.8.4: sign the hash beside the block. */
  readonly signHash?: boolean;
}

/** A text to send, or a stream of parts. */
export type ServiceAnswer =
  | { readonly kind: "json"; readonly body: string }
  | { readonly kind: "stream"; readonly parts: AsyncIterable<Uint8Array>; stop(): void };

/** What a request brings beside its body. */
export interface RequestContext {
  /** Base URL of the service as its clients reach it, or the name of its app. */
  readonly callbackId: string;
  /** Root domain of the asking page; the draft repeats it. */
  readonly requestOrigin?: string;
  /** Aborts when the client has gone. */
  readonly signal: AbortSignal;
}

/** A device service without its transport. */
export interface DeviceService {
  readonly profile: Profile;
  discover(body: string, context: RequestContext): Promise<ServiceAnswer>;
  info(body: string, context: RequestContext): Promise<ServiceAnswer>;
  capture(kind: CaptureKind, body: string, context: RequestContext): Promise<ServiceAnswer>;
  stream(body: string, context: RequestContext): Promise<ServiceAnswer>;
  /** States by device id. */
  states(): ReadonlyMap<string, DeviceState>;
  setConnected(deviceId: string, connected: boolean): void;
  /** Registers a device, or rotates its key. */
  register(deviceId: string, registration: Registration): void;
  deregister(deviceId: string): void;
}

/** Makes a device service of one version. The same answers go out over HTTP, intents and URL schemes. */
export const createDeviceService = (options: DeviceServiceOptions): DeviceService => {
  const { profile, clock, random } = options;
  const units = options.devices.map(createUnit);
  const json = (body: string): ServiceAnswer => ({ kind: "json", body });
  const described = (some: readonly Unit[]) =>
    some.map(({ identity, trustModule, registration, machine, inUse }) => ({
      identity,
      ...(trustModule === undefined ? {} : { trustModule }),
      registration,
      status: inUse?.() && machine.state === "ready" ? ("busy" as const) : machine.state,
    }));

  const discover: DeviceService["discover"] = async (body, { callbackId }) => {
    const asked = understand(profile.discoveryRequest, body, profile);
    if (asked.error !== undefined) {
      return json(profile.discovery.write([{ error: asked.error }]).value);
    }
    const fitting = matching(units, asked.value, profile);
    return json(describeForDiscovery(described(fitting), profile, callbackId, clock.now()));
  };

  const info: DeviceService["info"] = async (body, { callbackId }) => {
    const reader = profile.infoRequest;
    const asked = reader === undefined ? { value: {} } : understand(reader, body, profile);
    if (asked.error !== undefined) {
      return json(profile.infoEnvelope.write([{ beside: { error: asked.error } }]));
    }
    const fitting = matching(units, asked.value, profile);
    return json(await describeForInfo(described(fitting), profile, callbackId, clock.now()));
  };

  const capture: DeviceService["capture"] = async (kind, body, context) => {
    const write = (segments: readonly Segment[]): ServiceAnswer =>
      json(
        (kind === "capture" ? profile.capture : profile.registrationCapture).write(
          segments,
          context.requestOrigin,
        ).value,
      );
    const translator =
      kind === "capture" ? profile.captureRequest : profile.registrationCaptureRequest;
    const asked = understand(translator, body, profile);
    if (asked.error !== undefined) {
      return write([{ error: asked.error }]);
    }
    const plans = planCapture(asked.value, kind, profile, units);
    if ("code" in plans) {
      return write([{ error: plans }]);
    }
    if (clock.synced === false) {
      return write([{ error: deviceError("104", "The time of the device is not set yet") }]);
    }
    const taken = [...new Set(plans.map(({ device }) => device))];
    const ending = new AbortController();
    const refused = takeUnits(taken, asked.value.timeoutMs ?? 0, ending, clock);
    if (refused !== undefined) {
      return refused.code === "111" && options.busyAsDeviceInfo
        ? info("", context)
        : write([{ error: refused }]);
    }
    const end = (): void => ending.abort();
    context.signal.addEventListener("abort", end, { once: true });
    try {
      const result = await perform(plans, kind, asked.value, ending);
      return write("code" in result ? [{ error: result }] : result);
    } finally {
      context.signal.removeEventListener("abort", end);
      releaseUnits(taken, ending, clock);
    }
  };

  const perform = async (
    plans: readonly CapturePlan<Unit>[],
    kind: CaptureKind,
    request: CaptureRequest,
    ending: AbortController,
  ): Promise<readonly Segment[] | DeviceError> => {
    const samples = await collectSamples(plans, kind, request, clock, ending.signal);
    const lost = plans.find(({ device }) => !isHeld(device, ending))?.device;
    if (lost !== undefined) {
      return deviceError(lost.registration === undefined ? "100" : "110");
    }
    if ("code" in samples) {
      return samples;
    }
    const entries: CapturedEntry[] = [];
    for (const [index, { device, asked }] of plans.entries()) {
      if (device.registration === undefined) {
        return deviceError("100");
      }
      const answering: AnsweringDevice = { ...device, registration: device.registration };
      entries.push({ device: answering, asked, samples: samples[index]! });
    }
    return buildSegments(entries, {
      profile,
      kind,
      request,
      hashRule: options.hashRule?.() ?? profile.hashRule,
      random,
      time: clock.now(),
      ...(options.signHash === undefined ? {} : { signHash: options.signHash }),
    });
  };

  const stream: DeviceService["stream"] = async (body, context) => {
    const failure = (error: DeviceError): ServiceAnswer => json(streamError(error, profile));
    const asked = understand(profile.streamRequest, body, profile);
    if (asked.error !== undefined) {
      return failure(asked.error);
    }
    const opened = openStream(units, asked.value, clock, context.signal);
    return "code" in opened ? failure(opened) : { kind: "stream", ...opened };
  };

  return {
    profile,
    discover,
    info,
    capture,
    stream,
    states: () => new Map(units.map(({ identity, machine }) => [identity.deviceId, machine.state])),
    setConnected: (deviceId, connected) => {
      tell(unitOf(units, deviceId), { type: connected ? "connect" : "disconnect" }, clock);
    },
    register: (deviceId, registration) => {
      const device = unitOf(units, deviceId);
      device.registration = registration;
      tell(device, { type: "register" }, clock);
    },
    deregister: (deviceId) => {
      const device = unitOf(units, deviceId);
      device.registration = undefined;
      tell(device, { type: "deregister" }, clock);
    },
  };
};
