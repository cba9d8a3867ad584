import { PROFILE_NAMES, type VerifiedCapture } from "@org/mosip-mds-types";
import { simulatorTrust } from "@org/mosip-mds-types/testing";
import { describe, expect, test } from "vitest";
import { createWorld, discoverIn } from "./world.js";

const statuses = ({ report }: VerifiedCapture) =>
  Object.fromEntries(report.checks.map(({ id, status, reason }) => [id, reason ?? status]));

describe.each(PROFILE_NAMES)("a device service of %s and its client", (name) => {
  test("discovery finds both devices and tells the version", async () => {
    const { handler } = await createWorld(name);
    const found = await discoverIn(handler);
    expect(found).toMatchObject({ profile: name });
    expect(found.devices.map(({ device }) => device.modality)).toEqual(["finger", "finger"]);
    expect(found.devices.every(({ callback }) => callback === "followed")).toBe(true);
  });

  test("device info is authentic", async () => {
    const { client } = await createWorld(name);
    const devices = await client.info();
    expect(devices).toHaveLength(2);
    for (const { report, device } of devices) {
      expect(report.checks.filter(({ status }) => status === "failed")).toEqual([]);
      expect(report.verdict).toBe("authentic");
      expect(device.status).toBe("ready");
    }
  });

  test("a capture is authentic and opens with the partner's key", async () => {
    const { client } = await createWorld(name);
    const { opener } = await simulatorTrust();
    const result = await client.capture(
      {
        env: "developer",
        transactionId: "T-1234567890",
        domainUri: "https://auth.example",
        bio: [{ wanted: "finger", count: 2, requestedScore: 60, previousHash: "" }],
      },
      { opener },
    );
    expect(statuses(result)).toMatchObject({ signature: "passed", "hash-chain": "passed" });
    expect(result.report.verdict).toBe("authentic");
    expect(result.segments).toHaveLength(2);
    expect(String.fromCharCode(...result.segments[0]!.value!.subarray(0, 3))).toBe("FIR");
  });

  test("a capture names as many fingers as it counts, where the version has words for them", async () => {
    const { client } = await createWorld(name);
    const { request, report } = await client.capture({
      env: "developer",
      transactionId: "T-1234567890",
      bio: [{ wanted: "finger", count: 2, requestedScore: 60 }],
    });
    const [bio] = (JSON.parse(request) as { bio: { bioSubType?: string[] }[] }).bio;
    const old = name === "0.8.4" || name === "0.9.2";
    expect(bio!.bioSubType).toEqual(old ? undefined : ["UNKNOWN", "UNKNOWN"]);
    expect(report.checks.find(({ id }) => id === "count")?.status).toBe("passed");
  });

  test("without the key, an encrypted capture stays open", async () => {
    const { client } = await createWorld(name);
    const result = await client.capture({
      env: "developer",
      transactionId: "T-1234567890",
      bio: [{ wanted: "finger", count: 1, requestedScore: 60 }],
    });
    expect(statuses(result)).toMatchObject({
      decryption: "NO_DECRYPTION_KEY",
      "hash-chain": "VALUE_ENCRYPTED",
    });
    expect(result.report.verdict).toBe("undetermined");
  });

  test("a registration capture is authentic", async () => {
    const { client } = await createWorld(name);
    const result = await client.registrationCapture({
      env: "developer",
      transactionId: "T-1234567890",
      registrationId: "R-1",
      bio: [
        { wanted: "finger", count: 3, requestedScore: 80, subId: 1, exceptions: ["left-ring"] },
      ],
    });
    expect(result.report.verdict).toBe("authentic");
    expect(result.segments.map(({ block }) => block?.subType)).toEqual([
      "left-index",
      "left-middle",
      "left-little",
    ]);
  });

  test("a preview shows frames until it is left", async () => {
    const { client } = await createWorld(name);
    let frames = 0;
    for await (const { jpeg } of client.stream({ subId: 1 })) {
      expect([...jpeg.subarray(0, 2)]).toEqual([0xff, 0xd8]);
      if (++frames === 2) {
        break;
      }
    }
    expect(frames).toBe(2);
  });
});
