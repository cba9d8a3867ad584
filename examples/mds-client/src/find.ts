import { CommandError, EXIT, type Output } from "@org/command";
import {
  allPorts,
  type Device,
  type DiscoveredDevice,
  discover,
  type Modality,
  type PortFinding,
  PROFILES,
  type Profile,
} from "@org/mosip-mds-types";
import { systemClock } from "@org/mosip-mds-types/http";
import { fixedSpec, type ServiceFlagValues, sendFor, wantedType } from "./flags.js";

/** What every port said, lowest first. */
export const scan = async (
  flags: ServiceFlagValues,
  output: Output,
  signal: AbortSignal,
): Promise<readonly PortFinding[]> => {
  const profile = fixedSpec(flags);
  const modality = wantedType(flags);
  const ports = flags.port === undefined ? allPorts() : [flags.port];
  const findings: PortFinding[] = [];
  for await (const finding of discover(sendFor(flags), {
    clock: systemClock,
    ports,
    timeoutMs: 1_000 * flags.wait,
    signal,
    ...(profile === undefined ? {} : { profile }),
    ...(modality === undefined ? {} : { modality }),
  })) {
    findings.push(finding);
    output.progress(`${findings.length} of ${ports.length} ports`);
  }
  signal.throwIfAborted();
  return findings.sort((one, other) => one.port - other.port);
};

/** A device to work with. */
export interface FoundDevice extends DiscoveredDevice {
  readonly profile: Profile;
  readonly port: number;
  readonly modality: Modality;
}

/** The first device of the type and purpose; versions that do not say the purpose give any. */
export const findDevice = async (
  flags: ServiceFlagValues,
  purpose: "auth" | "registration" | undefined,
  output: Output,
  signal: AbortSignal,
): Promise<FoundDevice> => {
  const findings = await scan(flags, output, signal);
  for (const { port, profile, devices } of findings) {
    if (profile === undefined) continue;
    const fitting = devices.find(
      ({ device }) =>
        purpose === undefined || device.purpose === undefined || device.purpose === purpose,
    );
    // A device of another purpose is asked all the same: it says best why it refuses.
    const chosen = fitting ?? devices[0];
    const modality = chosen?.device.modality;
    if (chosen !== undefined && modality !== undefined) {
      return { ...chosen, profile: PROFILES[profile], port, modality };
    }
  }
  throw notFound(findings, flags);
};

/** A device by the name that its version gives it; every device where it does not say which is for what. */
export const namedAs = ({
  purpose,
  deviceId,
  serialNo,
}: Device): Pick<Device, "deviceId" | "serialNo"> =>
  purpose === undefined
    ? { deviceId: "0" }
    : {
        ...(deviceId === undefined ? {} : { deviceId }),
        ...(serialNo === undefined ? {} : { serialNo }),
      };

const notFound = (findings: readonly PortFinding[], flags: ServiceFlagValues): CommandError => {
  const silent = findings.every(({ reason }) => reason === "closed" || reason === "timed-out");
  const what = flags.type === undefined ? "a device" : `a device of type ${flags.type}`;
  return new CommandError(
    silent ? "UNREACHABLE" : "NOT_FOUND",
    `expected ${what}, found none: ${reasonsText(findings)}`,
    silent ? EXIT.unreachable : EXIT.no,
  );
};

/** Reasons in words. */
const REASONS: Readonly<Record<NonNullable<PortFinding["reason"]>, string>> = {
  closed: "nobody listens",
  "timed-out": "no answer in time",
  "no-http": "something listens and does not speak HTTP",
  "wrong-verb": "an HTTP service that does not know the verbs of devices",
  forbidden: "the service refuses this caller",
  "not-a-device-service": "the answer is no list of devices, or is cut off: try --raw",
  "no-match": "a device service without such a device",
  aborted: "ended before it answered",
};

export const reasonText = ({ reason, detail }: PortFinding): string =>
  reason === undefined
    ? ""
    : `${REASONS[reason]}${detail && reason !== "closed" ? ` (${detail})` : ""}`;

/** Ports of one reason together: `4501, 4503 to 4600: nobody listens`. */
export const reasonsText = (findings: readonly PortFinding[]): string => {
  const byReason = new Map<string, number[]>();
  for (const finding of findings) {
    if (finding.reason === undefined) continue;
    const text = reasonText(finding);
    byReason.set(text, [...(byReason.get(text) ?? []), finding.port]);
  }
  return [...byReason].map(([text, ports]) => `${rangesText(ports)}: ${text}`).join("; ");
};

const rangesText = (ports: readonly number[]): string => {
  const ranges: [number, number][] = [];
  for (const port of ports) {
    const last = ranges.at(-1);
    if (last?.[1] === port - 1) last[1] = port;
    else ranges.push([port, port]);
  }
  return ranges.map(([from, to]) => (from === to ? `${from}` : `${from} to ${to}`)).join(", ");
};
