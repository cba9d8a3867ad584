import { generateKeyPairSync } from "node:crypto";
import {
  createRequestSigner,
  createRequestVerifier,
  importSigningKey,
  importVerificationKey,
  webSha256,
} from "@org/docval-protocol/server";
import { biometricImages, createTrustStore, decodeDg2 } from "@org/emrtd-core";
import type { ProfileName } from "@org/emrtd-core/testing";
import { openWebSocket } from "@org/transports/node/websocket";
import { decode } from "jpeg-js";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import certificate from "../../../packages/transports/test/vectors/localhost-certificate.json" with {
  type: "json",
};
import { randomBytes } from "../src/random.js";
import { chipOf, documentOf, type Rig, startRig, TRUST } from "./rig.js";

const AUTHENTIC = { by: "server", code: 1000, reason: "", posted: true };

/** A signer and the verifier of its results. */
const signature = async () => {
  const { privateKey, publicKey } = generateKeyPairSync("ed25519");
  const pem = { format: "pem" } as const;
  const now = () => new Date();
  const [key, known] = await Promise.all([
    importSigningKey(String(privateKey.export({ ...pem, type: "pkcs8" })), { keyId: "k" }),
    importVerificationKey(String(publicKey.export({ ...pem, type: "spki" })), { keyId: "k" }),
  ]);
  return {
    sign: createRequestSigner({ key, sha256: webSha256, random: randomBytes, now }),
    verify: createRequestVerifier({ keys: [known], now }),
  };
};

describe("a server on a socket", () => {
  let rig: Rig;
  beforeAll(async () => {
    const { sign, verify } = await signature();
    rig = await startRig({ sign }, { verify, onResult: () => {} });
  });
  afterAll(() => rig.close());

  test.each<[1 | 2, ProfileName, object]>([
    [2, "ca-aes", { passive: true, chip: "SUCCESS", active: "UNAVAILABLE" }],
    [1, "ca-aes", { passive: true, chip: "SUCCESS", active: "UNAVAILABLE" }],
    [2, "tampered", { passive: false, chip: "UNAVAILABLE", active: "SUCCESS" }],
    [1, "cloned", { passive: true, chip: "UNAVAILABLE", active: "FAILED" }],
  ])(
    "version %i, %s: a result that is posted, signed and returned",
    async (version, profile, line) => {
      const before = rig.results.length;
      const { close, result } = await rig.verify(version, profile, { result: true });
      expect(close).toEqual(AUTHENTIC);
      expect(rig.results.slice(before)).toMatchObject([
        { validationId: "a-validation", verified: true, ...line },
      ]);
      expect(result?.mrzInfo?.primaryIdentifier).toBe("ERIKSSON");
    },
  );

  test("a portrait in JPEG 2000 is shown as JPEG", async () => {
    const { result } = await rig.verify(2, "tampered", { result: true });
    const photo = decode(result!.facePhoto!, { useTArray: true });
    expect([photo.width, photo.height]).toEqual([180, 240]);
    // The drawing has a light corner; a picture that was not decoded is black or noise.
    expect(Math.min(...photo.data.subarray(0, 3))).toBeGreaterThan(150);
    expect(result?.errors).not.toContain("DG2: IMAGE_NOT_CONVERTED");
  });

  test.each([1, 2] as const)(
    "a portrait in JPEG is shown to the byte, version %i",
    async (version) => {
      const { result } = await rig.verify(version, "ca-aes", { result: true });
      const { DG2 } = documentOf("ca-aes").files;
      expect(result!.facePhoto).toEqual(biometricImages(decodeDg2(DG2!))[0]);
      expect(decode(result!.facePhoto!)).toMatchObject({ width: 180, height: 240 });
      expect(result!.errors).toEqual([]);
    },
  );

  test("judges files alone, tells of its health, and counts", async () => {
    const form = new FormData();
    form.set("client_id", "desk");
    const { SOD, DG1 } = documentOf("ca-aes").files;
    form.set("sod", new Blob([Uint8Array.from(SOD!)]));
    form.set("dg1", new Blob([Uint8Array.from(DG1!)]));
    const [judged, health, missing, wrong, plain] = await Promise.all([
      fetch(`${rig.url}/v4/validate`, { method: "POST", body: form }),
      fetch(`${rig.url}/healthz`),
      fetch(`${rig.url}/elsewhere`),
      fetch(`${rig.url}/metrics`, { method: "POST" }),
      fetch(`${rig.url}/ws2/validate`),
    ]);
    expect(await judged.json()).toMatchObject({
      emrtd_passport: { passive_authentication: true, chip_authentication_result: "UNAVAILABLE" },
    });
    expect([health.status, await health.json()]).toEqual([200, { status: "ok", sessions: 0 }]);
    expect([missing.status, wrong.status]).toEqual([404, 405]);
    expect([plain.status, plain.headers.get("upgrade")]).toEqual([426, "websocket"]);
    const metrics = await (await fetch(`${rig.url}/metrics`)).text();
    expect(metrics).toMatch(/docval_sessions_total\{version="2",reason="OK",by="server"\} \d/);
    expect(metrics).toMatch(
      /docval_results_total\{passive="false",chip="UNAVAILABLE",active="SUCCESS"\} \d/,
    );
    expect(metrics).toContain('docval_sessions_active{version="2"} 0');
    expect(metrics).toMatch(/docval_delivery_attempts_total\{outcome="204"\} \d/);
    expect(metrics).not.toMatch(/ERIKSSON|L898902C3|desk|a-validation/);
  });

  test("a frame beyond the limit ends its connection with 1009, and no other", async () => {
    const channel = await openWebSocket(`${rig.url.replace("http", "ws")}/ws2/validate`);
    const other = rig.verify(2, "ca-aes");
    await channel.send("x".repeat(2 * 1024 * 1024)).catch(() => {});
    expect(await channel.closed).toMatchObject({ by: "peer", code: 1009, reason: "" });
    expect((await other).close.posted).toBe(true);
  });

  test("whom to believe is asked for each document", async () => {
    let trust = createTrustStore([]);
    const changing = await startRig({ trust: () => trust });
    try {
      const before = await changing.verify(2, "ca-aes", { result: true });
      trust = TRUST;
      const after = await changing.verify(2, "ca-aes", { result: true });
      expect(before.result?.passiveAuthentication).toBe(false);
      expect(before.result?.errors).toContain("document-signer-chain: NO_TRUST_ANCHOR");
      expect(after.result?.passiveAuthentication).toBe(true);
    } finally {
      await changing.close();
    }
  });
});

describe("who is let in", () => {
  test("with a token, whoever shows it", async () => {
    const rig = await startRig({ authorization: "secret" });
    try {
      const refused = { code: "HANDSHAKE_REFUSED", status: 401 };
      await expect(rig.verify(2, "ca-aes")).rejects.toMatchObject(refused);
      await expect(rig.verify(1, "ca-aes", { authorization: "wrong" })).rejects.toMatchObject(
        refused,
      );
      expect((await rig.verify(2, "ca-aes", { authorization: "secret" })).close).toEqual(AUTHENTIC);
      expect((await fetch(`${rig.url}/v4/validate`, { method: "POST" })).status).toBe(401);
      expect((await fetch(`${rig.url}/healthz`)).status).toBe(200);
    } finally {
      await rig.close();
    }
  });

  test("of web pages, those that are named", async () => {
    const rig = await startRig({ origins: ["https://app.test"] });
    try {
      const open = (Origin: string) =>
        openWebSocket(`${rig.url.replace("http", "ws")}/ws2/validate`, { headers: { Origin } });
      await expect(open("https://evil.test")).rejects.toMatchObject({ status: 403 });
      await (await open("https://app.test")).close();
    } finally {
      await rig.close();
    }
  });

  test("over TLS, with a certificate that is trusted", async () => {
    const [cert, key] = [Buffer.from(certificate.cert), Buffer.from(certificate.key)];
    const rig = await startRig({ tls: { cert, key } });
    const url = `${rig.url.replace("https://127.0.0.1", "wss://localhost")}/ws2/validate`;
    try {
      expect((await rig.verify(2, "ca-aes", { url, ca: cert })).close).toEqual(AUTHENTIC);
      await expect(rig.verify(2, "ca-aes", { url })).rejects.toMatchObject({
        code: "CONNECT_FAILED",
      });
    } finally {
      await rig.close();
    }
  });
});

describe("a server that is to end", () => {
  /** A session that stands in the middle of its chip's reading until it is let go. */
  const halted = (rig: Rig, version: 1 | 2) => {
    const { transceive } = chipOf("ca-aes");
    let release = () => {};
    let arrive = () => {};
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    const arrived = new Promise<void>((resolve) => {
      arrive = resolve;
    });
    let commands = 0;
    const ended = rig.verify(version, "ca-aes", {
      async transceive(command) {
        if (++commands === 12) {
          arrive();
          await released;
        }
        return transceive(command);
      },
    });
    return { arrived, release, ended };
  };

  test("takes no new session, and lets the running ones finish", async () => {
    const rig = await startRig();
    const sessions = [halted(rig, 1), halted(rig, 2)];
    await Promise.all(sessions.map(({ arrived }) => arrived));
    const closing = rig.closeServer();
    await expect(rig.verify(2, "ca-aes")).rejects.toMatchObject({ status: 503 });
    const health = await fetch(`${rig.url}/healthz`);
    expect([health.status, await health.json()]).toEqual([503, { status: "closing", sessions: 2 }]);
    for (const { release } of sessions) release();
    for (const { ended } of sessions) expect((await ended).close).toEqual(AUTHENTIC);
    await closing;
    expect(rig.results).toHaveLength(2);
    await expect(fetch(`${rig.url}/healthz`)).rejects.toThrow();
    await rig.close();
  });

  test("waits for them no longer than it was told", async () => {
    const rig = await startRig({ graceMs: 50 });
    const session = halted(rig, 2);
    await session.arrived;
    await rig.closeServer();
    session.release();
    expect((await session.ended).close).toMatchObject({ by: "server", code: 1001, posted: false });
    await rig.close();
  });
});
