import type { DeviceState } from "../../store.js";

/** `DeviceType` of terminals that speak the access-control dialect. */
export const ACCESS_CONTROL = "acc";

/**
 * Whether a terminal was last heard in the access-control dialect, of which nothing is served: it
 * keeps its records until somebody sets its device type to time attendance.
 */
export const isAccessControl = (device: Pick<DeviceState, "options">): boolean =>
  device.options["DeviceType"]?.toLowerCase() === ACCESS_CONTROL;
