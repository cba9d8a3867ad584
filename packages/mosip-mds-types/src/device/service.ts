import type { RandomBytes } from "../bytes.js";
import type { Clock } from "../clock.js";
import { MdsError } from "../errors.js";
import type { HashRule } from "../hash-chain/rule.js";
import type { CaptureRequest, Segment } from "../model/types.js";
import type { Profile } from "../profiles/profile.js";
import { type DeviceError, deviceError } from "../vocabulary/error-code.js";
import { type AnsweringDevice, buildSegments, type CapturedEntry } from "./answer.js";
import { collectSamples } from "./collect.js";
import { describeForDiscovery, describeForInfo } from "./describe.js";
import { createDeviceMachine, type DeviceMachine, type DeviceState } from "./machine.js";
import { DEFAULT_STREAM_MS, previewParts } from "./preview.js";
import { type CaptureKind, type CapturePlan, planCapture } from "./rules.js";
import type { DeviceSetup, Registration } from "./setup.js";
import { matching, streamError, understand } from "./understand.js";

export interface DeviceServiceOptions {
  readonly profile: Profile;
  readonly devices: readonly DeviceSetup[];
  readonly clock: Clock;
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
  /** Base URL of the service as its clients reach it. */
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

interface Unit extends Omit<DeviceSetup, "registration"> {
  readonly machine: DeviceMachine;
  registration: Registration | undefined;
}

/** Makes a device service of one version. The same answers go out over HTTP, intents and URL schemes. */
export const createDeviceService = (options: DeviceServiceOptions): DeviceService => {
  const { profile, clock, random } = options;
  const units = options.devices.map(
    (setup): Unit => ({
      ...setup,
      registration: setup.registration,
      machine: createDeviceMachine({
        registered: setup.registration !== undefined,
        connected: setup.connected ?? true,
      }),
    }),
  );
  const unit = (deviceId: string): Unit => {
    const found = units.find(({ identity }) => identity.deviceId === deviceId);
    if (found === undefined) {
      throw new MdsError("KEY_INVALID", "expected the id of a device of this service");
    }
    return found;
  };
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
    const refused = begin(plans, asked.value);
    if (refused !== undefined) {
      return refused.code === "111" && options.busyAsDeviceInfo
        ? info("", context)
        : write([{ error: refused }]);
    }
    try {
      const result = await perform(plans, kind, asked.value, context);
      return write("code" in result ? [{ error: result }] : result);
    } finally {
      for (const { device } of plans) {
        device.machine.receive({ type: "end-capture" }, clock.now());
      }
    }
  };

  /** Takes every device of the plan, or none. */
  const begin = (
    plans: readonly CapturePlan<Unit>[],
    request: CaptureRequest,
  ): DeviceError | undefined => {
    const now = clock.now();
    const timeoutMs = request.timeoutMs ?? 0;
    const taken: Unit[] = [];
    for (const device of new Set(plans.map((plan) => plan.device))) {
      device.machine.receive({ type: "tick" }, now);
      const step = device.machine.receive({ type: "begin-capture", timeoutMs }, now);
      const refused = step.refused ?? (device.inUse?.() ? "111" : undefined);
      if (refused !== undefined) {
        if (step.refused === undefined) {
          taken.push(device);
        }
        for (const other of taken) {
          other.machine.receive({ type: "end-capture" }, now);
        }
        return deviceError(refused);
      }
      taken.push(device);
    }
    return undefined;
  };

  const perform = async (
    plans: readonly CapturePlan<Unit>[],
    kind: CaptureKind,
    request: CaptureRequest,
    context: RequestContext,
  ): Promise<readonly Segment[] | DeviceError> => {
    const samples = await collectSamples(plans, kind, request, clock, context.signal);
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
    const { deviceId = "0", serialNo = "", subId = 0, timeoutMs = DEFAULT_STREAM_MS } = asked.value;
    const named = units.filter(
      ({ identity }) =>
        (deviceId === "0" || deviceId === "" || identity.deviceId === deviceId) &&
        (serialNo === "" || serialNo === "0" || identity.serialNo === serialNo),
    );
    const device = named.find(({ registration }) => registration?.purpose === "registration");
    if (device === undefined) {
      return failure(deviceError(named.length === 0 ? "106" : "501"));
    }
    if (subId > 3 || (subId !== 0 && !device.identity.subIds.includes(subId))) {
      return failure(deviceError("505"));
    }
    const { machine } = device;
    const now = clock.now();
    machine.receive({ type: "tick" }, now);
    const { refused } = machine.receive({ type: "begin-stream", timeoutMs }, now);
    if (refused !== undefined) {
      return failure(deviceError(refused === "110" ? "202" : refused));
    }
    const ending = new AbortController();
    const stop = (): void => {
      machine.receive({ type: "end-stream" }, clock.now());
      ending.abort();
    };
    context.signal.addEventListener("abort", stop, { once: true });
    void clock.sleep(timeoutMs, ending.signal).then(stop);
    const shows = (): boolean => {
      if (!machine.streaming) {
        ending.abort();
      }
      return machine.showsFrames;
    };
    const frames = device.source.preview(subId, ending.signal);
    return { kind: "stream", parts: previewParts(frames, shows, clock, ending.signal), stop };
  };

  return {
    profile,
    discover,
    info,
    capture,
    stream,
    states: () => new Map(units.map(({ identity, machine }) => [identity.deviceId, machine.state])),
    setConnected: (deviceId, connected) => {
      unit(deviceId).machine.receive({ type: connected ? "connect" : "disconnect" }, clock.now());
    },
    register: (deviceId, registration) => {
      const device = unit(deviceId);
      device.registration = registration;
      device.machine.receive({ type: "register" }, clock.now());
    },
    deregister: (deviceId) => {
      const device = unit(deviceId);
      device.registration = undefined;
      device.machine.receive({ type: "deregister" }, clock.now());
    },
  };
};
