import type { StandardErrorCode } from "../vocabulary/error-code.js";
import type { DeviceStatus } from "../vocabulary/terms.js";

/** States of a device: what its status says. */
export type DeviceState = DeviceStatus;

/** What happens to a device. */
export type DeviceInput =
  | { readonly type: "register" }
  | { readonly type: "deregister" }
  | { readonly type: "connect" }
  | { readonly type: "disconnect" }
  | { readonly type: "begin-capture"; readonly timeoutMs: number }
  | { readonly type: "end-capture" }
  | { readonly type: "begin-stream"; readonly timeoutMs: number }
  | { readonly type: "end-stream" }
  /** Time has passed. */
  | { readonly type: "tick" };

/** What follows from an input. */
export interface DeviceStep {
  readonly state: DeviceState;
  /** The input was not allowed in this state, and nothing changed. */
  readonly refused?: StandardErrorCode;
  /** A capture or stream is over because its time is, or because the device went away. */
  readonly ended: readonly ("capture" | "stream")[];
  /** When the next `tick` is due. */
  readonly wakeAt?: Date;
}

export interface DeviceTransition {
  readonly from: DeviceState;
  readonly input: DeviceInput["type"];
  readonly to: DeviceState;
}

/**
 * Every change of state. An input that no row has for a state is refused; ticks and the end of what is
 * over already change nothing.
 */
export const DEVICE_TRANSITIONS: readonly DeviceTransition[] = [
  { from: "not-registered", input: "register", to: "ready" },
  { from: "not-registered", input: "connect", to: "not-registered" },
  { from: "not-registered", input: "disconnect", to: "not-registered" },
  { from: "not-registered", input: "deregister", to: "not-registered" },
  { from: "not-ready", input: "connect", to: "ready" },
  { from: "not-ready", input: "disconnect", to: "not-ready" },
  { from: "not-ready", input: "register", to: "not-ready" },
  { from: "not-ready", input: "deregister", to: "not-registered" },
  { from: "ready", input: "begin-capture", to: "busy" },
  { from: "ready", input: "begin-stream", to: "ready" },
  { from: "ready", input: "end-stream", to: "ready" },
  { from: "ready", input: "end-capture", to: "ready" },
  { from: "ready", input: "connect", to: "ready" },
  { from: "ready", input: "disconnect", to: "not-ready" },
  { from: "ready", input: "register", to: "ready" },
  { from: "ready", input: "deregister", to: "not-registered" },
  { from: "busy", input: "end-capture", to: "ready" },
  { from: "busy", input: "end-stream", to: "busy" },
  { from: "busy", input: "disconnect", to: "not-ready" },
  { from: "busy", input: "deregister", to: "not-registered" },
];

/** What a state answers to an input that it does not allow. */
const REFUSALS: Readonly<Record<DeviceState, StandardErrorCode>> = {
  "not-registered": "100",
  "not-ready": "110",
  busy: "111",
  ready: "110",
};

/** A device without its sensor: one capture at a time, one stream at a time, and no frames while capturing. */
export interface DeviceMachine {
  readonly state: DeviceState;
  /** A stream is open, whether or not it may show frames. */
  readonly streaming: boolean;
  /** Frames may go out: a stream is open and no capture runs. */
  readonly showsFrames: boolean;
  receive(input: DeviceInput, now: Date): DeviceStep;
}

export const createDeviceMachine = (start: {
  readonly registered: boolean;
  readonly connected: boolean;
}): DeviceMachine => {
  let connected = start.connected;
  let state: DeviceState = !start.registered ? "not-registered" : connected ? "ready" : "not-ready";
  let captureUntil: number | undefined;
  let streamUntil: number | undefined;

  const step = (ended: DeviceStep["ended"], refused?: StandardErrorCode): DeviceStep => {
    const due = [captureUntil, streamUntil].filter((time) => time !== undefined);
    return {
      state,
      ended,
      ...(refused === undefined ? {} : { refused }),
      ...(due.length === 0 ? {} : { wakeAt: new Date(Math.min(...due)) }),
    };
  };

  const tick = (now: Date): DeviceStep => {
    const ended: ("capture" | "stream")[] = [];
    if (captureUntil !== undefined && now.getTime() >= captureUntil) {
      captureUntil = undefined;
      state = "ready";
      ended.push("capture");
    }
    if (streamUntil !== undefined && now.getTime() >= streamUntil) {
      streamUntil = undefined;
      ended.push("stream");
    }
    return step(ended);
  };

  const leave = (): DeviceStep["ended"] => {
    const ended = [
      ...(captureUntil === undefined ? [] : (["capture"] as const)),
      ...(streamUntil === undefined ? [] : (["stream"] as const)),
    ];
    captureUntil = undefined;
    streamUntil = undefined;
    return ended;
  };

  const receive = (input: DeviceInput, now: Date): DeviceStep => {
    if (input.type === "tick") {
      return tick(now);
    }
    connected = input.type === "connect" ? true : input.type === "disconnect" ? false : connected;
    const row = DEVICE_TRANSITIONS.find(
      ({ from, input: type }) => from === state && type === input.type,
    );
    const secondStream = input.type === "begin-stream" && streamUntil !== undefined;
    if (row === undefined || secondStream) {
      const harmless = input.type === "end-capture" || input.type === "end-stream";
      return harmless ? step([]) : step([], secondStream ? "111" : REFUSALS[state]);
    }
    state = row.to === "ready" && !connected ? "not-ready" : row.to;
    switch (input.type) {
      case "begin-capture":
        captureUntil = now.getTime() + input.timeoutMs;
        return step([]);
      case "begin-stream":
        streamUntil = now.getTime() + input.timeoutMs;
        return step([]);
      case "end-capture":
        captureUntil = undefined;
        return step([]);
      case "end-stream":
        streamUntil = undefined;
        return step([]);
      default:
        return step(state === "ready" ? [] : leave());
    }
  };

  return {
    get state() {
      return state;
    },
    get streaming() {
      return streamUntil !== undefined;
    },
    get showsFrames() {
      return streamUntil !== undefined && state === "ready";
    },
    receive,
  };
};
