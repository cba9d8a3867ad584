import {
  COMPLIANCE,
  type Device,
  decodeBase64,
  EMPTY_HASH,
  MdsError,
  type Modality,
  mds084,
  PROFILES,
  parseModality,
} from "@org/mosip-mds-types";
import { FingerImageRecord } from "@org/mosip-mds-types/records";
import { simulatorTrust } from "@org/mosip-mds-types/testing";
import { describe, expect, test } from "vitest";
import { BASE, createWorld } from "./world.js";

/* What the 0.8.4 text leaves open, and how it is answered here; the order is that of the documentation. */

const profile = PROFILES["0.8.4"];
/** What a handler answers, as a person reads it. */
const answered = async (response: Promise<Response>) => JSON.parse(await (await response).text());
const ask = (verb: string, path: string, body?: string): Request =>
  new Request(`${BASE}${path}`, { method: verb, ...(body === undefined ? {} : { body }) });
const slap: Device = {
  modality: "finger",
  subType: "slap",
  deviceId: "1",
  level: "L1",
  serviceVersion: "1",
  subIds: [1],
  callbackId: BASE,
};
const capture = (over: object = {}) =>
  profile.captureRequest.write({
    env: "developer",
    purpose: "auth",
    timeoutMs: 2_000,
    captureTime: new Date(),
    transactionId: "T-1",
    bio: [{ wanted: "finger", count: 1, requestedScore: 40 }],
    ...over,
  }).value;

describe("open questions of the 0.8.4 text", () => {
  test("its examples are not JSON, and nothing here reads them", () => {
    for (const text of [
      "{\u201ctype\u201d: \u201cFingerprint\u201d}",
      '{type: "Fingerprint"}',
      '{"type": "Fingerprint" // kind\n}',
      '{"type": "Fingerprint",}',
    ]) {
      expect(() => mds084.DiscoveryRequest.decode(text)).toThrow(
        expect.objectContaining({ code: "JSON_MALFORMED" }),
      );
    }
  });

  test.each<[string, Modality]>([
    ["Fingerprint", "finger"],
    ["Finger", "finger"],
    ["FIR", "finger"],
    ["Slab Fingerprint", "finger"],
    ["IIR", "iris"],
    ["Iris", "iris"],
    ["Face", "face"],
  ])("%s means %s, in whatever place", (word, modality) => {
    expect(parseModality(word)).toBe(modality);
  });

  test("each place is written with its own word", () => {
    const [found] = JSON.parse(profile.discovery.write([{ ...slap, status: "ready" }]).value);
    expect(found).toMatchObject({ type: "Finger", subType: "Slab" });
    expect(profile.discoveryRequest.write({ modality: "finger" }).value).toBe(
      '{"type":"Fingerprint"}',
    );
    expect(JSON.parse(capture()).bio[0].type).toBe("FIR");
  });

  test("Vein is read and never written", () => {
    expect(mds084.DiscoveryRequest.decode('{"type":"Vein"}').type).toBe("Vein");
    expect(() => mds084.DiscoveryRequest.encode({ type: "Vein" })).toThrow(MdsError);
    expect(profile.discoveryRequest.read('{"type":"Vein"}')).toMatchObject({ lost: ["type"] });
  });

  test("an error stands in an item where all is well, or alone where it is not", async () => {
    const { handler } = await createWorld("0.8.4");
    const good = await answered(handler(ask("MOSIPDISC", "/device", '{"type":"Face"}')));
    expect(good).toEqual([]);
    const found = await answered(
      handler(ask("MOSIPDISC", "/device", '{"type":"Biometric Device"}')),
    );
    expect(found.every((device: object) => !("error" in device))).toBe(true);
    const bad = await answered(handler(ask("MOSIPDISC", "/device", '{"type":"Vein"}')));
    expect(bad).toEqual([{ error: { errorcode: "500", errorinfo: expect.any(String) } }]);
  });

  test.each([[[1, 2, 3]], [["1", "2", "3"]]])("sub ids %j are read", (ids) => {
    const text = JSON.stringify([
      {
        type: "Finger",
        deviceId: 1,
        subType: "Slab",
        deviceStatus: "Active",
        deviceSubId: ids,
        callbackId: BASE,
      },
    ]);
    const [read] = profile.discovery.read(text);
    expect(read?.value).toMatchObject({ deviceId: "1", subIds: [1, 2, 3] });
  });

  test.each(["3", 3])("one sub id %j is a list of one", (id) => {
    const text = JSON.stringify([
      {
        type: "Iris",
        deviceId: "1",
        subType: "Double",
        deviceStatus: "Active",
        deviceSubId: id,
        callbackId: BASE,
      },
    ]);
    expect(profile.discovery.read(text)[0]?.value.subIds).toEqual([3]);
  });

  test("discovery says Active and Inactive, device info Ready, Busy and Not Ready", () => {
    const said = (status: Device["status"] & string) => {
      const [found] = JSON.parse(profile.discovery.write([{ ...slap, status }]).value);
      return found.deviceStatus;
    };
    expect([said("ready"), said("busy"), said("not-ready"), said("not-registered")]).toEqual([
      "Active",
      "Active",
      "Inactive",
      "Inactive",
    ]);
  });

  test("device info needs no body", async () => {
    const { handler } = await createWorld("0.8.4");
    const answer = await handler(ask("MOSIPDINFO", "/info"));
    expect(await answer.json()).toMatchObject([
      { status: "Ready", deviceInfo: { deviceId: "1" } },
      { status: "Ready", deviceInfo: { deviceId: "2" } },
    ]);
  });

  test("a list without the object round it is read", () => {
    const item = { data: "e30=", hash: "A".repeat(64), signature: "AQID" };
    expect(mds084.CaptureResponse.fromWire([item])).toEqual({ biometrics: [item] });
    expect(mds084.CaptureResponse.encode({ biometrics: [item] })).toMatch(/^\{"biometrics":\[/);
  });

  test("the block is one text of base64 with its signature beside it", async () => {
    const { handler } = await createWorld("0.8.4");
    const answer = await answered(handler(ask("CAPTURE", "/capture", capture())));
    const [segment] = answer.biometrics;
    expect(segment.data).toMatch(/^[A-Za-z0-9+/]+=*$/);
    const block = JSON.parse(new TextDecoder().decode(decodeBase64(segment.data)));
    expect(block).toMatchObject({ bioType: "FIR", mosipProcess: "Auth", transactionID: "T-1" });
    expect(segment.signature).toMatch(/^[A-Za-z0-9+/]{342}==$/);
  });

  test("either alphabet of base64 is read, with or without padding", () => {
    expect(decodeBase64("/9j/4A==")).toEqual(decodeBase64("_9j_4A"));
    expect(() => decodeBase64("/9j_4A")).not.toThrow();
  });

  test("the hash of nothing stands before the first block, and may be left out", async () => {
    expect(EMPTY_HASH).toBe("E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855");
    for (const previousHash of ["", EMPTY_HASH, undefined]) {
      const { client } = await createWorld("0.8.4");
      const { opener } = await simulatorTrust();
      const { report } = await client.capture(
        {
          env: "developer",
          purpose: "auth",
          timeoutMs: 2_000,
          captureTime: new Date(),
          transactionId: "T-1",
          bio: [
            {
              wanted: "finger",
              count: 1,
              requestedScore: 40,
              ...(previousHash === undefined ? {} : { previousHash }),
            },
          ],
        },
        { opener },
      );
      expect(report.checks.find(({ id }) => id === "hash-chain")).toMatchObject({
        status: "passed",
        detail: { rule: "hex-of-payload" },
      });
      expect(report.checks.find(({ id }) => id === "decryption")?.detail).toMatchObject({
        chosenBy: "this package: 0.8.4 names no cipher",
      });
    }
  });

  test("names in any case are read; each message is written as its own example", () => {
    const wire = {
      deviceproviderid: "UTS",
      BIOTYPE: "FIR",
      bioSubType: "UNKNOWN",
      bioValue: "AQID",
      transactionId: "T-1",
      timestamp: "2019-02-15T10:01:57.086+05:30",
    };
    const block = mds084.CaptureBlock.fromWire(wire);
    expect(block).toMatchObject({ deviceProviderID: "UTS", bioType: "FIR", transactionID: "T-1" });
  });

  test.each([
    ["E-Kyc", "KYC"],
    ["kyc", "KYC"],
    ["Enrollment", "Registration"],
    ["Auth", "Auth"],
  ])("process %s is %s", (word, meant) => {
    const request = JSON.parse(capture());
    expect(mds084.CaptureRequest.fromWire({ ...request, mosipProcess: word }).mosipProcess).toBe(
      meant,
    );
  });

  test("prod, development and stage are the words of the device server alone", () => {
    const request = JSON.parse(capture());
    expect(mds084.CaptureRequest.fromWire({ ...request, env: "prod" }).env).toBe("Production");
    const response = {
      response: {
        status: "Success",
        deviceCode: "b2f3c7a1-6a35-4b0c-9a3e-0f5d7c1e9a01",
        timestamp: "2019-02-15T10:01:57Z",
        env: "Production",
      },
      signature: "AQID",
    };
    expect(mds084.RegisterResponse.fromWire(response).response.env).toBe("prod");
  });

  test.each([0, "0", 60.5, "60.5", 100, "100"])("score %j is read", (score) => {
    const request = JSON.parse(capture());
    request.bio[0].requestedScore = score;
    expect(mds084.CaptureRequest.fromWire(request).bio[0]?.requestedScore).toBe(Number(score));
  });

  test.each([-1, 100.5, "101", "much"])("score %j is not", (score) => {
    const request = JSON.parse(capture());
    request.bio[0].requestedScore = score;
    expect(() => mds084.CaptureRequest.fromWire(request)).toThrow(MdsError);
  });

  test("the time-out is in milliseconds", async () => {
    const { handler } = await createWorld("0.8.4");
    const started = performance.now();
    await handler(
      ask(
        "CAPTURE",
        "/capture",
        capture({ timeoutMs: 300, bio: [{ wanted: "finger", count: 1, requestedScore: 100 }] }),
      ),
    );
    expect(performance.now() - started).toBeGreaterThan(200);
    expect(performance.now() - started).toBeLessThan(2_000);
  });

  test("the verb decides what CAPTURE and RCAPTURE of one path mean", async () => {
    const { handler } = await createWorld("0.8.4");
    const registration = profile.registrationCaptureRequest.write({
      env: "developer",
      purpose: "registration",
      timeoutMs: 2_000,
      captureTime: new Date(),
      transactionId: "T-1",
      registrationId: "R-1",
      bio: [{ wanted: "finger", count: 1, requestedScore: 40 }],
    }).value;
    const [auth, enrol] = await Promise.all(
      [ask("CAPTURE", "/capture", capture()), ask("RCAPTURE", "/capture", registration)].map(
        async (request) => (await answered(handler(request))).biometrics[0],
      ),
    );
    expect("sessionKey" in auth).toBe(true);
    expect("sessionKey" in enrol).toBe(false);
  });

  test("preview frames are baseline JPEG", async () => {
    const { client } = await createWorld("0.8.4");
    for await (const frame of client.stream({
      env: "developer",
      purpose: "registration",
      transactionId: "T-1",
      wanted: "finger",
      count: 4,
      deviceId: "2",
      subId: 1,
    })) {
      expect([...frame.jpeg.subarray(0, 3)]).toEqual([0xff, 0xd8, 0xff]);
      break;
    }
  });

  test("the answer to de-register mirrors that of register", () => {
    const answer = {
      response: {
        status: "Success",
        deviceCode: "b2f3c7a1-6a35-4b0c-9a3e-0f5d7c1e9a01",
        timestamp: "2019-02-15T10:01:57Z",
        env: "prod",
      },
      signature: "AQID",
    } as const;
    expect(mds084.DeregisterResponse.encode(answer)).toBe(mds084.RegisterResponse.encode(answer));
  });

  test("CAPTURE is for L1 alone, RCAPTURE for both levels", () => {
    expect(COMPLIANCE.capture).toEqual(["L1"]);
    expect(COMPLIANCE["registration capture"]).toEqual(["L0", "L1"]);
  });

  test("a minutiae request is a request for fingers", () => {
    const request = JSON.parse(capture());
    const registration = {
      ...request,
      registrationId: "R",
      bio: [{ ...request.bio[0], type: "FMR", exception: [] }],
    };
    expect(
      profile.registrationCaptureRequest.read(JSON.stringify(registration)).value.bio?.[0]?.wanted,
    ).toBe("minutiae");
    expect(() => FingerImageRecord.decode(new TextEncoder().encode("FMR\0 20\0"))).toThrow(
      MdsError,
    );
  });
});
