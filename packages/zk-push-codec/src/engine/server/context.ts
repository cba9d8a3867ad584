import { charsetOf } from "../../charset.js";
import type { CodecOptions } from "../../context.js";
import type { PushRequest, PushResponse } from "../../http.js";
import { Acknowledgement } from "../../responses/acknowledgement.js";
import { textResponse } from "../../responses/response.js";
import type { Change, Committed, DeviceState, QuarantineRow } from "../../store.js";
import { negotiateVersion } from "../../version.js";
import type { ServerEvent } from "./events.js";
import type { HandshakeSettings, ServerEngineOptions } from "./options.js";

/** What handling one request gives. */
export interface Handled {
  readonly response: PushResponse;
  readonly events: readonly ServerEvent[];
  /** Milliseconds to hold the answer back, so that a flood of old records leaves room for others. */
  readonly answerAfterMs?: number;
}

/** One request of a terminal that is served. */
export interface Served {
  readonly options: ServerEngineOptions;
  /** The handshake's part of them, every choice made. */
  readonly settings: HandshakeSettings;
  readonly request: PushRequest;
  readonly device: DeviceState;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** How names of this terminal are written, and the version it speaks. */
export const codecOptions = ({ device, settings }: Served): CodecOptions => ({
  charset: charsetOf(device.language),
  version: negotiateVersion(device.pushVersion, settings.version),
});

/** Zone of the terminal's clock. */
export const zoneOf = ({ device, options }: Served): string =>
  device.timeZone ?? options.timeZone ?? "+00:00";

/** Commits what a request brings. Only after this may anybody say OK. */
export const commit = (
  served: Served,
  change: Omit<Change, "sn" | "receivedAt">,
): Promise<Committed> =>
  served.options.store.commit({ sn: served.device.sn, receivedAt: served.now, ...change });

/** `OK`, or `OK:n`. */
export const accepted = (now: number, count?: number): PushResponse =>
  textResponse(count === undefined ? OK : Acknowledgement.encode({ accepted: true, count }), {
    now,
  });

const OK = /* @__PURE__ */ Acknowledgement.encode({ accepted: true });

/** A refusal that no terminal takes for a yes: it keeps what it has. */
export const refused = (now: number, text: string, status = 200): PushResponse =>
  textResponse(Acknowledgement.encode({ accepted: false, text }), { now }, status);

/** Events of what was put into quarantine. */
export const quarantineEvents = (
  sn: string,
  rows: readonly QuarantineRow[],
): readonly ServerEvent[] =>
  rows.map(({ reason }) => ({ event: "quarantined" as const, sn, reason }));
