import type { Clock } from "../clock.js";
import type { StreamRequest } from "../model/types.js";
import { modalityAsked } from "../verification/expectations.js";
import { type DeviceError, deviceError } from "../vocabulary/error-code.js";
import { DEFAULT_STREAM_MS, previewParts } from "./preview.js";
import { isNamed } from "./rules.js";
import { tell, type Unit } from "./unit.js";

/** A stream that runs. */
export interface OpenStream {
  readonly parts: AsyncIterable<Uint8Array>;
  stop(): void;
}

/** Opens the preview of a device for registration, until its time is up, its client goes or it goes. */
export const openStream = (
  units: readonly Unit[],
  asked: StreamRequest,
  clock: Clock,
  gone: AbortSignal,
): OpenStream | DeviceError => {
  const { deviceId = "0", serialNo = "", subId = 0, timeoutMs = DEFAULT_STREAM_MS } = asked;
  const modality = asked.wanted === undefined ? undefined : modalityAsked(asked);
  const named = units.filter(
    ({ identity }) =>
      (modality === undefined || identity.modality === modality) &&
      isNamed(identity, deviceId, serialNo),
  );
  const device = named.find(({ registration }) => registration?.purpose === "registration");
  if (device === undefined) {
    return deviceError(named.length === 0 ? "106" : "501");
  }
  if (subId > 3 || (subId !== 0 && !device.identity.subIds.includes(subId))) {
    return deviceError("504");
  }
  const { refused } = tell(device, { type: "begin-stream", timeoutMs }, clock);
  if (refused !== undefined) {
    return deviceError(refused === "110" ? "202" : refused);
  }
  const ending = new AbortController();
  device.streaming = ending;
  const stop = (): void => {
    gone.removeEventListener("abort", stop);
    ending.abort();
    // A device that went away and came back may show another stream by now.
    if (device.streaming === ending) {
      device.streaming = undefined;
      tell(device, { type: "end-stream" }, clock);
    }
  };
  gone.addEventListener("abort", stop, { once: true });
  void clock.sleep(timeoutMs, ending.signal).then(stop);
  const shows = (): boolean => device.machine.showsFrames && device.streaming === ending;
  const frames = device.source.preview(subId, ending.signal);
  return { parts: previewParts(frames, shows, clock, ending.signal), stop };
};
