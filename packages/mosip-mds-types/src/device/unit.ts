import type { Clock } from "../clock.js";
import { MdsError } from "../errors.js";
import { type DeviceError, deviceError } from "../vocabulary/error-code.js";
import {
  createDeviceMachine,
  type DeviceInput,
  type DeviceMachine,
  type DeviceStep,
} from "./machine.js";
import type { DeviceSetup, Registration } from "./setup.js";

/** One device of a service, with its state and what runs on it. */
export interface Unit extends Omit<DeviceSetup, "registration"> {
  readonly machine: DeviceMachine;
  registration: Registration | undefined;
  /** Whoever holds the device ends by its signal when the device goes away. */
  capturing: AbortController | undefined;
  streaming: AbortController | undefined;
}

export const createUnit = (setup: DeviceSetup): Unit => ({
  ...setup,
  registration: setup.registration,
  machine: createDeviceMachine({
    registered: setup.registration !== undefined,
    connected: setup.connected ?? true,
  }),
  capturing: undefined,
  streaming: undefined,
});

/** The device of that id. @throws MdsError `KEY_INVALID` where the service has none. */
export const unitOf = (units: readonly Unit[], deviceId: string): Unit => {
  const found = units.find(({ identity }) => identity.deviceId === deviceId);
  if (found === undefined) {
    throw new MdsError("KEY_INVALID", "expected the id of a device of this service");
  }
  return found;
};

/** Tells a device what happened to it, and ends what cannot go on. */
export const tell = (unit: Unit, input: DeviceInput, clock: Clock): DeviceStep => {
  const step = unit.machine.receive(input, clock.now());
  if (step.ended.includes("capture")) {
    unit.capturing?.abort();
  }
  if (step.ended.includes("stream")) {
    unit.streaming?.abort();
  }
  return step;
};

/** Takes every device for a capture, or none. */
export const takeUnits = (
  units: readonly Unit[],
  timeoutMs: number,
  ending: AbortController,
  clock: Clock,
): DeviceError | undefined => {
  for (const unit of units) {
    const step = tell(unit, { type: "begin-capture", timeoutMs }, clock);
    if (step.refused === undefined) {
      unit.capturing = ending;
    }
    const refused = step.refused ?? (unit.inUse?.() ? "111" : undefined);
    if (refused !== undefined) {
      releaseUnits(units, ending, clock);
      return deviceError(refused);
    }
  }
  return undefined;
};

/** The device still belongs to this capture: it did not go away meanwhile. */
export const isHeld = (unit: Unit, ending: AbortController): boolean =>
  unit.capturing === ending && unit.machine.state === "busy";

/** Frees the devices that this capture holds; one that went away meanwhile may be another's by now. */
export const releaseUnits = (
  units: readonly Unit[],
  ending: AbortController,
  clock: Clock,
): void => {
  for (const unit of units) {
    if (unit.capturing === ending) {
      unit.capturing = undefined;
      tell(unit, { type: "end-capture" }, clock);
    }
  }
};
