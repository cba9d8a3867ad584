import {
  type Check,
  createManagedDevice,
  createSyncedClock,
  DEVICE_SERVER_PATHS,
  decodeBase64,
  deviceServerPath,
  encodeBase64Url,
  type KeyMaker,
  MANAGEMENT_COMMANDS,
  MdsError,
  PROFILES,
  readDeregisterResponse,
  readRegisterResponse,
  rs256Signer,
  writeDeregisterRequest,
  writeRegisterRequest,
} from "@org/mosip-mds-types";
import { systemClock } from "@org/mosip-mds-types/http";
import {
  type ApprovedDevice,
  createDeviceServer,
  createManagementServer,
  generateKey,
  generateTrust,
  publicKeyOf,
  simulatorTrust,
  type TestTrust,
} from "@org/mosip-mds-types/testing";
import { beforeAll, describe, expect, test } from "vitest";
import { random } from "./world.js";

let stranger: TestTrust;
beforeAll(async () => {
  stranger = await generateTrust(random);
});

const identity = {
  deviceId: "D-1",
  serialNo: "202600001001",
  make: "Utopia",
  model: "SIM-FINGER",
  modality: "finger",
  subType: "slap",
  provider: "Utopia Devices",
  providerId: "UTOPIA",
  subIds: [1, 2, 3],
  level: "L1",
  firmware: "1.0.0",
  expiry: "2049-12-31T00:00:00Z",
} as const;

const order = async (over: object = {}) => {
  const { members } = await simulatorTrust();
  return {
    identity,
    purpose: "registration" as const,
    env: "developer" as const,
    trustModuleProviderId: "FTM-1",
    time: new Date(),
    trustModule: members.trustModule.signer,
    deviceKey: members.registrationDevice.signer,
    provider: members.provider.signer,
    ...over,
  };
};

const allPassed = (checks: readonly Check[]): boolean =>
  checks.length > 0 && checks.every(({ status }) => status === "passed");

describe.each(["0.8.4", "0.9.2", "0.9.5"] as const)("the device server of %s", (name) => {
  const profile = PROFILES[name];
  const make = async () => {
    const trust = await simulatorTrust();
    return { trust, server: createDeviceServer({ profile, trust, clock: systemClock, random }) };
  };

  test("registers and takes off", async () => {
    const { server, trust } = await make();
    const request = await writeRegisterRequest(await order(), profile);
    const text = await server.post(deviceServerPath(profile, "register"), request);
    const answer = await readRegisterResponse(text!, profile, trust.trust, new Date());
    expect(allPassed(answer.checks)).toBe(true);
    expect(answer).toMatchObject({ status: "Registered", env: "developer" });
    expect(answer.deviceCode).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab]/);
    expect(server.devices()).toMatchObject([{ deviceId: "D-1", deviceCode: answer.deviceCode }]);

    const off = await writeDeregisterRequest(
      {
        deviceCode: answer.deviceCode!,
        env: "developer",
        registeredAt: new Date(),
        forRegistration: true,
        time: new Date(),
        provider: trust.members.provider.signer,
      },
      profile,
    );
    const path = deviceServerPath(profile, "deregister");
    const done = await readDeregisterResponse(
      (await server.post(path, off))!,
      profile,
      trust.trust,
      new Date(),
    );
    expect(done).toMatchObject({ status: "Success", deviceCode: answer.deviceCode });
    expect(allPassed(done.checks)).toBe(true);
    const again = await readDeregisterResponse(
      (await server.post(path, off))!,
      profile,
      trust.trust,
      new Date(),
    );
    expect(again.error?.code).toBe("404");
  });

  test("refuses what is altered, old, or not signed by the provider", async () => {
    const { server, trust } = await make();
    const { members } = trust;
    const path = deviceServerPath(profile, "register");
    const refusal = async (request: string) => {
      const text = await server.post(path, request);
      return (await readRegisterResponse(text!, profile, trust.trust, new Date())).error?.code;
    };
    const old = await order({ time: new Date(Date.now() - 600_000) });
    expect(await refusal(await writeRegisterRequest(old, profile))).toBe("401");
    const alien = await order({ provider: stranger.members.provider.signer });
    expect(await refusal(await writeRegisterRequest(alien, profile))).toBe("401");
    const noModule = await order({ trustModule: stranger.members.trustModule.signer });
    expect(await refusal(await writeRegisterRequest(noModule, profile))).toBe("401");
    const good = await writeRegisterRequest(await order(), profile);
    expect(await refusal(good.replace(/.(?=[^"]*"\}*$)/, (c) => (c === "A" ? "B" : "A")))).toMatch(
      /^40[01]$/,
    );
    expect(await refusal("{}")).toBe("400");
    expect(server.devices()).toEqual([]);
    expect(members.provider.certificate.length).toBeGreaterThan(0);
  });

  test("keeps the code of a device that comes again, and its purpose", async () => {
    if (name === "0.8.4") {
      return;
    }
    const { server, trust } = await make();
    const path = deviceServerPath(profile, "register");
    const register = async (over: object) => {
      const text = await server.post(path, await writeRegisterRequest(await order(over), profile));
      return readRegisterResponse(text!, profile, trust.trust, new Date());
    };
    const first = await register({});
    expect((await register({})).deviceCode).toBe(first.deviceCode);
    expect((await register({ purpose: "auth" })).error?.code).toBe("409");
  });

  test("an altered answer is noticed", async () => {
    const { server, trust } = await make();
    const request = await writeRegisterRequest(await order(), profile);
    const text = (await server.post(deviceServerPath(profile, "register"), request))!;
    const member = name === "0.8.4" ? "signature" : "response";
    const json = JSON.parse(text);
    const value: string = json[member];
    json[member] = value.slice(0, -8) + (value.at(-8) === "A" ? "B" : "A") + value.slice(-7);
    const answer = await readRegisterResponse(
      JSON.stringify(json),
      profile,
      trust.trust,
      new Date(),
    );
    expect(answer.checks[0]).toMatchObject({ id: "signature", status: "failed" });
  });
});

test("the words of MOSIP's own server are understood: errors, and null where there is none", async () => {
  const head = { id: "string", version: "1.0", responsetime: "2020-08-16T12:24:03.335Z" };
  const read = (body: object) =>
    readRegisterResponse(
      JSON.stringify({ ...head, metadata: null, ...body }),
      PROFILES["0.9.5"],
      { anchors: [] },
      new Date(),
    );
  const refused = { errorCode: "KER-APP-001", message: "Device not found" };
  expect((await read({ response: null, errors: [refused] })).error).toEqual({
    code: "KER-APP-001",
    message: "Device not found",
  });
  // Its answer of August 2020: no certificate, a time spelt with a capital, an environment of its own.
  const payload = {
    status: "REGISTERED",
    digitalId: "eyJ0eXBlIjoiRmluZ2VyIn0",
    deviceCode: "bcc26166-e5b4-4082-8b61-4f8ac9c539a4",
    env: "mz",
    timeStamp: "2020-08-16T12:24:24.020Z",
  };
  const segments = [{ alg: "RS256", type: "JWS" }, payload].map((part) =>
    encodeBase64Url(new TextEncoder().encode(JSON.stringify(part))),
  );
  const answer = await read({ response: [...segments, "AAAA"].join("."), errors: null });
  expect(answer).toMatchObject({ status: "REGISTERED", deviceCode: payload.deviceCode });
  expect(answer.error).toBeUndefined();
  expect(answer.checks[0]).toMatchObject({ status: "undetermined", reason: "SIGNER_UNKNOWN" });
});

test("later versions have no registration", async () => {
  for (const name of ["sbi-1.0", "sbi-draft-1"] as const) {
    await expect(writeRegisterRequest(await order(), PROFILES[name])).rejects.toThrow(MdsError);
    expect(() => deviceServerPath(PROFILES[name], "register")).toThrow(MdsError);
  }
  expect(DEVICE_SERVER_PATHS["sbi-1.0"].encryptionCertificate).toContain("encryptioncertficates");
});

describe("a management server and its device", () => {
  const profile = PROFILES["sbi-1.0"];
  let deviceKey: Uint8Array;
  beforeAll(async () => {
    deviceKey = await generateKey();
  });
  const keys: KeyMaker = {
    create: async () => ({
      publicKey: publicKeyOf(deviceKey),
      signer: (certificates) => rs256Signer(deviceKey, certificates),
    }),
  };

  const make = async (
    approved: readonly ApprovedDevice[] = [{ serialNo: identity.serialNo, model: identity.model }],
  ) => {
    const trust = await simulatorTrust();
    const server = createManagementServer({ profile, trust, clock: systemClock, random, approved });
    const wrong = {
      now: () => new Date(systemClock.now().getTime() - 86_400_000),
      sleep: systemClock.sleep,
    };
    const clock = createSyncedClock(wrong);
    const device = createManagedDevice({
      profile,
      identity,
      trustModule: trust.members.trustModule.signer,
      keys,
      clock,
      random,
      server: trust.trust,
    });
    return { trust, server, clock, device };
  };

  test("the device gets a certificate for its own key, and the time", async () => {
    const { server, clock, device } = await make();
    expect(clock.synced).toBe(false);
    const outcome = await device.receive(await server.answer(await device.ask({ newKey: true })));
    expect(outcome.refused).toBeUndefined();
    expect(outcome.signer?.certificates).toHaveLength(2);
    expect(clock.synced).toBe(true);
    expect(Math.abs(clock.now().getTime() - Date.now())).toBeLessThan(2_000);
    expect(server.records()).toMatchObject([{ certificatesIssued: 1 }]);
  });

  test("commands come with the next answer, once: rotate the key, take off, say how you are", async () => {
    const { server, device } = await make();
    for (const command of MANAGEMENT_COMMANDS) {
      server.command(identity.serialNo, command);
    }
    server.setDeviceCode(identity.serialNo, "b2f3c7a1-6a35-4b0c-9a3e-0f5d7c1e9a01");
    const first = await device.receive(await server.answer(await device.ask({})));
    expect(first).toMatchObject({
      commands: ["rotate-key", "deregister", "collect-info"],
      deviceCode: "b2f3c7a1-6a35-4b0c-9a3e-0f5d7c1e9a01",
    });
    const question = await device.ask({ newKey: true, info: { status: "ready" } });
    const second = await device.receive(await server.answer(question));
    expect(second.commands).toEqual([]);
    expect(second.signer).toBeDefined();
    expect(server.records()[0]?.info).toMatchObject({ status: "ready", firmware: "1.0.0" });
  });

  test("there is no command to capture", () => {
    expect(MANAGEMENT_COMMANDS.some((command) => command.includes("capture"))).toBe(false);
  });

  test("a device that nobody approved is refused, and so is another model", async () => {
    for (const approved of [[], [{ serialNo: identity.serialNo, model: "OTHER" }]]) {
      const { server, device } = await make(approved);
      const outcome = await device.receive(await server.answer(await device.ask({ newKey: true })));
      expect(outcome).toMatchObject({ refused: "not-approved", commands: [] });
    }
  });

  test("a device without a genuine trust module is refused", async () => {
    const { server, trust, clock } = await make();
    const device = createManagedDevice({
      profile,
      identity,
      trustModule: stranger.members.trustModule.signer,
      keys,
      clock,
      random,
      server: trust.trust,
    });
    const outcome = await device.receive(await server.answer(await device.ask({ newKey: true })));
    expect(outcome.refused).toBe("not-genuine");
  });

  test("an answer of another server, to another question, or a second time changes nothing", async () => {
    const { server, clock, device } = await make();
    const other = createManagementServer({
      profile,
      trust: stranger,
      clock: systemClock,
      random,
      approved: [{ serialNo: identity.serialNo, model: identity.model }],
    });
    const question = await device.ask({});
    await expect(device.receive(await other.answer(question))).rejects.toThrow("management server");
    expect(clock.synced).toBe(false);
    const answer = await server.answer(question);
    await device.ask({});
    await expect(device.receive(answer)).rejects.toThrow("last question");
    expect(clock.synced).toBe(false);
    const right = await server.answer(await device.ask({}));
    await device.receive(right);
    await expect(device.receive(right)).rejects.toThrow("last question");
  });

  test("an altered answer changes nothing", async () => {
    const { server, clock, device } = await make();
    const answer = await server.answer(await device.ask({}));
    const [head, payload, signature] = answer.split(".");
    const json = Buffer.from(decodeBase64(payload!))
      .toString()
      .replace(/"time":"2\d/, '"time":"21');
    const wrong = [head, encodeBase64Url(Buffer.from(json)), signature].join(".");
    await expect(device.receive(wrong)).rejects.toThrow(MdsError);
    expect(clock.synced).toBe(false);
  });
});
