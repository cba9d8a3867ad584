import type { PushRequest } from "../../http.js";
import { requestNameOf } from "../../requests/any.js";
import type { DeviceState } from "../../store.js";
import { type Handled, refused } from "./context.js";
import type { ServerEngineOptions } from "./options.js";

/** The terminal, if it is served; else the refusal. */
export const admit = async (
  options: ServerEngineOptions,
  request: PushRequest,
  sn: string,
  now: number,
): Promise<DeviceState | Handled> => {
  const { store, pairing = "approve" } = options;
  let device = await store.device(sn);
  if (device === undefined) {
    if (pairing !== "closed") {
      const create = pairing === "open" ? "approved" : "pending";
      await store.commit({ sn, receivedAt: now, device: { create } });
      device = await store.device(sn);
    }
    if (device === undefined) return unknownDevice(sn, "unknown", now);
  }
  if (device.standing !== "approved") return unknownDevice(sn, device.standing, now);
  const key = options.commKey?.(sn);
  if (
    key !== undefined &&
    device.keyShown !== true &&
    requestNameOf(request) !== "initialization"
  ) {
    return { response: refused(now, UNKNOWN_DEVICE), events: [{ event: "keyMismatch", sn }] };
  }
  return device;
};

/** A terminal that reads this makes its handshake again, and keeps its records. */
export const UNKNOWN_DEVICE = "UNKNOWN DEVICE";

const unknownDevice = (
  sn: string,
  standing: DeviceState["standing"] | "unknown",
  now: number,
): Handled => ({
  response: refused(now, UNKNOWN_DEVICE),
  events: [{ event: "refused", sn, standing }],
});
