import { createMdsClient } from "../client/client.js";
import type { BioRequest, CaptureRequest } from "../model/types.js";
import { decodeRecord } from "../records/record.js";
import type { VerifiedCapture } from "../verification/capture.js";
import type { CaptureKind } from "../verification/open-segment.js";
import { MOST_OF } from "../vocabulary/modality.js";
import { ask, errorCodeIn, expectThat } from "./ask.js";
import type { ConformanceCase, ServiceUnderTest } from "./device-service.js";
import { namedDevice } from "./named-device.js";

const DEFAULT_TIMEOUT_MS = 5_000;
/** "Minimum frames 3 per second." */
const LEAST_FRAMES = 3;

/** How a service captures and streams. */
export const captureCases = (service: ServiceUnderTest): readonly ConformanceCase[] => [
  ...(service.purposes.includes("auth") ? authCases(service) : [refuses(service, "capture")]),
  ...(service.purposes.includes("registration")
    ? registrationCases(service)
    : [refuses(service, "registration-capture")]),
];

const timeoutOf = (service: ServiceUnderTest): number =>
  service.captureTimeoutMs ?? DEFAULT_TIMEOUT_MS;

const purposeOf = (kind: CaptureKind) =>
  kind === "capture" ? ("auth" as const) : ("registration" as const);

type Asked = CaptureRequest & { readonly bio: readonly [BioRequest & { readonly count: number }] };

const request = async (
  service: ServiceUnderTest,
  kind: CaptureKind,
  over: Partial<BioRequest> = {},
): Promise<Asked> => {
  const device = await namedDevice(service, purposeOf(kind));
  return {
    env: "developer",
    timeoutMs: timeoutOf(service),
    specVersion: service.profile.specVersion,
    captureTime: service.clock.now(),
    transactionId: "CONFORMANCE-1",
    registrationId: "1000000001",
    domainUri: "https://conformance.invalid",
    bio: [{ wanted: service.modality, requestedScore: 40, previousHash: "", ...device, ...over }],
  };
};

const write = (service: ServiceUnderTest, kind: CaptureKind, asked: CaptureRequest): string => {
  const { profile } = service;
  const translator =
    kind === "capture" ? profile.captureRequest : profile.registrationCaptureRequest;
  return translator.write({ purpose: purposeOf(kind), ...asked }).value;
};

const clientOf = (service: ServiceUnderTest) =>
  createMdsClient({
    ...service,
    ...(service.trust === undefined ? {} : { trust: service.trust }),
  });

/** Nothing failed; what needs a key or an anchor that was not given may be open. */
const expectSound = ({ report, segments }: VerifiedCapture, { bio: [{ count }] }: Asked): void => {
  const wrong = report.checks.find(({ status }) => status === "failed");
  expectThat(wrong === undefined, "no failed check", `${wrong?.id} ${wrong?.reason}`);
  const errors = segments.map(({ error }) => error?.code ?? "0").filter((code) => code !== "0");
  expectThat(errors.length === 0, "no error", `error ${errors[0]}`);
  expectThat(segments.length === count, `${count} segments`, segments.length);
};

/** One try of what a version does not serve or allow: an error object, or no such operation. */
const expectError = async (
  service: ServiceUnderTest,
  kind: CaptureKind,
  body: string,
): Promise<string | undefined> => {
  const { status, text } = await ask(service, kind, { body, waitMs: timeoutOf(service) });
  const code = errorCodeIn(text);
  expectThat(status !== 200 || Number(code) > 0, "an error", code ?? "none");
  return code;
};

const refuses = (service: ServiceUnderTest, kind: CaptureKind): ConformanceCase => ({
  name: `does not serve ${kind}, which is for devices of another purpose`,
  run: async () => {
    await expectError(service, kind, write(service, kind, await request(service, kind)));
  },
});

const common = (service: ServiceUnderTest, kind: CaptureKind): readonly ConformanceCase[] => [
  {
    name: `${kind}: refuses more than the type has`,
    run: async () => {
      const count = MOST_OF[service.modality] === 10 ? 10 : MOST_OF[service.modality] + 1;
      const body = write(service, kind, await request(service, kind, { count, subId: 1 }));
      await expectError(service, kind, body);
    },
  },
  {
    name: `${kind}: does one at a time`,
    run: async () => {
      const body = write(service, kind, await request(service, kind));
      const answers = await Promise.all(
        [0, 1].map(() => ask(service, kind, { body, waitMs: timeoutOf(service) })),
      );
      const codes = answers.map(({ text }) => Number(errorCodeIn(text) ?? 0));
      expectThat(codes.includes(0), "one that succeeds", codes.join());
      const busy = answers.some(
        ({ text }) => Number(errorCodeIn(text)) > 0 || /"Busy"/i.test(text),
      );
      expectThat(busy, "one that finds the device busy", codes.join());
    },
  },
  ...(service.profile.name === "0.9.5" || service.profile.name === "sbi-draft-1"
    ? [
        {
          name: `${kind}: refuses a transaction id of three characters with error 112`,
          run: async () => {
            const asked = await request(service, kind);
            const whole = JSON.parse(write(service, kind, asked)) as object;
            const body = JSON.stringify({ ...whole, transactionId: "abc" });
            const code = await expectError(service, kind, body);
            expectThat(code === "112", "error 112", code);
          },
        },
      ]
    : []),
];

const authCases = (service: ServiceUnderTest): readonly ConformanceCase[] => [
  {
    name: "capture: is signed, chained, encrypted and in time",
    run: async () => {
      const asked = await request(service, "capture");
      const result = await clientOf(service).capture(asked);
      expectSound(result, asked);
      const check = result.report.checks.find(({ id }) => id === "decryption");
      expectThat(check?.reason !== "NOT_ENCRYPTED", "an encrypted value", "a plain one");
    },
  },
  ...common(service, "capture"),
];

const registrationCases = (service: ServiceUnderTest): readonly ConformanceCase[] => {
  const { profile } = service;
  const requested = (over?: Partial<BioRequest>) => request(service, "registration-capture", over);
  const old = profile.name === "0.8.4" || profile.name === "0.9.2";
  return [
    {
      name: "registration-capture: is signed, chained and in time",
      run: async () => {
        const asked = await requested();
        const result = await clientOf(service).registrationCapture(asked);
        expectSound(result, asked);
      },
    },
    {
      name: "registration-capture: brings records of ISO/IEC 19794",
      run: async () => {
        const { segments } = await clientOf(service).registrationCapture(await requested());
        for (const { block, value } of segments) {
          const record = old ? block?.bioExtract : value;
          decodeRecord(record ?? new Uint8Array());
        }
      },
    },
    {
      name: "registration-capture: goes on from the hash that it is given",
      run: async () => {
        const client = clientOf(service);
        const first = await client.registrationCapture(await requested());
        const hashes = [...first.answer.matchAll(/"hash"\s*:\s*"([0-9A-Fa-f]{64})"/g)];
        const previousHash = hashes.at(-1)?.[1] ?? "";
        const asked = await requested({ previousHash });
        expectSound(await client.registrationCapture(asked), asked);
      },
    },
    {
      name: `stream: shows at least ${LEAST_FRAMES} frames a second`,
      run: async () => {
        const times: number[] = [];
        const { count: _, ...device } = await namedDevice(service, "registration");
        for await (const { receivedAt } of clientOf(service).stream(device)) {
          times.push(receivedAt.getTime());
          if (times.length > LEAST_FRAMES) {
            break;
          }
        }
        expectThat(times.length > LEAST_FRAMES, "frames", times.length);
        const span = times[LEAST_FRAMES]! - times[0]!;
        expectThat(span <= 1_000, `${LEAST_FRAMES} frames within a second`, `${span} ms`);
      },
    },
    ...common(service, "registration-capture"),
  ];
};
