import type { Clock } from "../clock.js";
import { MdsError } from "../errors.js";
import type { Device, DigitalId } from "../model/types.js";
import type { Profile, ProfileName } from "../profiles/profile.js";
import { PROFILES } from "../profiles/registry.js";
import { parseToken } from "../signature/jws.js";
import type { Modality } from "../vocabulary/modality.js";
import { type ResolvedCallback, resolveCallback } from "./callback.js";
import { recogniseProfile } from "./recognise.js";
import { readText, type Send, withDeadline } from "./transport.js";

/** Ports on which device services listen. */
export const FIRST_PORT = 4501;
export const LAST_PORT = 4600;

export interface DiscoverOptions {
  /** Absent: any device. */
  readonly modality?: Modality;
  /** Absent: every version is tried, and the answer tells which one it is. */
  readonly profile?: ProfileName;
  readonly ports?: readonly number[];
  readonly clock: Clock;
  /** For each request of each port; 3 s by default. */
  readonly timeoutMs?: number;
  /** Sent as EXT. Pages leave it out: some services do not allow the header. */
  readonly appName?: string;
  readonly signal?: AbortSignal;
}

/** Why a port gave no device. */
export type PortReason =
  /** Nothing listens, or the browser does not let the page through. */
  | "closed"
  | "timed-out"
  /** Something listens and does not speak HTTP, or broke off. */
  | "no-http"
  /** HTTP, but none of the verbs is known there: some other service. */
  | "wrong-verb"
  /** The service does not allow this caller. */
  | "forbidden"
  /** An answer that is no list of devices. */
  | "not-a-device-service"
  /** A device service without a device of the type. */
  | "no-match"
  | "aborted";

export interface DiscoveredDevice extends ResolvedCallback {
  readonly device: Device;
  /** Unsigned here: a hint, not an identity. */
  readonly digitalId?: DigitalId;
}

/** What one port said. */
export interface PortFinding {
  readonly port: number;
  readonly profile?: ProfileName;
  readonly devices: readonly DiscoveredDevice[];
  /** Absent when there are devices. */
  readonly reason?: PortReason;
  readonly detail?: string;
}

/** Every port of the range. */
export const allPorts = (): readonly number[] =>
  Array.from({ length: LAST_PORT - FIRST_PORT + 1 }, (_, index) => FIRST_PORT + index);

/**
 * Looks for device services: all ports at once, each finding as soon as it is there.
 *
 * Never throws for a port; an abort ends the open ones with the reason `aborted`.
 */
export async function* discover(
  send: Send,
  options: DiscoverOptions,
): AsyncGenerator<PortFinding, void, void> {
  const ports = options.ports ?? allPorts();
  const ending = ports.map(() => new AbortController());
  const end = (): void => {
    for (const controller of ending) {
      controller.abort(options.signal?.reason);
    }
  };
  // One listener for all ports, and the ports end when nobody reads on.
  options.signal?.addEventListener("abort", end, { once: true });
  if (options.signal?.aborted) {
    end();
  }
  const waiting = new Map(
    ports.map((port, index) => {
      const { signal } = ending[index]!;
      const asked = discoverPort(send, port, { ...options, signal });
      return [port, asked.then((finding) => ({ port, finding }))];
    }),
  );
  try {
    while (waiting.size > 0) {
      const { port, finding } = await Promise.race(waiting.values());
      waiting.delete(port);
      yield finding;
    }
  } finally {
    options.signal?.removeEventListener("abort", end);
    end();
  }
}

/** Asks one port. */
export const discoverPort = async (
  send: Send,
  port: number,
  options: DiscoverOptions,
): Promise<PortFinding> => {
  const tried = options.profile === undefined ? AUTO : [options.profile];
  let last: PortFinding = { port, devices: [], reason: "wrong-verb" };
  for (const name of tried) {
    const { other, ...finding } = await ask(send, port, PROFILES[name], options);
    last = finding;
    if (!other) {
      break;
    }
  }
  return last;
};

/** What a version said of a port, and whether another may have more to say. */
interface Asked extends PortFinding {
  readonly other?: boolean;
}

/** One version for each verb: those that share a verb are told apart by the answer. */
const AUTO: readonly ProfileName[] = ["0.9.5", "sbi-1.0", "sbi-draft-1"];

const ask = async (
  send: Send,
  port: number,
  profile: Profile,
  options: DiscoverOptions,
): Promise<Asked> => {
  const { clock, timeoutMs = 3_000, signal, appName, modality } = options;
  const { verb, path } = profile.endpoints.discovery!;
  // The word for a finger differs between versions that share the verb: all are asked for, when unsure.
  const wanted = options.profile === undefined ? undefined : modality;
  const body = profile.discoveryRequest.write({
    ...(wanted === undefined ? {} : { modality: wanted }),
    specVersion: profile.specVersion,
  }).value;
  const miss = (reason: PortReason, detail?: string): Asked => ({
    port,
    devices: [],
    reason,
    other: reason === "wrong-verb" || reason === "not-a-device-service",
    ...(detail === undefined ? {} : { detail }),
  });
  let text: string;
  try {
    const { status, answer } = await withDeadline(
      async (inner) => {
        const reply = await send({
          method: verb,
          url: `http://127.0.0.1:${port}${path}`,
          headers: {
            "content-type": "application/json",
            ...(appName === undefined ? {} : { ext: appName }),
          },
          body,
          signal: inner,
        });
        return { status: reply.status, answer: await readText(reply) };
      },
      timeoutMs,
      clock,
      signal,
    );
    if (status === 403 || status === 421) {
      return miss("forbidden", `status ${status}`);
    }
    if (status !== 200) {
      return miss("wrong-verb", `status ${status} to ${verb}`);
    }
    text = answer;
  } catch (error) {
    const asked = miss(
      reasonOf(error, signal),
      error instanceof MdsError ? error.message : undefined,
    );
    // A browser tells a closed port and a verb that the service does not allow by the same silence.
    return asked.reason === "closed" ? { ...asked, other: !saysWhy(error) } : asked;
  }
  return readFinding(text, port, profile, options) ?? miss("not-a-device-service");
};

interface Caused {
  readonly code?: unknown;
  readonly cause?: Caused;
}

/** Whether somebody below said why there is no connection: systems do, browsers do not. */
const saysWhy = (error: unknown): boolean => {
  const { cause } = error as Caused;
  return typeof (cause?.code ?? cause?.cause?.code) === "string";
};

const readFinding = (
  text: string,
  port: number,
  asked: Profile,
  { profile: fixed, modality }: DiscoverOptions,
): PortFinding | undefined => {
  try {
    const name = fixed ?? recogniseProfile(asked.endpoints.discovery!.verb, text);
    const profile = name === undefined ? asked : PROFILES[name];
    const devices = profile.discovery
      .read(text)
      .map(({ value }) => present(value, port, profile))
      .filter(({ device, digitalId }) => fits(device, digitalId, modality));
    return {
      port,
      ...(name === undefined ? {} : { profile: name }),
      devices,
      ...(devices.length === 0 ? { reason: "no-match" as const } : {}),
    };
  } catch {
    return undefined;
  }
};

const present = (device: Device, port: number, profile: Profile): DiscoveredDevice => {
  const digitalId = readUnsigned(device.digitalId, profile);
  const modality = device.modality ?? digitalId?.modality;
  return {
    device: { ...device, ...(modality === undefined ? {} : { modality }) },
    ...(digitalId === undefined ? {} : { digitalId }),
    ...resolveCallback(device.callbackId, port),
  };
};

const readUnsigned = (text: string | undefined, profile: Profile): DigitalId | undefined => {
  try {
    return text === undefined ? undefined : profile.digitalId.read(parseToken(text).json).value;
  } catch {
    return undefined;
  }
};

/** An item that holds only an error is no device, however many empty fields stand round it. */
const fits = (
  device: Device,
  digitalId: DigitalId | undefined,
  wanted: Modality | undefined,
): boolean => {
  const kind = device.modality ?? digitalId?.modality;
  const real = device.status !== undefined || (device.deviceId ?? "") !== "";
  return real && (wanted === undefined || kind === undefined || kind === wanted);
};

const reasonOf = (error: unknown, signal: AbortSignal | undefined): PortReason => {
  if (signal?.aborted) {
    return "aborted";
  }
  if (!(error instanceof MdsError)) {
    return "no-http";
  }
  switch (error.code) {
    case "TIMED_OUT":
      return "timed-out";
    case "UNREACHABLE":
      return "closed";
    default:
      return error.code === "HTTP_STATUS" ? "no-http" : "not-a-device-service";
  }
};
