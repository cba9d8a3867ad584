import {
  type CaptureRequest,
  createMdsClient,
  type DiscoveredDevice,
  MdsError,
  type Modality,
  PROFILES,
  type ProfileName,
} from "@org/mosip-mds-types";
import { fetchSend, systemClock } from "@org/mosip-mds-types/http";
import { simulatorTrust } from "@org/mosip-mds-types/testing";
import { byId, element, row } from "./element.js";
import { pictureOf } from "./pictures.js";
import { reportOf } from "./report.js";

export interface PageDevice extends DiscoveredDevice {
  readonly profile: ProfileName;
  readonly modality: Modality;
}

export interface Settings {
  readonly count: number;
  readonly score: number;
  readonly sim: boolean;
}

/** One thing at a time: what runs ends when the next is begun. */
let running = new AbortController();

const begin = (title: string): { signal: AbortSignal; result: HTMLElement } => {
  running.abort();
  running = new AbortController();
  const result = byId("result");
  result.replaceChildren(element("p", {}, title));
  return { signal: running.signal, result };
};

const clientOf = async ({ profile, baseUrl }: PageDevice, { sim }: Settings) => {
  const world = sim ? await simulatorTrust() : undefined;
  const client = createMdsClient({
    send: fetchSend(),
    clock: systemClock,
    profile: PROFILES[profile],
    baseUrl,
    ...(world === undefined ? {} : { trust: world.trust }),
  });
  return { client, opener: world?.opener };
};

/** Says what went wrong, unless something else was begun meanwhile. */
const guarded = async (signal: AbortSignal, result: HTMLElement, work: () => Promise<void>) => {
  try {
    await work();
  } catch (error) {
    if (signal.aborted) return;
    const text = error instanceof MdsError ? `${error.code}: ${error.message}` : String(error);
    result.replaceChildren(element("p", { className: "failed" }, text));
  }
};

export const askInfo = async (device: PageDevice, settings: Settings): Promise<void> => {
  const { signal, result } = begin("asking");
  await guarded(signal, result, async () => {
    const { client } = await clientOf(device, settings);
    const devices = await client.info(device.modality, { signal });
    const found = devices.find(({ device: { deviceId, serialNo }, digitalId }) =>
      deviceId === undefined
        ? (digitalId?.serialNo ?? serialNo) === device.device.serialNo
        : deviceId === device.device.deviceId,
    );
    if (found === undefined) throw new Error("the device does not tell of itself");
    const facts = Object.entries({ ...found.device, ...found.digitalId })
      .filter(([name, value]) => name !== "digitalId" && typeof value !== "object")
      .map(([name, value]) => row(name, String(value)));
    result.replaceChildren(reportOf(found.report), element("table", {}, ...facts));
  });
};

export const captureFrom = async (
  device: PageDevice,
  purpose: "auth" | "registration",
  settings: Settings,
): Promise<void> => {
  const { signal, result } = begin("capturing");
  await guarded(signal, result, async () => {
    const { client, opener } = await clientOf(device, settings);
    const request = requestFor(device, purpose, settings);
    const level = device.device.level;
    const options = { signal, ...(level === undefined ? {} : { level }) };
    const { report, segments } =
      purpose === "auth"
        ? await client.capture(request, { ...options, ...(opener === undefined ? {} : { opener }) })
        : await client.registrationCapture(request, options);
    const error = segments
      .flatMap((segment) => segment.error ?? [])
      .find(({ code }) => code !== "0");
    const figures = segments.filter(({ block }) => block !== undefined);
    result.replaceChildren(
      ...(error === undefined
        ? []
        : [element("p", { className: "failed" }, `error ${error.code}: ${error.info}`)]),
      ...(figures.length === 0 ? [] : [reportOf(report)]),
      ...(await Promise.all(figures.map((segment) => pictureOf(segment, device.modality)))),
    );
  });
};

const requestFor = (
  { device, modality }: PageDevice,
  purpose: "auth" | "registration",
  { count, score }: Settings,
): CaptureRequest => ({
  env: device.env ?? "developer",
  purpose,
  timeoutMs: 10_000,
  transactionId: `T-${crypto.randomUUID().slice(0, 18)}`,
  registrationId: "R-1000000001",
  domainUri: location.origin,
  bio: [
    {
      wanted: modality,
      count: modality === "face" ? 1 : count,
      requestedScore: score,
      previousHash: "",
      ...nameOf(device),
    },
  ],
});

/** A device by the name that its version gives it; every device where it does not say which is for what. */
const nameOf = ({ purpose, deviceId, serialNo }: DiscoveredDevice["device"]) =>
  purpose === undefined
    ? { deviceId: "0" }
    : {
        ...(deviceId === undefined ? {} : { deviceId }),
        ...(serialNo === undefined ? {} : { serialNo }),
      };

/** Shows the preview until something else is begun, and its frame rate. */
export const previewOf = async (device: PageDevice, settings: Settings): Promise<void> => {
  const { signal, result } = begin("waiting for a frame");
  await guarded(signal, result, async () => {
    const { client } = await clientOf(device, settings);
    const image = element("img", { id: "preview", alt: "preview" });
    const rate = element("p", { id: "rate" });
    const request = {
      env: "developer" as const,
      purpose: "registration" as const,
      transactionId: "T-PREVIEW",
      wanted: device.modality,
      count: 1,
      subId: 0,
      timeoutMs: 60_000,
      ...nameOf(device.device),
    };
    const times: number[] = [];
    for await (const { jpeg, receivedAt } of client.stream(request, { signal })) {
      if (times.length === 0) result.replaceChildren(image, rate);
      URL.revokeObjectURL(image.src);
      image.src = URL.createObjectURL(new Blob([new Uint8Array(jpeg)], { type: "image/jpeg" }));
      times.push(receivedAt.getTime());
      const spent = receivedAt.getTime() - times[0]!;
      const perSecond = spent > 0 ? ((1_000 * (times.length - 1)) / spent).toFixed(1) : "?";
      rate.textContent = `${times.length} frames, ${perSecond} a second`;
    }
  });
};
