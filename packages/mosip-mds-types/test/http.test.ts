import { PROFILE_NAMES, PROFILES, type ProfileName } from "@org/mosip-mds-types";
import {
  type DeviceHandler,
  localNetworkHint,
  localNetworkState,
  rootDomain,
} from "@org/mosip-mds-types/http";
import { describe, expect, test, vi } from "vitest";
import { BASE, createWorld, quickSource } from "./world.js";

const ORIGIN = "https://registration.example";

const call = (
  name: ProfileName,
  operation: "discovery" | "info" | "capture" | "stream" | "registration-capture",
  body: string | undefined,
  headers: Record<string, string> = {},
): Request => {
  const { verb, path } = PROFILES[name].endpoints[operation]!;
  return new Request(`${BASE}${path}`, { method: verb, headers, ...(body && { body }) });
};

const discoveryBody = (name: ProfileName): string =>
  PROFILES[name].discoveryRequest.write({}).value;

const registration = (name: ProfileName, timeoutMs = 2_000): string =>
  PROFILES[name].registrationCaptureRequest.write({
    env: "developer",
    purpose: "registration",
    specVersion: PROFILES[name].specVersion,
    timeoutMs,
    captureTime: new Date(),
    transactionId: "T-1234",
    registrationId: "R-1",
    bio: [{ wanted: "finger", count: 1, requestedScore: 50 }],
  }).value;

describe.each(PROFILE_NAMES)("%s over HTTP", (name) => {
  test("answers with the headers of the document", async () => {
    const { handler } = await createWorld(name);
    const response = await handler(call(name, "discovery", discoveryBody(name)));
    expect(response.status).toBe(200);
    expect(response.headers.get("cache-control")).toBe("no-store");
    expect(response.headers.get("location")).toBe(name === "sbi-draft-1" ? `${BASE}/device` : BASE);
    expect(response.headers.get("content-type")).toBe("application/json");
    expect(response.headers.get("connection")).toBe("close");
    const body = await response.text();
    expect(response.headers.get("content-length")).toBe(String(Buffer.byteLength(body)));
  });

  test("another path is 404, another verb 405 with those that there are, CORS intact", async () => {
    const { handler } = await createWorld(name, "finger", { handler: { allowOrigins: [ORIGIN] } });
    const lost = await handler(
      new Request(`${BASE}/elsewhere`, { method: "POST", headers: { origin: ORIGIN } }),
    );
    expect([lost.status, lost.headers.get("access-control-allow-origin")]).toEqual([404, ORIGIN]);
    const wrong = await handler(
      new Request(`${BASE}/info`, { method: "PUT", headers: { origin: ORIGIN } }),
    );
    expect(wrong.status).toBe(405);
    expect(wrong.headers.get("allow")).toBe(`${PROFILES[name].endpoints.info?.verb}, OPTIONS`);
    expect(wrong.headers.get("access-control-allow-origin")).toBe(ORIGIN);
  });

  test("a body of 10 MB is 413, told by its length or by reading it", async () => {
    const { handler } = await createWorld(name);
    const { verb, path } = PROFILES[name].endpoints.capture!;
    const big = "x".repeat(10 * 1024 * 1024);
    const told = new Request(`${BASE}${path}`, { method: verb, body: big });
    expect((await handler(told)).status).toBe(413);
    const chunk = new TextEncoder().encode("x".repeat(65_536));
    let sent = 0;
    const endless = new ReadableStream({
      pull: (controller) => {
        sent += chunk.length;
        controller.enqueue(chunk);
      },
    });
    const untold = new Request(`${BASE}${path}`, {
      method: verb,
      body: endless,
      duplex: "half",
    } as RequestInit);
    expect((await handler(untold)).status).toBe(413);
    expect(sent).toBeLessThan(2 * 1024 * 1024);
  });

  test("malformed JSON is status 200 and an error object, in every operation", async () => {
    const { handler } = await createWorld(name);
    for (const operation of ["discovery", "capture", "stream", "registration-capture"] as const) {
      const response = await handler(call(name, operation, '{"type":'));
      expect(response.status).toBe(200);
      expect(await response.text()).toMatch(
        PROFILES[name].saysSuccess ? /"errorCode":"500"/ : /"errorcode":"500"/,
      );
    }
  });

  test("unknown fields are an error object since 0.9.5, and ignored before", async () => {
    const { handler } = await createWorld(name);
    const body = JSON.stringify({ ...JSON.parse(discoveryBody(name)), vendor: 1 });
    const response = await handler(call(name, "discovery", body));
    expect(response.status).toBe(200);
    const [first] = (await response.json()) as [object];
    const refuses = PROFILES[name].refusesUnknownFields;
    expect(Object.keys(first)).toEqual(
      refuses ? ["error"] : expect.arrayContaining(["certification"]),
    );
  });

  test("an unknown type of device is an error object", async () => {
    const { handler } = await createWorld(name);
    const body = JSON.stringify({ ...JSON.parse(discoveryBody(name)), type: "Vein" });
    const response = await handler(call(name, "discovery", body));
    const [first] = (await response.json()) as [object];
    expect(Object.keys(first)).toEqual(["error"]);
  });

  test("devices of another type do not answer", async () => {
    const { handler } = await createWorld(name, "iris");
    const asked = PROFILES[name].discoveryRequest.write({ modality: "face" }).value;
    expect(await (await handler(call(name, "discovery", asked))).json()).toEqual([]);
  });

  test("two captures at once: one succeeds, the other gets busy", async () => {
    const { handler } = await createWorld(name);
    const both = await Promise.all(
      [0, 1].map(async () => {
        const response = await handler(call(name, "registration-capture", registration(name)));
        return PROFILES[name].registrationCapture.read(await response.text()).segments[0]?.value;
      }),
    );
    const codes = both.map((segment) => segment?.error?.code ?? "0");
    expect(codes.sort()).toEqual(["0", "111"]);
  });
});

describe("who may call", () => {
  test.each(PROFILE_NAMES)(
    "%s: a page from elsewhere gets nothing and causes nothing",
    async (name) => {
      const attempts = vi.fn(quickSource.attempts);
      const { handler, service } = await createWorld(name, "finger", {
        device: { source: { ...quickSource, attempts } },
        handler: { allowOrigins: [ORIGIN] },
      });
      for (const origin of ["https://evil.example", "null", "http://127.0.0.1:8080"]) {
        const request = call(name, "registration-capture", registration(name), { origin });
        const response = await handler(request);
        expect(response.status).toBe(403);
        expect(response.headers.get("access-control-allow-origin")).toBeNull();
        expect(await response.text()).toBe("");
      }
      expect(attempts).not.toHaveBeenCalled();
      expect([...service.states().values()]).toEqual(["ready", "ready"]);
    },
  );

  test("a browser that hides its origin is refused too", async () => {
    const { handler } = await createWorld("sbi-draft-1");
    const request = call("sbi-draft-1", "info", undefined, { "sec-fetch-site": "cross-site" });
    expect((await handler(request)).status).toBe(403);
  });

  test("a name that was pointed at this machine is refused", async () => {
    const { handler } = await createWorld("0.9.5");
    const status = async (host: string) =>
      (await handler(call("0.9.5", "info", undefined, { host }))).status;
    expect(await status("attacker.example:4501")).toBe(421);
    expect(await status("localhost:4501")).toBe(421);
    expect(await status("127.0.0.1.attacker.example")).toBe(421);
    expect(await status("127.0.0.1: 4501")).toBe(200);
    expect(await status("127.0.0.1:53211")).toBe(200);
  });

  test("the preflight of the draft", async () => {
    const { handler } = await createWorld("sbi-draft-1", "finger", {
      handler: { allowOrigins: [ORIGIN] },
    });
    const response = await handler(
      new Request(`${BASE}/capture`, {
        method: "OPTIONS",
        headers: {
          origin: ORIGIN,
          "access-control-request-method": "POST",
          "access-control-request-private-network": "true",
        },
      }),
    );
    expect(response.status).toBe(204);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      "access-control-allow-origin": ORIGIN,
      "access-control-allow-methods": "POST, OPTIONS",
      "access-control-allow-headers": "EXT, Content-Type, Cache-Control",
      "access-control-max-age": "5",
      "access-control-allow-private-network": "true",
      vary: "Origin",
    });
  });

  test("a preflight names the verbs of the path", async () => {
    const { handler } = await createWorld("0.9.5", "finger", {
      handler: { allowOrigins: [ORIGIN] },
    });
    const response = await handler(
      new Request(`${BASE}/capture`, { method: "OPTIONS", headers: { origin: ORIGIN } }),
    );
    expect(response.headers.get("access-control-allow-methods")).toBe("CAPTURE, RCAPTURE, OPTIONS");
  });

  test("consent is asked for an origin that is not named, and its answer holds", async () => {
    const consent = vi.fn(async (origin: string) => origin === "https://yes.example");
    const { handler } = await createWorld("sbi-draft-1", "finger", { handler: { consent } });
    const from = (origin: string) => handler(call("sbi-draft-1", "info", undefined, { origin }));
    expect((await from("https://yes.example")).status).toBe(200);
    expect((await from("https://no.example")).status).toBe(403);
    expect((await from("null")).status).toBe(403);
    expect(consent).toHaveBeenCalledTimes(2);
  });

  test("the draft repeats the root domain that asked", async () => {
    const { handler } = await createWorld("sbi-draft-1", "finger", {
      handler: { allowOrigins: [ORIGIN] },
    });
    const request = call("sbi-draft-1", "registration-capture", registration("sbi-draft-1"), {
      origin: ORIGIN,
    });
    expect(await (await handler(request)).json()).toMatchObject({
      requestOrigin: "registration.example",
    });
    expect([rootDomain("https://a.b.example:8443"), rootDomain("http://127.0.0.1:9")]).toEqual([
      "b.example",
      "127.0.0.1",
    ]);
  });
});

describe("the rules of the text", () => {
  const errorOf = async (
    kind: "capture" | "registration-capture",
    over: object,
    device: object = {},
    name: ProfileName = "0.9.5",
  ): Promise<string | undefined> => {
    const { handler } = await createWorld(name, "finger", { device });
    const translator =
      kind === "capture"
        ? PROFILES[name].captureRequest
        : PROFILES[name].registrationCaptureRequest;
    const body = translator.write({
      env: "developer",
      purpose: kind === "capture" ? "auth" : "registration",
      specVersion: name,
      timeoutMs: 1_000,
      captureTime: new Date(),
      transactionId: "T-1234",
      ...over,
    } as never).value;
    const text = await (await handler(call(name, kind, body))).text();
    const answer = kind === "capture" ? PROFILES[name].capture : PROFILES[name].registrationCapture;
    return answer.read(text).segments[0]?.value.error?.code;
  };
  const bio = (over: object) => ({ bio: [{ wanted: "finger", count: 1, ...over }] });

  test("device id 0 means every device, an unknown one is not found", async () => {
    expect(await errorOf("capture", bio({ deviceId: "0" }))).toBe("0");
    expect(await errorOf("capture", bio({ deviceId: "1" }))).toBe("0");
    expect(await errorOf("capture", bio({ deviceId: "9" }))).toBe("106");
  });

  test("a device of the other purpose does not serve", async () => {
    expect(await errorOf("capture", bio({ deviceId: "2" }))).toBe("501");
    expect(await errorOf("registration-capture", bio({ deviceId: "1" }))).toBe("501");
    expect(await errorOf("capture", { ...bio({}), purpose: "registration" })).toBe("501");
  });

  test("CAPTURE needs L1, RCAPTURE does not", async () => {
    expect(await errorOf("capture", bio({}), { level: "L0" })).toBe("502");
    expect(await errorOf("registration-capture", bio({}), { level: "L0" })).toBe("0");
  });

  test("the count is in line with the type", async () => {
    expect(await errorOf("registration-capture", bio({ count: 4, subId: 1 }))).toBe("0");
    expect(await errorOf("registration-capture", bio({ count: 5, subId: 1 }))).toBe("109");
    expect(await errorOf("registration-capture", bio({ count: 3, subId: 3 }))).toBe("109");
    expect(await errorOf("capture", bio({ count: 2, subTypes: ["left-index"] }))).toBe("109");
    expect(await errorOf("capture", bio({ count: 2, subTypes: ["unknown", "unknown"] }))).toBe("0");
    const twice = ["left-index", "left-index"];
    expect(await errorOf("capture", bio({ count: 2, subTypes: twice }))).toBe("109");
  });

  test("sub ids are those that the device has", async () => {
    expect(await errorOf("registration-capture", bio({ subId: 2, count: 1 }))).toBe("0");
    expect(await errorOf("capture", bio({ subId: 2 }))).toBe("504");
  });

  test("another kind of device is not found", async () => {
    expect(await errorOf("capture", { bio: [{ wanted: "iris", count: 1 }] })).toBe("106");
  });

  test("a device that is not registered says so", async () => {
    expect(await errorOf("capture", bio({}), { registered: false })).toBe("100");
  });

  test("a transaction id that is too short is error 112", async () => {
    const { handler } = await createWorld("0.9.5");
    const good = JSON.parse(registration("0.9.5"));
    for (const transactionId of ["abc", "x".repeat(51), "with space"]) {
      const body = JSON.stringify({ ...good, transactionId });
      const response = await handler(call("0.9.5", "registration-capture", body));
      expect(await response.json()).toMatchObject({
        biometrics: [{ error: { errorCode: "112" } }],
      });
    }
  });

  test("more than 50 custom options are refused", async () => {
    const { handler } = await createWorld("0.9.5");
    const send = async (count: number) => {
      const customOpts = Object.fromEntries(
        Array.from({ length: count }, (_, at) => [`k${at}`, 1]),
      );
      const body = JSON.stringify({ ...JSON.parse(registration("0.9.5")), customOpts });
      const response = await handler(call("0.9.5", "registration-capture", body));
      return /"errorCode":"(\d+)"/.exec(await response.text())?.[1];
    };
    expect([await send(50), await send(51)]).toEqual(["0", "500"]);
  });
});

describe("the local network, as a page sees it", () => {
  const page = (hostname: string, isSecureContext: boolean, state?: string) => ({
    isSecureContext,
    location: { hostname },
    navigator: {
      permissions: {
        query: async () => {
          if (state === undefined) {
            throw new TypeError("unknown permission");
          }
          return { state };
        },
      },
    },
  });

  test.each([
    [page("127.0.0.1", false), "local-page"],
    [page("site.example", false, "prompt"), "insecure-page"],
    [page("site.example", true, "prompt"), "will-ask"],
    [page("site.example", true, "denied"), "denied"],
    [page("site.example", true, "granted"), "allowed"],
    [page("site.example", true), "allowed"],
  ] as const)("state %#", async (where, state) => {
    expect(await localNetworkState(where)).toBe(state);
    expect(localNetworkHint(state)).not.toBe("");
  });
});

describe("a preview whose sensor fails", () => {
  const world = (next: () => Promise<never>) =>
    createWorld("0.9.5", "finger", {
      device: {
        source: { ...quickSource, preview: () => ({ [Symbol.asyncIterator]: () => ({ next }) }) },
      },
    });
  const ask = (handler: DeviceHandler) =>
    handler(call("0.9.5", "stream", '{"deviceId":"2","deviceSubId":"0","timeout":"100"}'));

  test("one that hangs ends with its time", async () => {
    const { handler, service } = await world(() => new Promise(() => undefined));
    expect(await (await ask(handler)).text()).toBe("--mds-frame--\r\n");
    expect(service.states().get("2")).toBe("ready");
  });

  test("one that breaks breaks the stream, and gives the device back", async () => {
    const { handler } = await world(() => Promise.reject(new Error("no light")));
    await expect((await ask(handler)).text()).rejects.toThrow("no light");
    expect((await ask(handler)).headers.get("content-type")).toContain("multipart");
  });
});
