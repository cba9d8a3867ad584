import {
  createDeviceService,
  createSyncedClock,
  PROFILES,
  type Signer,
  type SourceRequest,
} from "@org/mosip-mds-types";
import { systemClock } from "@org/mosip-mds-types/http";
import { simulatorTrust } from "@org/mosip-mds-types/testing";
import { describe, expect, test } from "vitest";
import { BASE, quickSource, random } from "./world.js";

const make = async (over: object = {}, device: object = {}) => {
  const { members } = await simulatorTrust();
  return createDeviceService({
    profile: PROFILES["0.8.4"],
    clock: systemClock,
    random,
    devices: [
      {
        identity: {
          deviceId: "1",
          serialNo: "202600001001",
          make: "Utopia",
          model: "SIM",
          modality: "finger",
          subType: "slap",
          provider: "Utopia",
          providerId: "U",
          subIds: [1, 2, 3],
          level: "L1",
          firmware: "1",
          expiry: "2049-12-31T00:00:00Z",
        },
        registration: {
          deviceCode: "b2f3c7a1-6a35-4b0c-9a3e-0f5d7c1e9a01",
          purpose: "registration",
          env: "developer",
          signer: members.device.signer as Signer,
        },
        source: quickSource,
        ...device,
      },
    ],
    ...over,
  });
};

const context = { callbackId: BASE, signal: new AbortController().signal };
const body = (timeoutMs = 500): string =>
  PROFILES["0.8.4"].registrationCaptureRequest.write({
    env: "developer",
    timeoutMs,
    captureTime: new Date(),
    transactionId: "T-1",
    registrationId: "R-1",
    bio: [{ wanted: "finger", count: 1, requestedScore: 10 }],
  }).value;

const jsonOf = async (answer: Awaited<ReturnType<Awaited<ReturnType<typeof make>>["info"]>>) =>
  answer.kind === "json" ? answer.body : "";

describe("options of a device service", () => {
  test("a parallel capture is answered with an error object, or with device info as 0.8.4 has it", async () => {
    const busy = { inUse: () => true };
    const plain = await make({}, busy);
    expect(await jsonOf(await plain.capture("registration-capture", body(), context))).toContain(
      '"errorcode":"111"',
    );
    const literal = await make({ busyAsDeviceInfo: true }, busy);
    const answer = await jsonOf(await literal.capture("registration-capture", body(), context));
    expect(JSON.parse(answer)).toMatchObject([{ status: "Busy", deviceInfo: { deviceId: "1" } }]);
  });

  test("0.8.4 signs the block, and the hash too where that is wanted", async () => {
    const signature = async (over: object) => {
      const service = await make(over);
      const answer = await jsonOf(await service.capture("registration-capture", body(), context));
      return JSON.parse(answer).biometrics[0].signature as string;
    };
    expect(await signature({})).not.toContain(".");
    expect((await signature({ signHash: true })).split(".")).toHaveLength(2);
  });

  test("without a certificate for the domain there is error 108", async () => {
    const { members } = await simulatorTrust();
    const service = await make(
      {},
      {
        registration: {
          deviceCode: "b2f3c7a1-6a35-4b0c-9a3e-0f5d7c1e9a01",
          purpose: "auth",
          env: "developer",
          signer: members.device.signer,
        },
      },
    );
    const request = PROFILES["0.8.4"].captureRequest.write({
      env: "developer",
      purpose: "auth",
      timeoutMs: 500,
      captureTime: new Date(),
      transactionId: "T-1",
      bio: [{ wanted: "finger", count: 1 }],
    }).value;
    expect(await jsonOf(await service.capture("capture", request, context))).toContain(
      '"errorcode":"108"',
    );
  });

  test("registering, rotating a key and taking off change what a device says of itself", async () => {
    const { members } = await simulatorTrust();
    const service = await make({ profile: PROFILES["0.9.5"] }, { registration: undefined });
    const status = async () => {
      const answer = await jsonOf(await service.discover('{"type":"Finger"}', context));
      return (JSON.parse(answer) as { deviceStatus: string; purpose: string }[])[0];
    };
    expect(await status()).toMatchObject({ deviceStatus: "Not Registered", purpose: "" });
    service.register("1", {
      deviceCode: "b2f3c7a1-6a35-4b0c-9a3e-0f5d7c1e9a01",
      purpose: "registration",
      env: "developer",
      signer: members.device.signer,
    });
    expect(await status()).toMatchObject({ deviceStatus: "Ready", purpose: "Registration" });
    service.setConnected("1", false);
    expect(await status()).toMatchObject({ deviceStatus: "Not Ready" });
    service.deregister("1");
    expect(await status()).toMatchObject({ deviceStatus: "Not Registered" });
    expect(() => service.deregister("9")).toThrow("device of this service");
  });

  test("a source that throws, and one that gives nothing, are errors of the device", async () => {
    const throwing = await make(
      {},
      {
        source: {
          ...quickSource,
          attempts: () => ({
            [Symbol.asyncIterator]: () => ({ next: () => Promise.reject(new Error("sensor")) }),
          }),
        },
      },
    );
    expect(await jsonOf(await throwing.capture("registration-capture", body(), context))).toContain(
      '"errorcode":"102"',
    );
    const empty = await make({}, { source: { ...quickSource, async *attempts() {} } });
    expect(await jsonOf(await empty.capture("registration-capture", body(), context))).toContain(
      '"errorcode":"101"',
    );
  });

  test("a client that goes away frees the device", async () => {
    const leaving = new AbortController();
    const service = await make(
      {},
      {
        source: {
          ...quickSource,
          attempts: ({ signal }: SourceRequest) => ({
            [Symbol.asyncIterator]: () => ({
              next: () =>
                systemClock
                  .sleep(60_000, signal)
                  .then(() => ({ done: true as const, value: undefined })),
            }),
          }),
        },
      },
    );
    const pending = service.capture("registration-capture", body(30_000), {
      callbackId: BASE,
      signal: leaving.signal,
    });
    setTimeout(() => leaving.abort(), 20);
    await pending;
    expect(service.states().get("1")).toBe("ready");
  });

  test("a device that goes away during a capture ends it, and what follows is not touched", async () => {
    const hanging = {
      ...quickSource,
      attempts: ({ signal }: SourceRequest) => ({
        [Symbol.asyncIterator]: () => ({
          next: () =>
            systemClock
              .sleep(60_000, signal)
              .then(() => ({ done: true as const, value: undefined })),
        }),
      }),
    };
    const service = await make({}, { source: hanging });
    const first = service.capture("registration-capture", body(30_000), context);
    await systemClock.sleep(5);
    expect(service.states().get("1")).toBe("busy");
    service.setConnected("1", false);
    service.setConnected("1", true);
    const second = service.capture("registration-capture", body(150), context);
    expect(await jsonOf(await first)).toContain('"errorcode":"110"');
    expect(service.states().get("1")).toBe("busy");
    expect(await jsonOf(await second)).toContain('"errorcode":"503"');
    expect(service.states().get("1")).toBe("ready");
  });

  test("a second stream outlives the end of the first, and a device taken off ends it", async () => {
    const service = await make({ profile: PROFILES["0.9.5"] });
    const ask = '{"deviceId":"1","deviceSubId":"1"}';
    const open = async () => {
      const answer = await service.stream(ask, context);
      if (answer.kind !== "stream") {
        throw new Error("expected a stream");
      }
      return answer;
    };
    const first = await open();
    first.stop();
    const second = await open();
    first.stop();
    const frames: Uint8Array[] = [];
    for await (const part of second.parts) {
      frames.push(part);
      if (frames.length === 2) {
        service.deregister("1");
      }
    }
    expect(frames).toHaveLength(3);
    expect(service.states().get("1")).toBe("not-registered");
  });

  test("nothing is captured before a management server has set the time", async () => {
    const clock = createSyncedClock(systemClock);
    const service = await make({ clock });
    expect(await jsonOf(await service.capture("registration-capture", body(), context))).toContain(
      '"errorcode":"104"',
    );
    clock.sync(new Date(), systemClock.now(), systemClock.now());
    expect(
      await jsonOf(await service.capture("registration-capture", body(), context)),
    ).not.toContain('"errorcode"');
  });
});
