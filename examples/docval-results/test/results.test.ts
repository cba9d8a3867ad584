import { generateKeyPairSync, type KeyObject } from "node:crypto";
import { type EmrtdPassport, ValidationResult } from "@org/docval-protocol";
import {
  createRequestSigner,
  createRequestVerifier,
  deliverResult,
  fetchPost,
  importSigningKey,
  importVerificationKey,
  webSha256,
} from "@org/docval-protocol/server";
import { systemClock as clock } from "@org/transports";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type ReceivedResult, startResultServer } from "../src/server.js";

const PASSPORT: EmrtdPassport = {
  sodInfo: null,
  mrzInfo: null,
  facePhoto: null,
  signaturePhotos: [],
  additionalPersonalDetails: null,
  additionalDocumentDetails: null,
  passiveAuthentication: true,
  passiveAuthenticationDetails: null,
  chipAuthenticationResult: "SUCCESS",
  activeAuthenticationResult: "UNAVAILABLE",
  errors: [],
};
const TEXT = ValidationResult.encode({ emrtd_passport: PASSPORT, client_validation_id: "v" });
const BODY = new TextEncoder().encode(TEXT);

const received: ReceivedResult[] = [];
let server: { url: string; close(): Promise<void> };
const pairs = [generateKeyPairSync("ed25519"), generateKeyPairSync("ed25519")];
const pem = (key: KeyObject, type: "pkcs8" | "spki") =>
  String(key.export({ format: "pem", type } as { format: "pem"; type: "pkcs8" }));

beforeAll(async () => {
  const key = await importVerificationKey(pem(pairs[0]!.publicKey, "spki"), { keyId: "k" });
  server = await startResultServer({
    verify: createRequestVerifier({ keys: [key], now: () => new Date() }),
    onResult: (result) => void received.push(result),
  });
});
afterAll(() => server.close());

const deliver = async (pair: (typeof pairs)[number], ago = 0) => {
  const key = await importSigningKey(pem(pair.privateKey, "pkcs8"), { keyId: "k" });
  const random = (length: number) => crypto.getRandomValues(new Uint8Array(length));
  const now = () => new Date(Date.now() - ago);
  const sign = createRequestSigner({ key, sha256: webSha256, random, now });
  return deliverResult(`${server.url}/any/path?a=1`, BODY, { clock, post: fetchPost(), sign });
};

describe("a result server", () => {
  test("takes what is signed, and tells of it", async () => {
    expect(await deliver(pairs[0]!)).toMatchObject({
      delivered: true,
      attempts: [{ outcome: 204 }],
    });
    expect(received.at(-1)).toEqual({
      validationId: "v",
      passive: true,
      chip: "SUCCESS",
      active: "UNAVAILABLE",
      verified: true,
      body: BODY,
    });
  });

  test("refuses what another signed, long ago, or nobody, and is not asked again", async () => {
    const refused = { delivered: false, attempts: [{ outcome: 401 }] };
    expect(await deliver(pairs[1]!)).toMatchObject(refused);
    expect(received.at(-1)).toMatchObject({ verified: false, refused: "INVALID" });
    expect(await deliver(pairs[0]!, 3_600_000)).toMatchObject(refused);
    expect(received.at(-1)).toMatchObject({ verified: false, refused: "OLD" });
    const unsigned = await fetch(server.url, { method: "POST", body: BODY });
    expect(unsigned.status).toBe(401);
    expect(received.at(-1)).toMatchObject({ verified: false, refused: "MISSING" });
  });

  test("refuses what is no result", async () => {
    const count = received.length;
    const post = async (body: string | Uint8Array<ArrayBuffer>) =>
      (await fetch(server.url, { method: "POST", body })).status;
    expect(await post("{}")).toBe(400);
    expect(await post("nonsense")).toBe(400);
    expect(await post(Uint8Array.of(0xff))).toBe(400);
    expect((await fetch(server.url)).status).toBe(405);
    expect(received).toHaveLength(count);
  });

  test("that asks for no signature says so; one that fails is asked again", async () => {
    let failures = 1;
    const lines: ReceivedResult[] = [];
    const errors: unknown[] = [];
    const plain = await startResultServer({
      onError: (error) => void errors.push(error),
      onResult(result) {
        if (failures-- > 0) throw new Error("disk full");
        lines.push(result);
      },
    });
    const report = await deliverResult(plain.url, BODY, {
      clock,
      post: fetchPost(),
      pausesMs: [1],
    });
    expect(report.attempts.map(({ outcome }) => outcome)).toEqual([500, 204]);
    expect(lines).toMatchObject([{ verified: null }]);
    expect(errors).toEqual([new Error("disk full")]);
    await plain.close();
  });
});
