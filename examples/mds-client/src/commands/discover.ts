import { command, EXIT, type Output, table } from "@org/command";
import type { DiscoveredDevice, PortFinding } from "@org/mosip-mds-types";
import type { Answer } from "../answer.js";
import { reasonsText, scan } from "../find.js";
import { SERVICE_FLAGS } from "../flags.js";

export const discover = command({
  name: "discover",
  summary: "Looks for devices on 127.0.0.1, and says of each port without one why",
  flags: SERVICE_FLAGS,
  details:
    "Nothing in the answer to discovery is signed: what it says is a hint. Ask info for proof.",
  async run({ flags, output, signal }) {
    const findings = await scan(flags, output, signal);
    const found = findings.filter(({ devices }) => devices.length > 0);
    const [first] = found;
    const document: Answer & { readonly ports: readonly object[] } = {
      spec: first?.profile ?? flags.spec,
      port: first?.port ?? flags.port ?? null,
      answer: found.flatMap(({ port, profile, devices }) =>
        devices.map(({ device, digitalId, baseUrl, callback }) => ({
          spec: profile,
          port,
          baseUrl,
          callback,
          ...device,
          digitalId: digitalId ?? null,
        })),
      ),
      report: null,
      files: [],
      ports: findings.map(({ port, profile, reason, detail }) => ({
        port,
        spec: profile ?? null,
        reason: reason ?? null,
        detail: detail ?? null,
      })),
    };
    output.result(document, foundText(findings, output));
    if (first !== undefined) return EXIT.yes;
    const silent = findings.every(({ reason }) => reason === "closed" || reason === "timed-out");
    return silent ? EXIT.unreachable : EXIT.no;
  },
});

const foundText = (findings: readonly PortFinding[], output: Output): string => {
  const rows = findings.flatMap(({ port, profile, devices }) =>
    devices.map((found) => [`${port}`, profile ?? "", ...deviceColumns(found, output)]),
  );
  const without = reasonsText(findings);
  return [
    rows.length === 0 ? "no device" : table(rows),
    ...(without === "" ? [] : [output.style("gray", without)]),
  ].join("\n");
};

const deviceColumns = (
  { device, digitalId, callback }: DiscoveredDevice,
  output: Output,
): string[] => [
  device.modality ?? "?",
  device.subType ?? digitalId?.subType ?? "",
  device.level ?? "",
  output.style(device.status === "ready" ? "green" : "yellow", device.status ?? "?"),
  device.purpose ?? "",
  device.deviceId === undefined ? "" : `device ${device.deviceId}`,
  digitalId?.serialNo ?? device.serialNo ?? "",
  device.error === undefined || device.error.code === "0" ? "" : `error ${device.error.code}`,
  callback === "refused" ? "calls back to another machine: not followed" : "",
];
