import {
  buildSegments,
  type CaptureRequest,
  type CheckId,
  decodeBase64,
  encodeBase64,
  PROFILE_NAMES,
  PROFILES,
  type ProfileName,
  type Report,
  type Signer,
  signToken,
  type VerifiedCapture,
  type VerifyCaptureOptions,
  verifyCapture,
} from "@org/mosip-mds-types";
import { DEVICE_FAULTS, simulatorTrust } from "@org/mosip-mds-types/testing";
import { describe, expect, test } from "vitest";
import { judgeDigitalId } from "../src/verification/digital-id-check.js";
import { signerCache } from "../src/verification/signed-part.js";
import { parseTrust } from "../src/verification/trust.js";
import { createWorld, random } from "./world.js";

const request = (profile: ProfileName, over: Partial<CaptureRequest> = {}): CaptureRequest => ({
  env: "developer",
  purpose: "auth",
  specVersion: PROFILES[profile].specVersion,
  timeoutMs: 5_000,
  captureTime: new Date(),
  transactionId: "T-1234567890",
  domainUri: "https://auth.example",
  bio: [{ wanted: "finger", count: 2, requestedScore: 50, previousHash: "" }],
  ...over,
});

const failedChecks = (report: Report): readonly CheckId[] =>
  report.checks.filter(({ status }) => status === "failed").map(({ id }) => id);

/** An answer, and its verification with everything that a client can have. */
const captured = async (name: ProfileName, kind: "capture" | "registration-capture") => {
  const { client } = await createWorld(name);
  const { opener, trust } = await simulatorTrust();
  const asked = request(name, {
    purpose: kind === "capture" ? "auth" : "registration",
    registrationId: "R-1",
  });
  const result =
    kind === "capture"
      ? await client.capture(asked, { opener })
      : await client.registrationCapture(asked, { opener });
  const verify = (
    answer: string,
    over: Partial<VerifyCaptureOptions> = {},
  ): Promise<VerifiedCapture> =>
    verifyCapture(answer, {
      profile: PROFILES[name],
      kind,
      trust,
      at: new Date(),
      request: asked,
      opener,
      level: "L1",
      ...over,
    });
  return { asked, answer: result.answer, verify };
};

/** The answer with one character of one member of its first segment changed. */
const altered = (answer: string, member: string, change: (text: string) => string): string => {
  const json = JSON.parse(answer);
  const segments = Array.isArray(json) ? json : json.biometrics;
  segments[0][member] = change(segments[0][member]);
  return JSON.stringify(json);
};

const flipBit = (base64: string, at: number): string => {
  const bytes = decodeBase64(base64);
  bytes[at < 0 ? bytes.length + at : at]! ^= 1;
  return encodeBase64(bytes);
};

describe.each(PROFILE_NAMES)(
  "one altered byte in a capture of %s fails exactly its check",
  (name) => {
    test.each(["capture", "registration-capture"] as const)("data of %s", async (kind) => {
      const { answer, verify } = await captured(name, kind);
      const jws = PROFILES[name].signature === "jws";
      const wrong = altered(answer, "data", (data) => {
        if (!jws) {
          return flipBit(data, -3);
        }
        const [head, payload, signature] = data.split(".");
        return [head, flipBit(payload!, -3), signature].join(".");
      });
      const { report } = await verify(wrong);
      expect(failedChecks(report)).toEqual(["signature"]);
      expect(report.verdict).toBe("not-authentic");
      expect(report.checks.find(({ id }) => id === "hash-chain")?.reason).toBe(
        "DATA_NOT_AUTHENTIC",
      );
    });

    test("hash", async () => {
      const { answer, verify } = await captured(name, "registration-capture");
      const wrong = altered(
        answer,
        "hash",
        (hash) => (hash[0] === "A" ? "B" : "A") + hash.slice(1),
      );
      const { report } = await verify(wrong);
      expect(failedChecks(report)).toEqual(["hash-chain"]);
      expect(report.verdict).toBe("not-authentic");
    });

    test("session key", async () => {
      const { answer, verify } = await captured(name, "capture");
      const { report } = await verify(altered(answer, "sessionKey", (key) => flipBit(key, 40)));
      expect(failedChecks(report)).toEqual(["decryption"]);
      expect(report.verdict).toBe("not-authentic");
    });

    test("nothing altered: authentic", async () => {
      const { answer, verify } = await captured(name, "capture");
      const { report } = await verify(answer);
      expect(failedChecks(report)).toEqual([]);
      expect(report.verdict).toBe("authentic");
    });
  },
);

/** A capture whose signers are changed before they sign. */
const signedBy = async (
  name: ProfileName,
  change: { device?: (signer: Signer) => Signer; trustModule?: (signer: Signer) => Signer },
  level: "L0" | "L1" = "L1",
) => {
  const { members, trust, opener } = await simulatorTrust();
  const profile = PROFILES[name];
  const asked = request(name);
  const samples = [
    { subType: "unknown" as const, quality: 90, record: Uint8Array.of(1), image: Uint8Array.of(2) },
  ];
  const time = new Date();
  const segments = await buildSegments(
    [
      {
        asked: asked.bio![0]!,
        samples,
        device: {
          identity: {
            deviceId: "1",
            serialNo: "202600001001",
            make: "Utopia",
            model: "SIM",
            modality: "finger",
            subType: "single",
            provider: "Utopia Devices",
            providerId: "UTOPIA",
            subIds: [1],
            level,
            firmware: "1",
            expiry: "2049-12-31T00:00:00Z",
          },
          trustModule: (change.trustModule ?? ((signer) => signer))(members.trustModule.signer),
          registration: {
            deviceCode: "b2f3c7a1-6a35-4b0c-9a3e-0f5d7c1e9a01",
            purpose: "auth",
            env: "developer",
            signer: (change.device ?? ((signer) => signer))(members.device.signer),
          },
          encryptionCertificate: () => members.partner.certificate,
        },
      },
    ],
    { profile, kind: "capture", request: asked, hashRule: profile.hashRule, random, time },
  );
  if ("code" in segments) {
    throw new Error(segments.info);
  }
  const { report } = await verifyCapture(profile.capture.write(segments).value, {
    profile,
    kind: "capture",
    trust,
    at: new Date(),
    request: { ...asked, bio: [{ ...asked.bio![0]!, count: 1 }] },
    opener,
    level,
  });
  return report;
};

const withCertificate =
  (change: (der: Uint8Array) => Uint8Array) =>
  (signer: Signer): Signer => ({
    sign: signer.sign,
    certificates: [change(signer.certificates[0]!), ...signer.certificates.slice(1)],
  });
const withBit = (at: number) => (der: Uint8Array) => {
  const copy = der.slice();
  copy[at < 0 ? copy.length + at : at]! ^= 1;
  return copy;
};

const WITH_JWS = PROFILE_NAMES.filter((name) => PROFILES[name].signature === "jws");
const WITH_SIGNED_ID = PROFILE_NAMES.filter((name) => PROFILES[name].captureDigitalId === "signed");

describe("what a signer does wrong fails exactly its check", () => {
  test.each(WITH_JWS)("%s: one byte of the certificate's signature", async (name) => {
    const report = await signedBy(name, { device: withCertificate(withBit(-5)) });
    expect(failedChecks(report)).toEqual(["certificate-chain"]);
    expect(report.checks[1]?.reason).toBe("CERTIFICATE_SIGNATURE");
  });

  test.each(WITH_JWS)("%s: one byte of the certificate's key", async (name) => {
    const report = await signedBy(name, { device: withCertificate(withBit(300)) });
    expect(failedChecks(report)).toEqual(["certificate-chain"]);
    expect(report.checks[0]).toMatchObject({
      status: "undetermined",
      reason: "CERTIFICATE_NOT_BELIEVED",
    });
  });

  test.each(WITH_SIGNED_ID)("%s: one byte of the digital id's signature", async (name) => {
    const report = await signedBy(name, {
      trustModule: (signer) => ({
        certificates: signer.certificates,
        sign: async (data) => withBit(-1)(await signer.sign(data)),
      }),
    });
    expect(failedChecks(report)).toEqual(["digital-id"]);
  });

  test.each(WITH_SIGNED_ID)("%s: a digital id of L1 by the device key", async (name) => {
    const { members } = await simulatorTrust();
    const report = await signedBy(name, { trustModule: () => members.device.signer });
    expect(failedChecks(report)).toEqual(["digital-id"]);
    expect(report.checks[2]?.reason).toBe("DIGITAL_ID_OTHER_KEY");
  });

  test.each(WITH_SIGNED_ID)("%s: a digital id of L0 by the device key is right", async (name) => {
    expect((await signedBy(name, {}, "L0")).verdict).toBe("authentic");
  });

  test("a device of an unknown provider leaves the chain open", async () => {
    const { members } = await simulatorTrust();
    const alien = { ...members.partner.signer, certificates: [members.trustModule.certificate] };
    const report = await signedBy("0.9.5", {
      device: () => ({ ...members.trustModule.signer, certificates: alien.certificates }),
    });
    expect(report.checks[1]).toMatchObject({ status: "undetermined", reason: "NO_PATH_TO_ANCHOR" });
    expect(report.verdict).not.toBe("authentic");
  });
});

describe("what is genuine and belongs elsewhere fails exactly its check", () => {
  const reasonOf = (report: Report, id: CheckId) =>
    report.checks.find((check) => check.id === id)?.reason;

  test.each(PROFILE_NAMES)("%s: a capture for another transaction", async (name) => {
    const { asked, answer, verify } = await captured(name, "capture");
    const { report } = await verify(answer, { request: { ...asked, transactionId: "T-OTHER" } });
    expect(failedChecks(report)).toEqual(["time-window"]);
    expect(reasonOf(report, "time-window")).toBe("TRANSACTION_OTHER");
  });

  test.each(WITH_SIGNED_ID)("%s: a capture of another device than the one asked", async (name) => {
    const { answer, verify } = await captured(name, "registration-capture");
    const { report } = await verify(answer, { serialNo: "202600001009" });
    expect(failedChecks(report)).toEqual(["digital-id"]);
    expect(reasonOf(report, "digital-id")).toBe("DIGITAL_ID_OTHER_DEVICE");
  });

  test("a digital id that was made for an earlier request", async () => {
    const profile = PROFILES["0.9.5"];
    const { members, trust } = await simulatorTrust();
    const at = new Date();
    const text = profile.digitalId.write({
      serialNo: "202600001001",
      make: "Utopia",
      model: "SIM",
      modality: "finger",
      subType: "single",
      provider: "Utopia Devices",
      providerId: "UTOPIA",
      dateTime: new Date(at.getTime() - 400_000),
    }).value;
    const bytes = new TextEncoder().encode(text);
    const token = await signToken(bytes, members.trustModule.signer, profile.jwsType);
    const judge = (windowMs: number) =>
      judgeDigitalId(token, {
        profile,
        trust: parseTrust(trust),
        unsignedByVersion: false,
        level: "L1",
        deviceKey: undefined,
        deviceTime: at,
        windowMs,
        serialNos: ["202600001001"],
        at,
        cache: signerCache(),
      });
    expect((await judge(300_000)).check).toMatchObject({ reason: "DIGITAL_ID_STALE" });
    expect((await judge(500_000)).check).toMatchObject({ status: "passed" });
  });

  test.each(["0.9.5", "sbi-1.0", "sbi-draft-1"] as const)(
    "%s: a session key that says it is for another receiver",
    async (name) => {
      const { answer, verify } = await captured(name, "capture");
      const other = (print: string) => (print[0] === "A" ? "B" : "A") + print.slice(1);
      const { report } = await verify(altered(answer, "thumbprint", other));
      expect(failedChecks(report)).toEqual(["decryption"]);
      expect(reasonOf(report, "decryption")).toBe("OTHER_RECEIVER");
    },
  );
});

const EXPECTED: Readonly<Record<(typeof DEVICE_FAULTS)[number], CheckId | undefined>> = {
  "bad-signature": "signature",
  "expired-certificate": "certificate-chain",
  "wrong-hash-rule": "hash-chain",
  "skewed-clock": "time-window",
  busy: undefined,
  slow: undefined,
  "low-score": "quality",
  "fewer-fingers": "count",
};

// They wait for one another's time-outs, not for the processor.
describe.concurrent.each(PROFILE_NAMES)("faults of a device of %s", (name) => {
  const shown = DEVICE_FAULTS.filter((fault) => EXPECTED[fault] !== undefined).filter(
    // 0.8.4 sends no certificates, so none of them can have expired.
    (fault) => name !== "0.8.4" || fault !== "expired-certificate",
  );

  test.each(shown)("%s fails exactly its check, and goes away again", async (fault) => {
    const { client, faults } = await createWorld(name);
    const { opener } = await simulatorTrust();
    faults.add(fault);
    // A score that is never reached takes all the time that there is.
    const timeoutMs = fault === "low-score" ? 500 : 20_000;
    const wrong = await client.capture(request(name, { timeoutMs }), { opener });
    expect(failedChecks(wrong.report)).toEqual([EXPECTED[fault]]);
    expect(wrong.report.verdict).not.toBe("authentic");
    faults.delete(fault);
    const right = await client.capture(request(name, { timeoutMs: 20_000 }), { opener });
    expect(right.report.verdict).toBe("authentic");
  });

  test("busy: an error object and nothing else", async () => {
    const { client, faults } = await createWorld(name);
    faults.add("busy");
    const { segments, report } = await client.capture(request(name));
    expect(segments).toMatchObject([{ error: { code: "111" } }]);
    expect(report.verdict).toBe("undetermined");
    const [first] = await client.info();
    expect(first?.device.status).toBe("busy");
  });

  test("slow: an error object in time", async () => {
    const { client, faults } = await createWorld(name);
    faults.add("slow");
    const { segments } = await client.capture(request(name, { timeoutMs: 300 }));
    expect(segments).toMatchObject([{ error: { code: "503" } }]);
  });
});

test("a device that follows another rule is told which", async () => {
  const { client, faults } = await createWorld("0.9.5");
  faults.add("wrong-hash-rule");
  const { report } = await client.registrationCapture(
    request("0.9.5", { purpose: "registration" }),
  );
  const check = report.checks.find(({ id }) => id === "hash-chain");
  expect(check).toMatchObject({
    reason: "HASH_OTHER_RULE",
    detail: { followed: "hex-of-payload" },
  });
});
