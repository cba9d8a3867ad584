import { CommandError, command, LISTEN_FLAGS, type Output, untilAborted } from "@org/command";
import {
  LEVELS,
  type Level,
  MODALITIES,
  type Modality,
  PROFILE_NAMES,
  type ProfileName,
} from "@org/mosip-mds-types";
import { FAULTS, type Fault } from "@org/mosip-mds-types/testing";

export const mdsDevice = command({
  name: "mds-device",
  summary: "Plays the service of biometric devices: discovery, information, captures, preview",
  flags: {
    host: LISTEN_FLAGS.host,
    port: {
      ...LISTEN_FLAGS.port,
      help: "port, 0 for any (default: the first free of 4501 to 4600)",
    },
    spec: {
      type: "text",
      value: "VERSION",
      choices: PROFILE_NAMES,
      default: "0.9.5",
      help: "version to speak",
    },
    modality: {
      type: "text",
      value: "KINDS",
      help: `kinds of devices, with commas between them (default: ${MODALITIES.join(",")}, or what --images has)`,
    },
    level: {
      type: "text",
      value: "LEVEL",
      choices: LEVELS,
      default: "L1",
      help: "certification: L0 captures for registration only",
    },
    images: {
      type: "text",
      value: "DIR",
      help: "ISO records or images to capture, such as Left_Index.iso, right-iris.jp2, face.jpg",
    },
    "allow-origin": {
      type: "text",
      value: "ORIGIN",
      many: true,
      help: "a page that may ask, such as https://registration.example",
    },
    keys: {
      type: "text",
      value: "DIR",
      help: "keys of mds-keys, in place of the public test keys",
    },
    server: {
      type: "text",
      value: "URL",
      help: "device server to register with, and to leave at the end (0.8.4 to 0.9.5)",
    },
    fault: {
      type: "text",
      value: "FAULT",
      many: true,
      choices: FAULTS,
      help: "something to do wrong",
    },
  },
  details: `
Each kind has two devices, one for authentication and one for registration. Images are drawn, and different at
each capture. Faults: ${FAULTS.join(", ")}.

  curl -X MOSIPDISC http://127.0.0.1:4501/device -d '{"type":"Biometric Device"}'`,
  async run({ flags, output, signal }) {
    const { startMdsDevice } = await import("./start.js");
    const device = await startMdsDevice({
      spec: flags.spec as ProfileName,
      ...(flags.modality === undefined ? {} : { modalities: parseModalities(flags.modality) }),
      level: flags.level as Level,
      host: flags.host,
      ...(flags.port === undefined ? {} : { port: flags.port }),
      ...(flags.images === undefined ? {} : { images: flags.images }),
      allowOrigins: flags["allow-origin"].map(parseOrigin),
      ...(flags.keys === undefined ? {} : { keys: flags.keys }),
      ...(flags.server === undefined ? {} : { server: flags.server }),
      faults: new Set(flags.fault as readonly Fault[]),
      onRequest: (entry) => sayRequest(entry, output),
      signal,
    });
    try {
      output.line({ listening: device.url }, `listening on ${device.url}`);
      for (const { deviceId, deviceCode } of device.registered) {
        output.note(`device ${deviceId} is registered as ${deviceCode}`);
      }
      output.note(`try: pnpm mds-client discover --port ${device.port}`);
      await untilAborted(signal);
    } finally {
      await device.close();
    }
  },
});

const sayRequest = (
  { verb, path, status, ms }: { verb: string; path: string; status: number; ms: number },
  output: Output,
): void => output.note(`${verb} ${path} ${status} (${ms} ms)`);

const usage = (message: string): CommandError => new CommandError("USAGE", message);

const parseModalities = (text: string): readonly Modality[] => {
  const words = [...new Set(text.split(","))];
  const unknown = words.find((word) => !(MODALITIES as readonly string[]).includes(word));
  if (unknown !== undefined) {
    throw usage(
      `expected kinds among ${MODALITIES.join(", ")} for --modality, found ${JSON.stringify(unknown)}`,
    );
  }
  return words as readonly Modality[];
};

const parseOrigin = (text: string): string => {
  if (!URL.canParse(text) || new URL(text).origin !== text) {
    throw usage(
      "expected scheme, name and port, such as https://page.example:8443, for --allow-origin",
    );
  }
  return text;
};
