import {
  CHECK_IDS,
  createMjpegParser,
  decodeBase64,
  discoverPort,
  MdsError,
  PROFILE_NAMES,
  PROFILES,
  parseCertificate,
  parseToken,
  readDeregisterRequest,
  readDeregisterResponse,
  readPemOrDer,
  readQrPayload,
  readRegisterRequest,
  readRegisterResponse,
  type Send,
  signToken,
  verifyCapture,
  verifyChain,
  verifyDeviceInfo,
  writeRegisterRequest,
} from "@org/mosip-mds-types";
import { systemClock } from "@org/mosip-mds-types/http";
import { FingerImageRecord, readImageHeader } from "@org/mosip-mds-types/records";
import { simulatorTrust } from "@org/mosip-mds-types/testing";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import openssl from "./vectors/openssl.json" with { type: "json" };
import { createWorld, PORT } from "./world.js";

/** Runs it; our own errors are answers, any other is a fault. */
const answers = async <T>(run: () => T | Promise<T>): Promise<T | undefined> => {
  try {
    return await run();
  } catch (error) {
    expect(error).toBeInstanceOf(MdsError);
    return undefined;
  }
};

/** A text with some of its characters changed, left out or put in. */
const damaged = (text: string): fc.Arbitrary<string> =>
  fc
    .array(
      fc.record({ at: fc.nat(text.length), drop: fc.nat(3), put: fc.string({ maxLength: 3 }) }),
      { minLength: 1, maxLength: 4 },
    )
    .map((edits) =>
      edits.reduce(
        (whole, { at, drop, put }) => whole.slice(0, at) + put + whole.slice(at + drop),
        text,
      ),
    );

/** A JSON value in which one leaf is something else. */
const otherLeaf = (json: unknown): fc.Arbitrary<unknown> => {
  const paths: (readonly (string | number)[])[] = [];
  const walk = (value: unknown, path: readonly (string | number)[]): void => {
    paths.push(path);
    if (typeof value === "object" && value !== null) {
      for (const [key, inner] of Object.entries(value)) {
        walk(inner, [...path, key]);
      }
    }
  };
  walk(json, []);
  return fc.tuple(fc.constantFrom(...paths), fc.jsonValue()).map(([path, put]) => {
    const whole = structuredClone({ root: json }) as Record<string, unknown>;
    let at = whole;
    let key = "root" as string | number;
    for (const next of path) {
      at = at[key] as Record<string, unknown>;
      key = next;
    }
    at[key] = put;
    return whole["root"];
  });
};

const RUNS = { numRuns: 60 };

describe.each(PROFILE_NAMES)("answers of %s, damaged on the way", (name) => {
  const profile = PROFILES[name];

  test.each(["capture", "registration-capture"] as const)(
    "%s: a report with every check, or our error",
    async (kind) => {
      const { client } = await createWorld(name);
      const { trust, opener } = await simulatorTrust();
      const asked = {
        env: "developer",
        purpose: kind === "capture" ? "auth" : "registration",
        timeoutMs: 2_000,
        captureTime: new Date(),
        transactionId: "T-1001",
        registrationId: "R-1",
        bio: [{ wanted: "finger", count: 2, requestedScore: 40 }],
      } as const;
      const { answer, report } =
        kind === "capture"
          ? await client.capture(asked, { opener })
          : await client.registrationCapture(asked);
      expect(report.verdict).toBe("authentic");
      const judge = async (text: string): Promise<void> => {
        const result = await answers(() =>
          verifyCapture(text, { profile, kind, trust, at: new Date(), request: asked, opener }),
        );
        if (result !== undefined) {
          expect(result.report.checks.map(({ id }) => id)).toEqual(CHECK_IDS);
        }
      };
      await fc.assert(fc.asyncProperty(damaged(answer), judge), RUNS);
      await fc.assert(
        fc.asyncProperty(otherLeaf(JSON.parse(answer)), (json) => judge(JSON.stringify(json))),
        RUNS,
      );
    },
  );

  test("device info: a report, or our error", async () => {
    const { client } = await createWorld(name);
    const { trust } = await simulatorTrust();
    const options = { profile, trust, at: new Date() };
    const text = await infoOf(name);
    expect((await client.info())[0]?.report.verdict).toBe("authentic");
    await fc.assert(
      fc.asyncProperty(damaged(text), async (broken) => {
        await answers(() => verifyDeviceInfo(broken, options));
      }),
      RUNS,
    );
  });

  test("discovery: a finding with its reason, whatever a port answers", async () => {
    const found = await discoveryOf(name);
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.string(), fc.json(), damaged(found)), async (text) => {
        const finding = await discoverPort(answering(text), PORT, { clock: systemClock });
        expect(finding.port).toBe(PORT);
      }),
      RUNS,
    );
  });

  test("a service: an answer, whatever it is asked", async () => {
    const { service } = await createWorld(name);
    const context = { callbackId: "x", signal: new AbortController().signal };
    const requests = [
      profile.discoveryRequest.write({ modality: "finger" }).value,
      profile.captureRequest.write({ ...captureAsked, purpose: "auth" }).value,
    ];
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.string(), fc.json(), ...requests.map(damaged)), async (body) => {
        for (const answer of [
          await service.discover(body, context),
          await service.info(body, context),
          await service.capture("capture", body, context),
          await service.capture("registration-capture", body, context),
        ]) {
          expect(answer.kind === "json" && JSON.parse(answer.body)).toBeTypeOf("object");
        }
      }),
      { numRuns: 30 },
    );
  });
});

const captureAsked = {
  env: "developer",
  timeoutMs: 40,
  captureTime: new Date(),
  transactionId: "T-1001",
  bio: [{ wanted: "finger", count: 1, requestedScore: 40 }],
} as const;

const textOf = async (request: Request, name: (typeof PROFILE_NAMES)[number]): Promise<string> => {
  const { handler } = await createWorld(name);
  return (await handler(request)).text();
};
const infoOf = (name: (typeof PROFILE_NAMES)[number]): Promise<string> => {
  const { verb, path } = PROFILES[name].endpoints.info!;
  const body = PROFILES[name].infoRequest?.write({ specVersion: PROFILES[name].specVersion }).value;
  return textOf(
    new Request(`http://127.0.0.1:${PORT}${path}`, { method: verb, ...(body && { body }) }),
    name,
  );
};
const discoveryOf = (name: (typeof PROFILE_NAMES)[number]): Promise<string> => {
  const { verb, path } = PROFILES[name].endpoints.discovery!;
  const body = PROFILES[name].discoveryRequest.write({
    specVersion: PROFILES[name].specVersion,
  }).value;
  return textOf(new Request(`http://127.0.0.1:${PORT}${path}`, { method: verb, body }), name);
};

/** A port that always says the same. */
const answering =
  (text: string): Send =>
  async () => ({
    status: 200,
    header: () => undefined,
    body: (async function* () {
      yield new TextEncoder().encode(text);
    })(),
  });

describe("what a trusted signer signs can still be anything", () => {
  test("a data block of any JSON", async () => {
    const { members, trust } = await simulatorTrust();
    const [, payload] = JSON.parse(openssl.registration095).biometrics[0].data.split(".");
    const block = JSON.parse(new TextDecoder().decode(decodeBase64(payload)));
    await fc.assert(
      fc.asyncProperty(otherLeaf(block), async (json) => {
        const data = await signToken(
          new TextEncoder().encode(JSON.stringify(json)),
          members.registrationDevice.signer,
          {},
        );
        const text = JSON.stringify({
          biometrics: [{ specVersion: "0.9.5", data, hash: "A".repeat(64) }],
        });
        const { report } = await verifyCapture(text, {
          profile: PROFILES["0.9.5"],
          kind: "registration-capture",
          trust,
          at: new Date(),
        });
        expect(report.checks.map(({ id }) => id)).toEqual(CHECK_IDS);
        expect(report.verdict).not.toBe("authentic");
      }),
      RUNS,
    );
  });
});

describe("decoders of single things", () => {
  const anyBytes = fc.uint8Array({ maxLength: 300 });
  const certificate = decodeBase64(openssl.certificates.device);
  const flipped = fc
    .array(fc.tuple(fc.nat(certificate.length - 1), fc.nat(255)), { minLength: 1, maxLength: 3 })
    .map((edits) => {
      const copy = certificate.slice();
      for (const [at, value] of edits) {
        copy[at] = value;
      }
      return copy;
    });

  test("certificates and chains", async () => {
    const anchors = [parseCertificate(decodeBase64(openssl.certificates.provider))];
    await fc.assert(
      fc.asyncProperty(fc.oneof(anyBytes, flipped), async (bytes) => {
        await answers(() => parseCertificate(bytes));
        await answers(() => readPemOrDer("CERTIFICATE", bytes));
        const { trusted } = await verifyChain(bytes, [bytes], anchors, new Date(openssl.signedAt));
        expect(trusted && Buffer.compare(bytes, certificate) !== 0).toBe(false);
      }),
    );
  });

  test("tokens", async () => {
    const [{ data }] = JSON.parse(openssl.registration095).biometrics;
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.string(), damaged(data)), async (text) => {
        await answers(() => parseToken(text));
      }),
    );
  });

  test("records, pictures, frames and codes", async () => {
    await fc.assert(
      fc.asyncProperty(anyBytes, fc.string(), async (bytes, text) => {
        await answers(() => FingerImageRecord.decode(bytes));
        await answers(() => readImageHeader(bytes));
        await answers(() => createMjpegParser(256).push(bytes));
        await answers(() => readQrPayload(text, PROFILES["0.8.4"]));
      }),
    );
  });

  test.each(["0.8.4", "0.9.2", "0.9.5"] as const)(
    "what a device server of %s receives",
    async (name) => {
      const profile = PROFILES[name];
      const { trust, members } = await simulatorTrust();
      const options = { trust, at: new Date() };
      const request = await writeRegisterRequest(
        {
          identity: {
            deviceId: "1",
            serialNo: "202600001001",
            make: "U",
            model: "M",
            modality: "finger",
            subType: "slap",
            provider: "U",
            providerId: "U",
            subIds: [1],
            level: "L1",
            firmware: "1",
            expiry: "2049-12-31",
          },
          purpose: "registration",
          env: "developer",
          trustModuleProviderId: "F",
          time: new Date(),
          trustModule: members.trustModule.signer,
          deviceKey: members.device.signer,
          provider: members.provider.signer,
        },
        profile,
      );
      await fc.assert(
        fc.asyncProperty(fc.oneof(fc.json(), damaged(request)), async (text) => {
          await answers(() => readRegisterRequest(text, profile, trust, options.at));
          await answers(() => readRegisterResponse(text, profile, trust, options.at));
          await answers(() => readDeregisterRequest(text, profile, trust, options.at));
          await answers(() => readDeregisterResponse(text, profile, trust, options.at));
        }),
        RUNS,
      );
    },
  );
});
