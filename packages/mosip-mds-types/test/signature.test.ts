import {
  decodeBase64,
  encodeBase64,
  encodeBase64Url,
  isTokenSignedBy,
  type MdsError,
  PROFILES,
  parseCertificate,
  parseToken,
  type Report,
  rs256Key,
  signToken,
  type Trust,
  verifyCapture,
  verifyDeviceInfo,
} from "@org/mosip-mds-types";
import { simulatorTrust } from "@org/mosip-mds-types/testing";
import { CompactSign, compactVerify, importPKCS8, importX509 } from "jose";
import { describe, expect, test } from "vitest";
import openssl from "./vectors/openssl.json" with { type: "json" };

const { certificates } = openssl;
const at = new Date(openssl.signedAt);
const trust: Trust = {
  anchors: [decodeBase64(certificates.root)],
  trustModuleAnchors: [decodeBase64(certificates.ftmRoot)],
  devices: [certificates.ecDevice, certificates.device, certificates.provider].map(decodeBase64),
};
const problems = (report: Report): readonly string[] =>
  report.checks
    .filter(({ status }) => status === "failed" || status === "undetermined")
    .map(({ id, status, reason }) => `${id} ${status} ${reason}`);

const registration = (answer: string, name: "0.8.4" | "0.9.5") =>
  verifyCapture(answer, {
    profile: PROFILES[name],
    kind: "registration-capture",
    trust,
    at,
    level: "L1",
  });

describe("answers signed by OpenSSL", () => {
  test.each([
    ["typ", openssl.registration095],
    ["type", openssl.registration095Type],
    ["neither", openssl.registration095NoType],
  ])("a registration of 0.9.5, %s in its header", async (_what, answer) => {
    const { report, segments } = await registration(answer, "0.9.5");
    expect(problems(report)).toEqual([]);
    expect(report.verdict).toBe("authentic");
    expect(segments.map(({ block }) => block?.subType)).toEqual(["left-index", "left-middle"]);
    expect(segments[0]?.digitalId?.serialNo).toBe("202600001001");
    expect(segments[0]?.doublyEncoded).toBeUndefined();
  });

  test("a payload that is base64 twice over is opened, and reported", async () => {
    const { report, segments } = await registration(openssl.registration095Doubled, "0.9.5");
    expect(problems(report)).toEqual([]);
    expect(segments.map(({ doublyEncoded }) => doublyEncoded)).toEqual([true, true]);
  });

  test.each([
    ["the block", openssl.registration084],
    ["the block and the hash", openssl.registration084Both],
  ])("a registration of 0.8.4 with a signature of %s", async (_what, answer) => {
    const { report } = await registration(answer, "0.8.4");
    expect(problems(report)).toEqual([]);
    expect(report.verdict).toBe("authentic");
  });

  test("a wrong signature of the hash fails, whether or not that of the block holds", async () => {
    const json = JSON.parse(openssl.registration084Both);
    const [block] = json.biometrics[0].signature.split(".");
    json.biometrics[0].signature = `${block}.${block}`;
    const { report } = await registration(JSON.stringify(json), "0.8.4");
    expect(report.checks[0]).toMatchObject({ status: "failed", detail: { of: "hash" } });
  });

  test("device info of 0.9.5 and of 0.8.4", async () => {
    for (const [name, answer] of [
      ["0.9.5", openssl.info095],
      ["0.8.4", openssl.info084],
    ] as const) {
      const [device] = await verifyDeviceInfo(answer, { profile: PROFILES[name], trust, at });
      expect(device?.report.verdict).toBe("authentic");
      expect(device?.device).toMatchObject({ deviceId: "1", level: "L1" });
    }
  });

  test("0.8.4 signs the element as sent: another blank in it is another element", async () => {
    const answer = openssl.info084.replace('"firmware": "1"', '"firmware":"1"');
    expect(answer).not.toBe(openssl.info084);
    const [device] = await verifyDeviceInfo(answer, { profile: PROFILES["0.8.4"], trust, at });
    expect(device?.report.checks[0]).toMatchObject({ status: "failed", reason: "SIGNATURE_WRONG" });
    expect(device?.report.verdict).toBe("not-authentic");
  });

  test("without trust nothing is proved, and nothing is disproved", async () => {
    const { report } = await verifyCapture(openssl.registration095, {
      profile: PROFILES["0.9.5"],
      kind: "registration-capture",
      trust: { anchors: [] },
      at,
    });
    expect(report.verdict).toBe("undetermined");
    expect(report.checks[1]).toMatchObject({ status: "undetermined", reason: "NO_TRUST_ANCHOR" });
  });

  test("at another time it is outside the window, and the certificate is still judged at signing", async () => {
    const { report } = await verifyCapture(openssl.registration095, {
      profile: PROFILES["0.9.5"],
      kind: "registration-capture",
      trust,
      at: new Date("2051-01-01T00:00:00Z"),
      level: "L1",
    });
    expect(report.checks.filter(({ status }) => status === "failed").map(({ id }) => id)).toEqual([
      "time-window",
    ]);
  });
});

describe("one changed character of what OpenSSL signed", () => {
  const json = JSON.parse(openssl.registration095);
  const data: string = json.biometrics[1].data;
  const spots = [
    ["header", 5],
    ["certificate", 900],
    ["payload", data.indexOf(".") + 40],
    ["signature", data.lastIndexOf(".") + 50],
  ] as const;

  test.each(spots)(
    "%s: never authentic, and the signature or chain says so",
    async (_what, spot) => {
      const changed = structuredClone(json);
      const other = data[spot] === "A" ? "B" : "A";
      changed.biometrics[1].data = data.slice(0, spot) + other + data.slice(spot + 1);
      const { report } = await registration(JSON.stringify(changed), "0.9.5");
      expect(report.verdict).not.toBe("authentic");
      expect(
        report.checks
          .slice(0, 2)
          .some(({ status }) => status === "failed" || status === "undetermined"),
      ).toBe(true);
    },
  );
});

describe("tokens and the jose library", () => {
  const payload = new TextEncoder().encode('{"a":1}');

  test("jose verifies what we sign", async () => {
    const { members } = await simulatorTrust();
    const token = await signToken(payload, members.device.signer, { typ: "JWT" });
    const pem = `-----BEGIN CERTIFICATE-----\n${encodeBase64(members.device.certificate)}\n-----END CERTIFICATE-----`;
    const { payload: read, protectedHeader } = await compactVerify(
      token,
      await importX509(pem, "RS256"),
    );
    expect(new TextDecoder().decode(read)).toBe('{"a":1}');
    expect(protectedHeader).toEqual({
      alg: "RS256",
      typ: "JWT",
      x5c: members.device.signer.certificates.map(encodeBase64),
    });
  });

  test("we verify what jose signs", async () => {
    const { members } = await simulatorTrust();
    const { certificate, privateKey } = members.device;
    const pem = `-----BEGIN PRIVATE KEY-----\n${encodeBase64(privateKey)}\n-----END PRIVATE KEY-----`;
    const text = await new CompactSign(payload)
      .setProtectedHeader({ alg: "RS256", x5c: [encodeBase64(certificate)] })
      .sign(await importPKCS8(pem, "RS256"));
    const token = parseToken(text);
    expect(token.json).toBe('{"a":1}');
    const [own] = token.signed!.certificates;
    expect(await isTokenSignedBy(token, await rs256Key(parseCertificate(own!)))).toBe(true);
    const other = await rs256Key(parseCertificate(members.trustModule.certificate));
    expect(await isTokenSignedBy(token, other)).toBe(false);
  });
});

describe("forms of a token", () => {
  const head = (header: object) =>
    encodeBase64Url(new TextEncoder().encode(JSON.stringify(header)));
  const token = (header: object) => parseToken(`${head(header)}.e30.AQID`);

  test("one segment is unsigned", () => {
    expect(parseToken("e30")).toMatchObject({ json: "{}" });
    expect(parseToken("e30").signed).toBeUndefined();
  });

  test.each([
    ["a list", [certificates.device]],
    ["one text", certificates.device],
    [
      "the other alphabet, without padding",
      certificates.device.replace(/\+/g, "-").replace(/\//g, "_").replace(/=/g, ""),
    ],
    ["PEM", `-----BEGIN CERTIFICATE-----\n${certificates.device}\n-----END CERTIFICATE-----\n`],
  ])("certificates as %s", (_what, x5c) => {
    expect(token({ alg: "RS256", x5c }).signed?.certificates).toEqual([
      decodeBase64(certificates.device),
    ]);
  });

  test("both alphabets in all three segments", () => {
    const standard = `${btoa('{"alg":"RS256"}')}.${btoa('{"a":"???>>>"}')}.+/8=`;
    expect(standard.split(".")[1]).toMatch(/[+/]/);
    expect(parseToken(standard)).toMatchObject({ json: '{"a":"???>>>"}' });
    expect(parseToken(standard).signed?.signature).toEqual(Uint8Array.of(0xfb, 0xff));
  });

  test.each([
    ["two segments", "e30.e30"],
    ["four segments", "e30.e30.e30.e30"],
    ["a header that is no JSON", "AQID.e30.AQID"],
    ["a header that is no object", `${btoa("[]")}.e30.AQID`],
    ["a critical extension", `${btoa('{"alg":"RS256","crit":["b64"],"b64":false}')}.e30.AQID`],
    ["a payload that is no text", "e30._w.AQID"],
    ["no base64", "e30.e30.###"],
    [
      "nine certificates",
      `${btoa(JSON.stringify({ alg: "RS256", x5c: Array(9).fill("AQID") }))}.e30.AQID`,
    ],
  ])("%s is refused", (_what, text) => {
    expect(() => parseToken(text)).toThrow(
      expect.objectContaining({ code: "JWS_MALFORMED" } satisfies Partial<MdsError>),
    );
  });

  test.each(["none", "HS256", "RS512", "PS256", "rs256", ""])(
    "algorithm %j is not allowed, whatever the signature",
    async (alg) => {
      const [first] = JSON.parse(openssl.registration095).biometrics;
      const [old, payload, signature] = first.data.split(".");
      const header = JSON.parse(atob(old));
      const data = [head({ ...header, alg }), payload, signature].join(".");
      const { report } = await registration(
        JSON.stringify({ biometrics: [{ ...first, data }] }),
        "0.9.5",
      );
      expect(report.checks[0]).toMatchObject({
        status: "failed",
        reason: "ALGORITHM_NOT_ALLOWED",
      });
      expect(report.verdict).toBe("not-authentic");
    },
  );
});

describe("keys", () => {
  test("an RSA key below 2048 bits, and an elliptic one, make no signature of a device", async () => {
    for (const name of ["weakDevice", "ecDevice"] as const) {
      await expect(rs256Key(parseCertificate(decodeBase64(certificates[name])))).rejects.toThrow(
        expect.objectContaining({ code: "CERTIFICATE_UNSUPPORTED" }),
      );
    }
  });
});
