import { generateKeyPairSync, randomBytes } from "node:crypto";
import {
  createRequestSigner,
  importSigningKey,
  importVerificationKey,
  webSha256,
} from "@org/docval-protocol/server";
import { beforeAll, describe, expect, test } from "vitest";
import { createResultDesk, type ResultDesk } from "../src/stations/result-desk.js";

const URL_HERE = "http://127.0.0.1:8088/results/docval";
const random = (length: number) => new Uint8Array(randomBytes(length));

const RESULT = {
  emrtd_passport: {
    passive_authentication: true,
    chip_authentication_result: "UNAVAILABLE",
    active_authentication_result: "SUCCESS",
    errors: [],
  },
};

const makeSigner = async (keyId: string) => {
  const pair = generateKeyPairSync("ed25519");
  const pem = (key: typeof pair.privateKey, type: "pkcs8" | "spki") =>
    key.export({ type, format: "pem" } as never).toString();
  const key = await importSigningKey(pem(pair.privateKey, "pkcs8"), { keyId });
  return {
    sign: createRequestSigner({ key, sha256: webSha256, random, now: () => new Date() }),
    known: await importVerificationKey(pem(pair.publicKey, "spki"), { keyId }),
  };
};
type Signer = Awaited<ReturnType<typeof makeSigner>>;

describe("where results are taken", () => {
  let server: Signer;
  let stranger: Signer;
  let desk: ResultDesk;
  beforeAll(async () => {
    server = await makeSigner("docval");
    stranger = await makeSigner("docval");
    desk = createResultDesk({ keys: [server.known], targetUri: URL_HERE });
  });

  const requestOf = async (
    id: string,
    { sign }: Pick<Signer, "sign"> = server,
    { url = URL_HERE, body = JSON.stringify({ ...RESULT, client_validation_id: id }) } = {},
  ): Promise<Request> => {
    const headers = { "content-type": "application/json" };
    const bytes = new TextEncoder().encode(body);
    const signed = await sign({ url, method: "POST", headers, body: bytes });
    return new Request(URL_HERE, { method: "POST", headers: { ...headers, ...signed }, body });
  };
  const status = async (request: Request) => (await desk.handle(request)).status;

  test("takes the one that is waited for, once", async () => {
    const place = desk.expect("a");
    const request = await requestOf("a");
    expect(await status(request.clone())).toBe(204);
    expect(place.result).toMatchObject({
      keyId: "docval",
      passport: { passiveAuthentication: true },
    });
    expect(await status(request)).toBe(401);
    expect(await status(await requestOf("a"))).toBe(404);
  });

  test("refuses what nobody waits for, or waits for no more", async () => {
    expect(await status(await requestOf("nobody"))).toBe(404);
    desk.expect("b").close();
    expect(await status(await requestOf("b"))).toBe(404);
  });

  test("refuses what is not signed, signed by another, or signed for another place", async () => {
    const place = desk.expect("c");
    const body = JSON.stringify({ ...RESULT, client_validation_id: "c" });
    expect(await status(new Request(URL_HERE, { method: "POST", body }))).toBe(401);
    expect(await status(await requestOf("c", stranger))).toBe(401);
    expect(await status(await requestOf("c", server, { url: "https://elsewhere.example/" }))).toBe(
      401,
    );
    expect(place.result).toBeUndefined();
  });

  test("refuses a body that was changed on its way, and one that is no result", async () => {
    desk.expect("d");
    const request = await requestOf("d");
    const body = (await request.clone().text()).replace("SUCCESS", "UNAVAILABLE");
    const { headers } = request;
    expect(await status(new Request(URL_HERE, { method: "POST", headers, body }))).toBe(401);
    expect(await status(await requestOf("d", server, { body: "[]" }))).toBe(400);
  });
});
