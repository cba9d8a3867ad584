import { PROFILE_NAMES, PROFILES, type ProfileName } from "@org/mosip-mds-types";
import { deviceServiceCases } from "@org/mosip-mds-types/conformance";
import { type DeviceHandler, handlerSend, systemClock } from "@org/mosip-mds-types/http";
import { type Fault, simulatorTrust } from "@org/mosip-mds-types/testing";
import { describe, expect, test } from "vitest";
import { BASE, createWorld } from "./world.js";

const casesFor = async (
  name: ProfileName,
  options: { faults?: readonly Fault[]; wrap?: (handler: DeviceHandler) => DeviceHandler } = {},
) => {
  const { handler, faults } = await createWorld(name);
  for (const fault of options.faults ?? []) {
    faults.add(fault);
  }
  const { trust } = await simulatorTrust();
  return deviceServiceCases({
    profile: PROFILES[name],
    baseUrl: BASE,
    send: handlerSend(options.wrap?.(handler) ?? handler),
    clock: systemClock,
    modality: "finger",
    purposes: ["auth", "registration"],
    trust,
    timeoutMs: 1_000,
    captureTimeoutMs: 500,
  });
};

const outcomes = async (cases: Awaited<ReturnType<typeof casesFor>>): Promise<string[]> => {
  const failed: string[] = [];
  for (const { name, run } of cases) {
    await run().catch((error: unknown) => failed.push(`${name}: ${String(error)}`));
  }
  return failed;
};

describe.concurrent.each(PROFILE_NAMES)("the simulated service of %s", (name) => {
  test("keeps every case", async () => {
    const cases = await casesFor(name);
    expect(cases.length).toBeGreaterThan(18);
    expect(new Set(cases.map((one) => one.name)).size).toBe(cases.length);
    expect(await outcomes(cases)).toEqual([]);
  });
});

test("devices are asked for by their names: since 0.9.5 no text has a word for all of them", async () => {
  const bodies: string[] = [];
  const cases = await casesFor("0.9.5", {
    wrap: (handler) => async (request) => {
      bodies.push(await request.clone().text());
      return handler(request);
    },
  });
  expect(await outcomes(cases)).toEqual([]);
  expect(bodies.join()).not.toContain('"deviceId":"0"');
  expect(bodies.filter((body) => body.includes('"deviceId":"2"')).length).toBeGreaterThan(5);
});

const rewritten =
  (change: (text: string) => string) =>
  (handler: DeviceHandler): DeviceHandler =>
  async (request) => {
    const response = await handler(request);
    if (!(response.headers.get("content-type") ?? "").includes("json")) {
      return response;
    }
    const headers = new Headers(response.headers);
    headers.delete("content-length");
    return new Response(change(await response.text()), { status: response.status, headers });
  };

const reheaded =
  (change: (headers: Headers) => void) =>
  (handler: DeviceHandler): DeviceHandler =>
  async (request) => {
    const response = await handler(request);
    const headers = new Headers(response.headers);
    change(headers);
    return new Response(response.body, { status: response.status, headers });
  };

/** What a service could do wrong, and the case that must notice. */
const PLANTED: readonly [string, Parameters<typeof casesFor>[1], RegExp][] = [
  ["a bad signature", { faults: ["bad-signature"] }, /signs its device info/],
  ["an expired certificate", { faults: ["expired-certificate"] }, /signs its device info/],
  ["the wrong hash rule", { faults: ["wrong-hash-rule"] }, /signed, chained/],
  ["a skewed clock", { faults: ["skewed-clock"] }, /in time/],
  ["a low score", { faults: ["low-score"] }, /signed, chained/],
  ["a sensor in use", { faults: ["busy"] }, /does one at a time/],
  ["Connection: Closed", { faults: ["connection-closed"] }, /closes its connection/],
  [
    "an open door for pages",
    { wrap: reheaded((headers) => headers.set("access-control-allow-origin", "*")) },
    /origin is not allowed/,
  ],
  [
    "answers that may be stored",
    { wrap: reheaded((headers) => headers.delete("cache-control")) },
    /no-store/,
  ],
  [
    "a callback elsewhere",
    { wrap: rewritten((text) => text.replaceAll("http://127.0.0.1:4501", "http://10.1.1.1:4501")) },
    /calls back to 127/,
  ],
  [
    "errors that say success",
    { wrap: rewritten((text) => text.replace(/"errorCode":"5\d\d"/, '"errorCode":"0"')) },
    /malformed JSON/,
  ],
  [
    "any verb and path",
    {
      wrap: (handler) => async (request) => {
        const response = await handler(request);
        return response.status === 404 || response.status === 405 ? new Response("[]") : response;
      },
    },
    /does not know other/,
  ],
];

test.concurrent.each(PLANTED)("%s is noticed", async (_what, options, notice) => {
  const cases = (await casesFor("0.9.5", options)).filter(({ name }) => notice.test(name));
  expect(cases.length).toBeGreaterThan(0);
  expect(await outcomes(cases)).not.toEqual([]);
});
