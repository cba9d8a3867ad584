import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  createDeviceServerClient,
  type MdsError,
  PROFILES,
  verdictOf,
  writeRegisterRequest,
} from "@org/mosip-mds-types";
import {
  createDeviceServerHandler,
  handlerSend,
  systemClock,
  type VerbRequest,
  verbSend,
} from "@org/mosip-mds-types/http";
import { readTrust } from "@org/mosip-mds-types/node";
import {
  createDeviceServers,
  createSimulatedDevice,
  ROLES,
  simulatorTrust,
  trustFiles,
} from "@org/mosip-mds-types/testing";
import { afterAll, describe, expect, test } from "vitest";
import { quickSource, random } from "./world.js";

const URL_OF_SERVER = "http://127.0.0.1:4700";

const serve = async () => {
  const trust = await simulatorTrust();
  const server = createDeviceServers({ trust, clock: systemClock, random });
  return { trust, server, handler: createDeviceServerHandler(server) };
};

/** An order for the device for registration of a simulated service. */
const orderFor = async (name: "0.8.4" | "0.9.2" | "0.9.5") => {
  const trust = await simulatorTrust();
  const { units } = await createSimulatedDevice({
    profile: PROFILES[name],
    modality: "iris",
    clock: systemClock,
    random,
    source: quickSource,
  });
  const { identity, purpose, signer } = units[1]!;
  return {
    identity,
    purpose,
    env: "developer" as const,
    trustModuleProviderId: "FTM-1",
    time: new Date(),
    trustModule: trust.members.trustModule.signer,
    deviceKey: signer,
    provider: trust.members.provider.signer,
  };
};

describe("the device servers of every version behind one door", () => {
  test("each version is registered, listed and taken off by its own words", async () => {
    const { server, handler, trust } = await serve();
    const names = ["0.8.4", "0.9.2", "0.9.5"] as const;
    const clients = names.map((name) =>
      createDeviceServerClient({
        send: handlerSend(handler),
        clock: systemClock,
        profile: PROFILES[name],
        baseUrl: `${URL_OF_SERVER}/`,
        trust: trust.trust,
      }),
    );
    const codes: string[] = [];
    for (const [index, name] of names.entries()) {
      const said = await clients[index]!.register(await orderFor(name));
      expect([said.error, verdictOf(said.checks)]).toEqual([undefined, "authentic"]);
      codes.push(said.deviceCode!);
    }
    expect(server.devices().map(({ deviceCode }) => deviceCode)).toEqual(codes);
    const listed = await handler(new Request(`${URL_OF_SERVER}/devices`));
    expect(await listed.json()).toHaveLength(3);
    for (const [index, client] of clients.entries()) {
      const order = {
        deviceCode: codes[index]!,
        env: "developer" as const,
        registeredAt: new Date(),
        forRegistration: true,
        time: new Date(),
        provider: trust.members.provider.signer,
      };
      const said = await client.deregister(order);
      expect([said.error, verdictOf(said.checks)]).toEqual([undefined, "authentic"]);
      expect((await client.deregister(order)).error?.code).toBe("404");
    }
    expect(server.devices()).toEqual([]);
  });

  test("what is no order is refused, and a status that is no success is our error", async () => {
    const { handler, trust } = await serve();
    const ask = async (path: string, init: RequestInit) =>
      (await handler(new Request(`${URL_OF_SERVER}${path}`, init))).status;
    const post = { method: "POST", body: "{}" };
    expect(await ask("/elsewhere", post)).toBe(404);
    expect(await ask("/device/register", { method: "GET" })).toBe(405);
    expect(await ask("/devices", post)).toBe(405);
    expect(
      await ask("/device/register", { ...post, headers: { origin: "https://a.example" } }),
    ).toBe(403);
    expect(await ask("/device/register", { ...post, body: "x".repeat(2 ** 20 + 1) })).toBe(413);
    for (const body of ["{}", "[]", "{", '{"deviceData":"x"}', '{"device":7}']) {
      expect(await ask("/device/register", { ...post, body })).toBe(200);
      expect(await ask("/device/deregister", { ...post, body })).toBe(200);
    }
    const client = createDeviceServerClient({
      send: handlerSend(async () => new Response(null, { status: 503 })),
      clock: systemClock,
      profile: PROFILES["0.9.5"],
      baseUrl: URL_OF_SERVER,
      trust: trust.trust,
    });
    await expect(client.register(await orderFor("0.9.5"))).rejects.toMatchObject({
      code: "HTTP_STATUS",
      status: 503,
    });
  });
});

describe("a trust in a folder", () => {
  const folder = mkdtempSync(join(tmpdir(), "mds-trust-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test("comes back as it was", async () => {
    const trust = await simulatorTrust();
    const files = trustFiles(trust);
    expect(files.filter(({ secret }) => secret)).toHaveLength(ROLES.length);
    for (const { name, text } of files) {
      writeFileSync(join(folder, name), text);
    }
    const read = await readTrust(folder);
    expect(read.trust).toEqual(trust.trust);
    for (const role of ROLES) {
      expect(read.members[role].signer.certificates).toEqual(
        trust.members[role].signer.certificates,
      );
    }
    const order = { ...(await orderFor("0.9.5")), provider: read.members.provider.signer };
    const body = await writeRegisterRequest(order, PROFILES["0.9.5"]);
    const { server } = await serve();
    await server.post("/v1/masterdata/registereddevices", body);
    expect(server.devices()).toHaveLength(1);
  });

  test("a file that is no key is our error", async () => {
    writeFileSync(join(folder, "device.key.pem"), "nothing");
    await expect(readTrust(folder)).rejects.toMatchObject({ code: "KEY_INVALID" });
  });
});

describe("sending with a client of verbs", () => {
  const call = {
    method: "MOSIPDISC",
    url: "http://127.0.0.1:4501/device",
    headers: {},
    signal: new AbortController().signal,
  };
  const failing =
    (code: string): VerbRequest =>
    () =>
      Promise.reject(Object.assign(new Error("why"), { code }));

  test.each([
    ["CONNECT_FAILED", "UNREACHABLE"],
    ["TRANSPORT_TIMEOUT", "TIMED_OUT"],
    ["HTTP_TRUNCATED", "HTTP_STATUS"],
    ["constructor", "HTTP_STATUS"],
  ])("%s is %s", async (code, ours) => {
    const error = await verbSend(failing(code))(call).catch((thrown: MdsError) => thrown);
    expect(error).toMatchObject({ code: ours, message: "why" });
  });

  test("an abort is told by its own reason", async () => {
    const signal = AbortSignal.abort(new Error("enough"));
    await expect(verbSend(failing("TRANSPORT_ABORTED"))({ ...call, signal })).rejects.toThrow(
      "enough",
    );
  });
});

test("several kinds behind one service have ids and numbers of their own", async () => {
  const { units } = await createSimulatedDevice({
    profile: PROFILES["0.9.5"],
    modality: ["finger", "iris", "face"],
    clock: systemClock,
    random,
    source: (modality) => {
      expect(["finger", "iris", "face"]).toContain(modality);
      return quickSource;
    },
  });
  expect(units.map(({ identity }) => identity.deviceId)).toEqual(["1", "2", "3", "4", "5", "6"]);
  expect(new Set(units.map(({ identity }) => identity.serialNo)).size).toBe(6);
});
