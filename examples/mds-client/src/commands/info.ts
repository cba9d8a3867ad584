import { command, EXIT, table } from "@org/command";
import { createMdsClient, type VerifiedDevice } from "@org/mosip-mds-types";
import { systemClock } from "@org/mosip-mds-types/http";
import { type Answer, reportText } from "../answer.js";
import { findDevice } from "../find.js";
import { SERVICE_FLAGS, sendFor, TRUST_FLAGS, wantedType } from "../flags.js";
import { readAnchors } from "../trust.js";

export const info = command({
  name: "info",
  summary: "Asks what a device is, signed by it",
  flags: { ...SERVICE_FLAGS, ...TRUST_FLAGS },
  async run({ flags, output, signal }) {
    const trust = await readAnchors(flags.trust);
    const { profile, port, baseUrl } = await findDevice(flags, undefined, output, signal);
    const client = createMdsClient({
      send: sendFor(flags),
      clock: systemClock,
      profile,
      baseUrl,
      trust,
    });
    const type = wantedType(flags);
    // Versions whose request has no type answer with every device.
    const devices = (await client.info(type, { signal })).filter(({ device, digitalId }) =>
      [undefined, device.modality ?? digitalId?.modality].includes(type),
    );
    const worst = devices.find(({ report }) => report.verdict !== "authentic") ?? devices[0];
    const document: Answer = {
      spec: profile.name,
      port,
      answer: devices,
      report: worst?.report ?? null,
      files: [],
    };
    const text = devices.map(
      (device) => `${factsText(device)}\n${reportText(device.report, output)}`,
    );
    output.result(document, text.length === 0 ? "no device" : text.join("\n\n"));
    return worst?.report.verdict === "authentic" ? EXIT.yes : EXIT.no;
  },
});

const factsText = ({ device, digitalId }: VerifiedDevice): string => {
  const identity = { ...device, ...digitalId };
  return table(
    [
      ["device", device.deviceId],
      ["serial number", identity.serialNo],
      ["kind", [identity.modality, identity.subType].filter(Boolean).join(", ")],
      ["made by", [identity.make, identity.model].filter(Boolean).join(" ")],
      ["provider", [identity.provider, identity.providerId].filter(Boolean).join(", ")],
      ["level", device.level],
      ["status", device.status],
      ["purpose", device.purpose],
      ["environment", device.env],
      ["firmware", device.firmware],
      ["too old after", device.expiry],
      ["device code", device.deviceCode],
      ["error", device.error && `${device.error.code} ${device.error.info}`],
    ].flatMap(([name, value]) => (value ? [[name!, value]] : [])),
  );
};
