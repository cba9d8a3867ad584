import { CommandError, command, EXIT, type Output } from "@org/command";
import {
  createDeviceServerClient,
  createMdsClient,
  type DeviceIdentity,
  type DeviceServerResult,
  deviceServerPath,
  type Send,
  type Trust,
  verdictOf,
} from "@org/mosip-mds-types";
import { systemClock } from "@org/mosip-mds-types/http";
import { readTrust } from "@org/mosip-mds-types/node";
import { simulatorTrust } from "@org/mosip-mds-types/testing";
import { type Answer, exitOf, received, reportText } from "../answer.js";
import { type FoundDevice, findDevice } from "../find.js";
import { SERVICE_FLAGS, type ServiceFlagValues, sendFor, TRUST_FLAGS } from "../flags.js";
import { readAnchors } from "../trust.js";

const FLAGS = {
  ...SERVICE_FLAGS,
  ...TRUST_FLAGS,
  server: { type: "text", value: "URL", required: true, help: "device server" },
  purpose: {
    type: "text",
    value: "PURPOSE",
    choices: ["auth", "registration"],
    default: "registration",
    help: "what the device is for",
  },
  keys: {
    type: "text",
    value: "DIR",
    help: "keys of provider, device and trust module, made by mds-keys (default: those of the simulators)",
  },
} as const;

interface RegisterFlagValues extends ServiceFlagValues {
  readonly trust: readonly string[];
  readonly server: string;
  readonly purpose: string;
  readonly keys: string | undefined;
}

const ENV = "developer";
const TRUST_MODULE_PROVIDER = "UTOPIA.FTM";

export const register = command({
  name: "register",
  summary: "Registers a device with a device server, as its provider's management server does",
  flags: FLAGS,
  details: "Versions 0.8.4, 0.9.2 and 0.9.5; later ones have no registration.",
  async run({ flags, output, signal }) {
    const { found, client, trust, members, purpose } = await prepare(flags, output, signal);
    const device = purpose === "auth" ? members.device : members.registrationDevice;
    const result = await client.register(
      {
        identity: await identityOf(found, sendFor(flags), trust, signal),
        purpose,
        env: ENV,
        trustModuleProviderId: TRUST_MODULE_PROVIDER,
        time: new Date(),
        trustModule: members.trustModule.signer,
        deviceKey: device.signer,
        provider: members.provider.signer,
      },
      signal,
    );
    return tell(result, found, output);
  },
});

export const deregister = command({
  name: "deregister",
  summary: "Takes a device off its device server",
  flags: {
    ...FLAGS,
    "device-code": { type: "text", value: "UUID", help: "its code (default: the server is asked)" },
  },
  details:
    "Versions 0.8.4, 0.9.2 and 0.9.5. Without --device-code the server's list, GET /devices, is asked.",
  async run({ flags, output, signal }) {
    const { found, client, members, purpose } = await prepare(flags, output, signal);
    const known = await registeredAs(flags, found, signal);
    const result = await client.deregister(
      {
        ...known,
        env: ENV,
        forRegistration: purpose === "registration",
        time: new Date(),
        provider: members.provider.signer,
      },
      signal,
    );
    return tell(result, found, output);
  },
});

const prepare = async (flags: RegisterFlagValues, output: Output, signal: AbortSignal) => {
  if (!URL.canParse(flags.server)) {
    throw new CommandError("USAGE", "expected a URL such as http://127.0.0.1:4700 for --server");
  }
  const keys = flags.keys === undefined ? await simulatorTrust() : await readTrust(flags.keys);
  const purpose = flags.purpose as "auth" | "registration";
  // Who signs orders with certain keys belongs to their world, unless another is named.
  const trust = flags.trust.length === 0 ? keys.trust : await readAnchors(flags.trust);
  const found = await findDevice(flags, purpose, output, signal);
  deviceServerPath(found.profile, "register");
  const client = createDeviceServerClient({
    send: sendFor(flags),
    clock: systemClock,
    profile: found.profile,
    baseUrl: flags.server,
    trust,
  });
  return { found, client, trust, members: keys.members, purpose };
};

const tell = (
  { request: _, answer, checks, ...said }: DeviceServerResult,
  { profile, port }: FoundDevice,
  output: Output,
) => {
  const report = { verdict: verdictOf(checks), checks };
  const document: Answer & { readonly said: object } = {
    spec: profile.name,
    port,
    answer: received(answer),
    said,
    report,
    files: [],
  };
  const { status = "refused", deviceCode, error } = said;
  output.result(
    document,
    [
      [status, deviceCode, error && `${error.code} ${error.message}`].filter(Boolean).join(", "),
      reportText(report, output),
    ].join("\n"),
  );
  return error === undefined ? exitOf(report) : EXIT.no;
};

/** What a device says of itself, as an order to register it repeats it. */
const identityOf = async (
  { profile, baseUrl, modality, device: hint }: FoundDevice,
  send: Send,
  trust: Trust,
  signal: AbortSignal,
): Promise<DeviceIdentity> => {
  const client = createMdsClient({ send, clock: systemClock, profile, baseUrl, trust });
  const devices = await client.info(modality, { signal });
  const chosen = devices.find(({ device }) => device.deviceId === hint.deviceId) ?? devices[0];
  if (chosen === undefined || chosen.report.verdict === "not-authentic") {
    throw new CommandError("NOT_FOUND", "expected device info that is not forged", EXIT.no);
  }
  const { device, digitalId } = chosen;
  return {
    deviceId: device.deviceId ?? hint.deviceId ?? "",
    serialNo: digitalId?.serialNo ?? device.serialNo ?? "",
    make: digitalId?.make ?? device.make ?? "",
    model: digitalId?.model ?? device.model ?? "",
    modality,
    subType: digitalId?.subType ?? device.subType ?? hint.subType ?? "single",
    provider: digitalId?.provider ?? device.provider ?? "",
    providerId: digitalId?.providerId ?? device.providerId ?? "",
    subIds: device.subIds ?? hint.subIds ?? [],
    level: device.level ?? hint.level ?? "L1",
    firmware: device.firmware ?? "",
    expiry: device.expiry ?? "",
  };
};

interface Listed {
  readonly deviceCode: string;
  readonly deviceId: string;
  readonly registeredAt: string;
}

/** The code of a device, and since when it has it: 0.8.4 and 0.9.2 repeat the time. */
const registeredAs = async (
  flags: RegisterFlagValues & { readonly "device-code": string | undefined },
  { device }: FoundDevice,
  signal: AbortSignal,
): Promise<{ readonly deviceCode: string; readonly registeredAt: Date }> => {
  const response = await fetch(new URL("/devices", flags.server), { signal });
  const list = response.ok ? ((await response.json()) as readonly Listed[]) : [];
  const code = flags["device-code"];
  const found = list.find(({ deviceCode, deviceId }) =>
    code === undefined ? deviceId === device.deviceId : deviceCode === code,
  );
  const deviceCode = code ?? found?.deviceCode;
  if (deviceCode === undefined) {
    throw new CommandError(
      "NOT_FOUND",
      "expected the device in the server's list, found it not",
      EXIT.no,
    );
  }
  return { deviceCode, registeredAt: new Date(found?.registeredAt ?? Date.now()) };
};
