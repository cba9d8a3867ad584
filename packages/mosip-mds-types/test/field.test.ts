import { readFileSync } from "node:fs";
import {
  discoverPort,
  type Modality,
  mds092,
  PROFILES,
  type ProfileName,
  parseToken,
  rs256Signer,
  signToken,
  verifyCapture,
  verifyDeviceInfo,
} from "@org/mosip-mds-types";
import { handlerSend, systemClock } from "@org/mosip-mds-types/http";
import { simulatorTrust } from "@org/mosip-mds-types/testing";
import { describe, expect, test } from "vitest";
import { BASE, createWorld } from "./world.js";

interface Field {
  readonly requests: readonly {
    readonly client: string;
    readonly profile: ProfileName;
    readonly operation: "capture" | "registration-capture";
    readonly modality: Modality;
    readonly segments: number;
    readonly body: unknown;
  }[];
  readonly info084: readonly unknown[];
  readonly blocks: readonly {
    readonly device: string;
    readonly profile: ProfileName;
    readonly modality: Modality;
    readonly subType?: string;
    readonly block: Readonly<Record<string, unknown>>;
  }[];
}

const field = JSON.parse(
  readFileSync(new URL("./vectors/field.json", import.meta.url), "utf8"),
) as Field;

describe("requests of clients in the field", () => {
  test.each(field.requests)("$client, $profile", async (row) => {
    const { handler } = await createWorld(row.profile, row.modality);
    const { verb, path } = PROFILES[row.profile].endpoints[row.operation]!;
    const answer = await handler(
      new Request(`${BASE}${path}`, { method: verb, body: JSON.stringify(row.body) }),
    );
    const { biometrics } = (await answer.json()) as {
      biometrics: { data?: string; error?: { errorCode: string } }[];
    };
    expect(biometrics.map(({ error }) => error?.errorCode ?? "0")).toEqual(
      Array(row.segments).fill("0"),
    );
    expect(biometrics.every(({ data }) => data !== undefined && data !== "")).toBe(true);
  });

  test("a client that puts the operation straight behind callbackId gets there", async () => {
    for (const name of ["0.9.5", "sbi-1.0", "sbi-draft-1"] as const) {
      const { handler } = await createWorld(name);
      const { verb } = PROFILES[name].endpoints.discovery!;
      const answer = await handler(
        new Request(`${BASE}/device`, {
          method: verb,
          body: PROFILES[name].discoveryRequest.write({
            specVersion: PROFILES[name].specVersion,
          }).value,
        }),
      );
      const [device] = (await answer.json()) as { callbackId: string }[];
      expect(`${device!.callbackId}capture`).toBe(`${BASE}/capture`);
    }
  });
});

describe("blocks of devices in the field", () => {
  test.each(field.blocks)("$device, $profile", async ({ profile, modality, subType, block }) => {
    const { members, trust } = await simulatorTrust();
    const { device, provider } = members;
    const signer = await rs256Signer(device.privateKey, [device.certificate, provider.certificate]);
    const payload = new TextEncoder().encode(JSON.stringify(block));
    const data = await signToken(payload, signer, { typ: "jwt" });
    const { report, segments } = await verifyCapture(
      JSON.stringify({ biometrics: [{ specVersion: profile, data }] }),
      {
        profile: PROFILES[profile],
        kind: "registration-capture",
        trust,
        at: new Date(block["timestamp"] as string),
        request: { transactionId: "T-1", bio: [{ wanted: modality, count: 1 }] },
      },
    );
    const reasons = Object.fromEntries(
      report.checks.map(({ id, status, reason }) => [id, reason ?? status]),
    );
    expect(reasons).toMatchObject({
      signature: "passed",
      "certificate-chain": "passed",
      "digital-id": "UNSIGNED",
      // None of them repeats what names the transaction.
      "time-window": "TRANSACTION_MISSING",
      count: "passed",
    });
    expect(segments[0]?.block?.subType).toBe(subType);
    expect(report.verdict).toBe("undetermined");
  });
});

test("a device of 2019 that spoke 0.8.4 is read", async () => {
  const [found] = await verifyDeviceInfo(JSON.stringify(field.info084), {
    profile: PROFILES["0.8.4"],
    trust: { anchors: [] },
    at: new Date("2019-08-20T06:14:00Z"),
  });
  expect(found?.device).toMatchObject({
    modality: "finger",
    subType: "slap",
    status: "ready",
    level: "L0",
    subIds: [1, 2, 3],
    error: { code: "0", info: "No Action Necessary." },
    timestamp: new Date("2019-08-20T06:13:35.690Z"),
  });
  const checks = found?.report.checks.map(({ id, reason, status }) => [id, reason ?? status]);
  expect(Object.fromEntries(checks ?? [])).toMatchObject({
    signature: "UNSIGNED",
    "time-window": "passed",
  });
});

test("device information of SBI 1.0 is read with the whole entry signed too", () => {
  const { info } = PROFILES["sbi-1.0"];
  if (info.form !== "jws") throw new Error("expected a token");
  const inside = {
    deviceStatus: "Ready",
    serialNo: "202600001001",
    callbackId: "http://127.0.0.1:4501/",
    digitalId: "e30",
    certification: "SBI 1.0",
  };
  const error = { errorCode: "0", errorInfo: "Success" };
  const wrapped = info.payload.read(JSON.stringify({ deviceInfo: inside, error }));
  expect(wrapped).toEqual(info.payload.read(JSON.stringify(inside)));
  expect(wrapped.value).toMatchObject({ serialNo: "202600001001", level: "L0", status: "ready" });
});

test("a digital id of 0.9.2 names its type by a word, and a list of one is read too", () => {
  const { block } = field.blocks.find(({ modality }) => modality === "iris")!;
  const { json } = parseToken(block["digitalId"] as string);
  const id = mds092.DigitalId.decode(json);
  expect(id.type).toBe("Iris");
  expect(mds092.DigitalId.encode(id)).toBe(json);
  expect(mds092.DigitalId.decode(json.replace('"Iris"', '["Iris"]'))).toEqual(id);
});

describe("errors of devices in the field", () => {
  const error = { errorCode: "110", errorInfo: "Device not ready" };

  test("an error beside an empty text is no forgery", async () => {
    const [info] = await verifyDeviceInfo(JSON.stringify([{ deviceInfo: "", error }]), {
      profile: PROFILES["0.9.5"],
      trust: { anchors: [] },
      at: new Date(),
    });
    expect(info?.device.error?.code).toBe("110");
    expect(info?.report.verdict).toBe("undetermined");
  });

  test("an error among empty fields is no device", async () => {
    const empty = { deviceId: "", deviceStatus: "", callbackId: "", digitalId: "", purpose: "" };
    const found = await discoverPort(
      handlerSend(async () => Response.json([{ ...empty, error }])),
      4501,
      { clock: systemClock, profile: "0.9.5" },
    );
    expect(found).toMatchObject({ devices: [], reason: "no-match" });
  });
});
