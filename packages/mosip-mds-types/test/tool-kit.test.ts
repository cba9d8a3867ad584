import {
  type BioRequest,
  type BioSubType,
  decodeBase64,
  type Level,
  MODALITIES,
  type Modality,
  PROFILES,
} from "@org/mosip-mds-types";
import { createDeviceHandler, systemClock } from "@org/mosip-mds-types/http";
import { createSimulatedDevice, type Fault } from "@org/mosip-mds-types/testing";
import { describe, expect, test } from "vitest";
import * as z from "zod/mini";
import { BASE, quickSource, random } from "./world.js";

/*
 * What MOSIP's compliance tool kit demands of a service of 0.9.5, from its 21 schemas. Where a schema looks
 * at the first entry of a list alone, every entry is looked at here. As there, signed parts are judged
 * after they were decoded.
 */

const profile = PROFILES["0.9.5"];
const FINGERS = [
  ...["Left", "Right"].flatMap((hand) => [
    ...["Index", "Middle", "Ring", "Little"].map((finger) => `${hand} ${finger}Finger`),
    `${hand} Thumb`,
  ]),
];
const filled = z.string().check(z.minLength(1));
const spec = z.enum(["0.9.5", "1.0.0"]);
const env = z.enum(["Staging", "Developer", "Pre-Production", "Production"]);
const subIds = z.array(z.enum(["0", "1", "2", "3"])).check(z.minLength(1));
const score = z.string().check(z.regex(/^(100(\.0+)?|\d{1,2}(\.\d+)?)$/));
const time = z.iso.datetime({ offset: true });
const transaction = z.string().check(z.regex(/^[a-zA-Z0-9-]{4,50}$/));
const error = z.strictObject({ errorCode: filled, errorInfo: filled });
const success = z.strictObject({ errorCode: z.literal("0"), errorInfo: z.literal("Success") });
const failure = z.strictObject({
  errorCode: z.string().check(z.regex(/^[1-9][0-9][0-9]$/)),
  errorInfo: filled,
});
const maybe = z.nullable(z.string());

const ID_TYPES: Readonly<Record<Modality, readonly [string, readonly string[]]>> = {
  finger: ["Finger", ["Single", "Slap", "Touchless"]],
  iris: ["Iris", ["Single", "Double"]],
  face: ["Face", ["Full face"]],
};
const digitalId = (modality: Modality) =>
  z.strictObject({
    serialNo: filled,
    make: filled,
    model: filled,
    type: z.literal(ID_TYPES[modality][0]),
    deviceSubType: z.enum(ID_TYPES[modality][1] as [string]),
    deviceProvider: filled,
    deviceProviderId: filled,
    dateTime: time,
  });

const discovered = (modality: Modality) =>
  z
    .array(
      z.strictObject({
        deviceId: filled,
        deviceStatus: z.enum(["Ready", "Busy", "Not Ready", "Not Registered"]),
        certification: z.enum(["L0", "L1"]),
        serviceVersion: filled,
        deviceSubId: subIds,
        callbackId: filled,
        digitalId: filled,
        digitalIdDecoded: digitalId(modality),
        deviceCode: filled,
        specVersion: z.array(spec),
        purpose: z.enum(["Auth", "Registration"]),
        error: success,
      }),
    )
    .check(z.minLength(1));

const NOT_REGISTERED = "Not Registered";
const described = (modality: Modality, status: string) =>
  z
    .array(
      z.strictObject({
        deviceInfo: filled,
        deviceInfoDecoded: z.strictObject({
          env: status === NOT_REGISTERED ? z.literal("None") : env,
          digitalId: filled,
          digitalIdDecoded: digitalId(modality),
          purpose: status === NOT_REGISTERED ? z.literal("") : z.enum(["Auth", "Registration"]),
          serviceVersion: filled,
          deviceStatus: z.literal(status),
          firmware: filled,
          certification: filled,
          specVersion: z.array(spec).check(z.minLength(1)),
          deviceSubId: subIds,
          callbackId: filled,
          deviceId: status === NOT_REGISTERED ? maybe : filled,
          deviceCode: status === NOT_REGISTERED ? maybe : filled,
        }),
        error: status === "Ready" ? success : error,
      }),
    )
    .check(z.minLength(1));

const SUB_TYPES: Readonly<Record<Modality, readonly string[]>> = {
  finger: [...FINGERS, "UNKNOWN"],
  iris: ["Left", "Right", "UNKNOWN"],
  face: [],
};
const captured = (modality: Modality, purpose: "Auth" | "Registration") => {
  const auth = purpose === "Auth";
  const block = {
    digitalId: filled,
    digitalIdDecoded: digitalId(modality),
    deviceCode: filled,
    deviceServiceVersion: filled,
    bioType: z.literal(ID_TYPES[modality][0]),
    ...(modality === "face" ? {} : { bioSubType: z.enum(SUB_TYPES[modality] as [string]) }),
    purpose: z.literal(purpose),
    env,
    ...(auth ? { domainUri: z.string() } : {}),
    bioValue: filled,
    transactionId: transaction,
    timestamp: time,
    requestedScore: score,
    qualityScore: score,
  };
  return z.strictObject({
    biometrics: z.array(
      z.strictObject({
        specVersion: spec,
        data: filled,
        dataDecoded: z.strictObject(block),
        hash: z.string().check(z.regex(/^[0-9A-F]{64}$/)),
        ...(auth
          ? { sessionKey: filled, thumbprint: z.string().check(z.regex(/^[0-9A-F]{64}$/)) }
          : {}),
        error: success,
      }),
    ),
  });
};

const notCaptured = z.strictObject({
  biometrics: z
    .array(z.strictObject({ specVersion: maybe, data: maybe, hash: maybe, error: failure }))
    .check(z.length(1)),
});

const asked = (modality: Modality, purpose: "Auth" | "Registration") =>
  z.strictObject({
    env,
    purpose: z.literal(purpose),
    specVersion: spec,
    timeout: filled,
    captureTime: time,
    ...(purpose === "Auth" ? { domainUri: z.string() } : {}),
    transactionId: transaction,
    bio: z.array(
      z.strictObject({
        type: z.literal(ID_TYPES[modality][0]),
        count: z.string().check(z.regex(/^\d{1,2}$/)),
        bioSubType: z.array(z.enum([...SUB_TYPES[modality], ""] as [string])),
        ...(purpose === "Registration" ? { exception: z.array(z.enum(FINGERS as [string])) } : {}),
        requestedScore: score,
        deviceId: filled,
        deviceSubId: z.enum(["0", "1", "2", "3"]),
        previousHash: z.string(),
      }),
    ),
  });

const opened = (token: string) => {
  const segments = token.split(".");
  const payload = segments.length === 3 ? segments[1]! : token;
  return JSON.parse(new TextDecoder().decode(decodeBase64(payload)));
};
const withId = (value: { digitalId: string }) => ({
  ...value,
  digitalIdDecoded: opened(value.digitalId),
});

const world = async (modality: Modality, over: object = {}) => {
  const faults = new Set<Fault>();
  const service = await createSimulatedDevice({
    profile,
    modality,
    clock: systemClock,
    random,
    faults,
    source: quickSource,
    ...over,
  });
  const handler = createDeviceHandler({ service, baseUrl: BASE });
  const call = async (method: string, path: string, body?: string) => {
    const response = await handler(
      new Request(`${BASE}${path}`, { method, ...(body === undefined ? {} : { body }) }),
    );
    expect(response.status).toBe(200);
    return JSON.parse(await response.text());
  };
  return { call, service, faults };
};

const discover = profile.discoveryRequest.write({}).value;

describe.each(MODALITIES)("what the tool kit demands of a service for %s", (modality) => {
  test("discovery, and what it says of an unknown type", async () => {
    const { call } = await world(modality);
    const found = await call("MOSIPDISC", "/device", discover);
    discovered(modality).parse(found.map(withId));
    const unknown = await call("MOSIPDISC", "/device", '{"type":"Nose"}');
    z.array(z.strictObject({ error: failure }))
      .check(z.length(1))
      .parse(unknown);
  });

  test.each(["Ready", "Busy", "Not Ready", NOT_REGISTERED])("device info: %s", async (status) => {
    const { call, service, faults } = await world(modality, {
      registered: status !== NOT_REGISTERED,
    });
    if (status === "Busy") {
      faults.add("busy");
    }
    service.setConnected("1", status !== "Not Ready");
    service.setConnected("2", status !== "Not Ready");
    const items = await call("MOSIPDINFO", "/info");
    described(modality, status).parse(
      items.map((item: { deviceInfo: string }) => ({
        ...item,
        deviceInfoDecoded: withId(opened(item.deviceInfo)),
      })),
    );
  });

  const subTypes: Readonly<Record<Modality, readonly (readonly BioSubType[])[]>> = {
    finger: [["left-index"], ["unknown", "unknown"], ["left-index", "right-thumb"]],
    iris: [["left"], ["unknown"], ["left", "right"]],
    face: [[]],
  };
  test.each(subTypes[modality].map((some) => ({ some, count: Math.max(1, some.length) })))(
    "a capture of $some",
    async ({ some, count }) => {
      const request = (level: Level, transactionId = "T-1001") => ({
        level,
        body: profile.captureRequest
          .write({
            env: "staging",
            purpose: "auth",
            timeoutMs: 3_000,
            captureTime: new Date(),
            transactionId: "T-1001",
            domainUri: "https://auth.example",
            bio: [
              {
                wanted: modality,
                count,
                subTypes: some,
                requestedScore: 40,
                deviceId: "1",
                subId: 0,
                previousHash: "",
              },
            ],
          })
          .value.replace("T-1001", transactionId),
      });
      const secure = await world(modality, { level: "L1" });
      const { body } = request("L1");
      asked(modality, "Auth").parse(JSON.parse(body));
      const answer = await secure.call("CAPTURE", "/capture", body);
      captured(modality, "Auth").parse({
        biometrics: answer.biometrics.map((item: { data: string }) => ({
          ...item,
          dataDecoded: withId(opened(item.data)),
        })),
      });
      expect(answer.biometrics).toHaveLength(count);
      notCaptured.parse(await secure.call("CAPTURE", "/capture", request("L1", "ab").body));
      const plain = await world(modality, { level: "L0" });
      notCaptured.parse(await plain.call("CAPTURE", "/capture", body));
    },
  );

  const registrations: Readonly<Record<Modality, readonly BioRequest[]>> = {
    finger: [
      { count: 4, subId: 1, subTypes: ["left-index", "left-middle", "left-ring", "left-little"] },
      { count: 3, subId: 2, exceptions: ["right-ring"], subTypes: [] },
      { count: 2, subId: 3, subTypes: ["left-thumb", "right-thumb"] },
    ],
    iris: [
      { count: 1, subId: 1, subTypes: ["left"] },
      { count: 2, subId: 3, subTypes: ["left", "right"] },
    ],
    face: [
      { count: 1, subId: 0, exceptions: ["left-thumb"] },
      { count: 1, subId: 0 },
    ],
  };
  test.each(registrations[modality])("a registration: sub id $subId, count $count", async (bio) => {
    const { call } = await world(modality);
    const body = profile.registrationCaptureRequest.write({
      env: "staging",
      purpose: "registration",
      timeoutMs: 3_000,
      captureTime: new Date(),
      transactionId: "T-1001",
      bio: [{ wanted: modality, requestedScore: 40, deviceId: "2", previousHash: "", ...bio }],
    }).value;
    asked(modality, "Registration").parse(JSON.parse(body));
    const answer = await call("RCAPTURE", "/capture", body);
    captured(modality, "Registration").parse({
      biometrics: answer.biometrics.map((item: { data: string }) => ({
        ...item,
        dataDecoded: withId(opened(item.data)),
      })),
    });
    expect(answer.biometrics).toHaveLength(bio.count!);
    const more = JSON.stringify({ ...JSON.parse(body), extra: 1 });
    notCaptured.parse(await call("RCAPTURE", "/capture", more));
    notCaptured.parse(await call("RCAPTURE", "/capture", body.replace("T-1001", "x".repeat(51))));
  });
});
