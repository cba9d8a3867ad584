import { randomBytes, webcrypto, X509Certificate } from "node:crypto";
import { FINGERS, PROFILES, parseToken, verifyCapture } from "@org/mosip-mds-types";
import { systemClock } from "@org/mosip-mds-types/http";
import { FINGER_COMPRESSION, makeFingerRecord } from "@org/mosip-mds-types/records";
import {
  createFixedSource,
  createSimulatedDevice,
  simulatorTrust,
} from "@org/mosip-mds-types/testing";
import type { Contest } from "../harness.js";

const { subtle } = webcrypto;
const profile = PROFILES["0.9.5"];
const RSA = { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" };
/** Size of a finger's image, about that of a lossless one. */
const IMAGE_BYTES = 30_000;

const random = (length: number): Uint8Array => new Uint8Array(randomBytes(length));

const request = {
  env: "developer" as const,
  purpose: "registration" as const,
  timeoutMs: 10_000,
  captureTime: new Date(),
  transactionId: "T-1001",
  bio: [
    {
      wanted: "finger" as const,
      count: 10,
      requestedScore: 40,
      deviceId: "2",
      subId: 0,
      previousHash: "",
    },
  ],
};

/** A device that captures ten fingers of 30 kB without taking time, and what it answers. */
const prepare = async () => {
  const trust = await simulatorTrust();
  const samples = FINGERS.map((subType) => {
    const image = {
      bytes: random(IMAGE_BYTES),
      width: 200,
      height: 150,
      coding: FINGER_COMPRESSION.none,
    };
    const record = makeFingerRecord(subType, image, { time: new Date(), quality: 90 });
    return { subType, quality: 90, record, image: image.bytes };
  });
  const preview = { width: 1, height: 1, pixels: new Uint8Array(1) };
  const service = await createSimulatedDevice({
    profile,
    modality: "finger",
    clock: systemClock,
    random,
    trust,
    source: createFixedSource(samples, preview, systemClock),
  });
  const body = profile.registrationCaptureRequest.write(request).value;
  const context = { callbackId: "http://127.0.0.1:4501", signal: new AbortController().signal };
  const build = async (): Promise<string> => {
    const answer = await service.capture("registration-capture", body, context);
    if (answer.kind !== "json") throw new Error("expected an answer");
    return answer.body;
  };
  return { trust, samples, build };
};

const sha256 = (bytes: Uint8Array) => subtle.digest("SHA-256", bytes as Uint8Array<ArrayBuffer>);

/** Ten signatures over blocks and one over the digital id; two hashes and two turns of base64 a block. */
export const buildAnswer = async (): Promise<Contest> => {
  const { trust, samples, build } = await prepare();
  const { privateKey } = trust.members.registrationDevice;
  const key = await subtle.importKey("pkcs8", privateKey as Uint8Array<ArrayBuffer>, RSA, false, [
    "sign",
  ]);
  const bare = async (): Promise<void> => {
    await subtle.sign(RSA.name, key, Buffer.alloc(400));
    for (const { record } of samples) {
      const value = Buffer.from(record).toString("base64url");
      const payload = Buffer.from(value).toString("base64url");
      const signature = await subtle.sign(RSA.name, key, Buffer.from(payload));
      Buffer.from(signature).toString("base64url");
      await sha256(new Uint8Array(await sha256(record)));
    }
  };
  return {
    title: "registration answer of ten fingers, 30 kB each: build",
    baseline: "bare RSA, SHA and base64",
    contestants: { "bare RSA, SHA and base64": bare, "device service": build },
    budgets: [{ contestant: "device service", atMost: 1.5 }],
  };
};

/** The same operations the other way: ten blocks, one digital id, and the certificates of two paths. */
export const verifyAnswer = async (): Promise<Contest> => {
  const { trust, build } = await prepare();
  const answer = await build();
  const { biometrics } = JSON.parse(answer) as { biometrics: { data: string }[] };
  const publicKeyOf = async (der: Uint8Array) => {
    const spki = new X509Certificate(der).publicKey.export({ type: "spki", format: "der" });
    return subtle.importKey("spki", spki as Buffer<ArrayBuffer>, RSA, false, ["verify"]);
  };
  const { registrationDevice, trustModule } = trust.members;
  const key = await publicKeyOf(registrationDevice.certificate);
  const moduleKey = await publicKeyOf(trustModule.certificate);
  const cut = (token: string) => {
    const end = token.lastIndexOf(".");
    return {
      signed: Buffer.from(token.slice(0, end)),
      signature: Buffer.from(token.slice(end + 1), "base64url"),
      payload: token.slice(token.indexOf(".") + 1, end),
    };
  };
  const blocks = biometrics.map(({ data }) => ({
    ...cut(data),
    value: JSON.parse(parseToken(data).json).bioValue as string,
  }));
  const identity = cut(JSON.parse(parseToken(biometrics[0]!.data).json).digitalId as string);
  const holds = async (
    ofKey: webcrypto.CryptoKey,
    { signed, signature }: ReturnType<typeof cut>,
  ) => {
    if (!(await subtle.verify(RSA.name, ofKey, signature, signed)))
      throw new Error("expected a signature");
  };
  const bare = async (): Promise<void> => {
    // Device by provider, provider by root, trust module by its root: as many bytes as certificates have.
    for (let path = 0; path < 3; path++) await holds(moduleKey, identity);
    await holds(moduleKey, identity);
    for (const block of blocks) {
      await holds(key, block);
      Buffer.from(block.payload, "base64url");
      await sha256(new Uint8Array(await sha256(Buffer.from(block.value, "base64url"))));
    }
  };
  const judge = async (): Promise<void> => {
    const { report } = await verifyCapture(answer, {
      profile,
      kind: "registration-capture",
      trust: trust.trust,
      at: new Date(),
      request,
    });
    if (report.verdict !== "authentic")
      throw new Error(`expected authentic, found ${report.verdict}`);
  };
  return {
    title: "registration answer of ten fingers, 30 kB each: verify",
    baseline: "bare RSA, SHA and base64",
    contestants: { "bare RSA, SHA and base64": bare, verifyCapture: judge },
    budgets: [{ contestant: "verifyCapture", atMost: 3 }],
  };
};
