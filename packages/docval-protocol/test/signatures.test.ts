import { createPublicKey, generateKeyPairSync, type KeyObject } from "node:crypto";
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { encodeBase64 } from "../src/base64.js";
import type { PostRequest } from "../src/delivery/deliver.js";
import { createRequestSigner } from "../src/delivery/sign-request.js";
import { signatureBase } from "../src/delivery/signature-base.js";
import type {
  SignatureAlgorithm,
  SigningKey,
  VerificationKey,
} from "../src/delivery/signature-keys.js";
import { parseByteSequences, parseSignatureInput } from "../src/delivery/structured-fields.js";
import {
  createSignatureVerifier,
  type SignatureVerifierOptions,
} from "../src/delivery/verify-request.js";
import { importSigningKey, importVerificationKey, webSha256 } from "../src/http/index.js";
import { DocvalError } from "../src/index.js";
import { countingRandom } from "./support/random.js";

const NOW = new Date("2026-01-01T12:00:00Z");
const vector = JSON.parse(readFileSync(new URL("./vectors/rfc9421.json", import.meta.url), "utf8"));

const pem = (key: KeyObject, type: "pkcs8" | "spki") =>
  key.export({ format: "pem", type } as { format: "pem"; type: "pkcs8" }) as string;

const PAIRS: Readonly<
  Record<SignatureAlgorithm, () => { privateKey: KeyObject; publicKey: KeyObject }>
> = {
  ed25519: () => generateKeyPairSync("ed25519"),
  "ecdsa-p256-sha256": () => generateKeyPairSync("ec", { namedCurve: "P-256" }),
  "ecdsa-p384-sha384": () => generateKeyPairSync("ec", { namedCurve: "P-384" }),
  "rsa-pss-sha512": () => generateKeyPairSync("rsa", { modulusLength: 2_048 }),
  "rsa-v1_5-sha256": () => generateKeyPairSync("rsa", { modulusLength: 2_048 }),
};

const pairOf = async (algorithm: SignatureAlgorithm, keyId = "k1") => {
  const { privateKey, publicKey } = PAIRS[algorithm]();
  const options = { keyId, algorithm };
  return {
    signing: await importSigningKey(pem(privateKey, "pkcs8"), options),
    verification: await importVerificationKey(pem(publicKey, "spki"), options),
  };
};

const REQUEST: PostRequest = {
  url: "https://results.test/results?a=1",
  method: "POST",
  headers: { "content-type": "application/json" },
  body: new TextEncoder().encode('{"emrtd_passport":{}}'),
};

const signerOf = (key: SigningKey, now = NOW, seed = 1) =>
  createRequestSigner({ key, sha256: webSha256, random: countingRandom(seed), now: () => now });

const verifierOf = (key: VerificationKey, changes: Partial<SignatureVerifierOptions> = {}) =>
  createSignatureVerifier({ keys: [key], sha256: webSha256, now: () => NOW, ...changes });

/** A request as it arrives. */
const received = (headers: Readonly<Record<string, string>>) => {
  const { url, method, body, headers: own } = REQUEST;
  return { method: method as string, targetUri: url, body, headers: { ...own, ...headers } };
};

describe("the worked example of the standard", () => {
  const data = () => {
    const lines = vector.values.map(([name, value]: [string, string]) => `"${name}": ${value}`);
    return new TextEncoder().encode(
      [...lines, `"@signature-params": ${vector.parameters}`].join("\n"),
    );
  };

  test("is signed to the byte", async () => {
    const key = await importSigningKey(Buffer.from(vector.privateKey, "base64"), { keyId: "k" });
    expect(key.algorithm).toBe("ed25519");
    expect(encodeBase64(await key.sign(data()))).toBe(vector.signature);
  });

  test("is verified", async () => {
    const key = await importVerificationKey(Buffer.from(vector.publicKey, "base64"), {
      keyId: "k",
    });
    expect(await key.verify(data(), Buffer.from(vector.signature, "base64"))).toBe(true);
  });

  test("has the lines that we write", () => {
    const request = {
      method: "POST",
      targetUri: "https://example.com/foo",
      headers: { "content-type": "application/json", "content-length": "18" },
    };
    expect(signatureBase(request, ["@method", "content-type", "content-length"], "(...)")).toBe(
      '"@method": POST\n"content-type": application/json\n"content-length": 18\n"@signature-params": (...)',
    );
  });
});

describe.each(Object.keys(PAIRS) as SignatureAlgorithm[])("%s", (algorithm) => {
  test("what is signed is verified, once", async () => {
    const { signing, verification } = await pairOf(algorithm);
    const headers = await signerOf(signing)(REQUEST);
    const verify = verifierOf(verification);
    expect(await verify(received(headers))).toEqual({ verified: true, keyId: "k1", created: NOW });
    expect(await verify(received(headers))).toEqual({ verified: false, reason: "REPEATED" });
  });
});

describe("a request is refused", () => {
  const keys = pairOf("ecdsa-p256-sha256");
  const judged = async (
    change: (request: ReturnType<typeof received>) => ReturnType<typeof received>,
    options: { signedAt?: Date } & Partial<SignatureVerifierOptions> = {},
  ) => {
    const { signing, verification } = await keys;
    const { signedAt = NOW, ...changes } = options;
    const request = received(await signerOf(signing, signedAt)(REQUEST));
    return verifierOf(verification, changes)(change(request));
  };
  const header =
    (name: string, change: (value: string) => string | undefined) =>
    (request: ReturnType<typeof received>) => {
      const { [name]: value, ...rest } = request.headers;
      const changed = change(value!);
      return { ...request, headers: changed === undefined ? rest : { ...rest, [name]: changed } };
    };
  const ago = (seconds: number) => new Date(NOW.getTime() - 1_000 * seconds);

  test.each<[string, string, Parameters<typeof judged>[0]]>([
    ["without a signature", "MISSING", header("signature", () => undefined)],
    ["without what it covers", "MISSING", header("signature-input", () => undefined)],
    ["with a signature that cannot be read", "MALFORMED", header("signature", () => "result=%")],
    ...["constructor", "__proto__", "toString"].map(
      (name): [string, string, Parameters<typeof judged>[0]] => [
        `over a header called ${name}, which it has not`,
        "MALFORMED",
        header("signature-input", (text) =>
          text.replace('"content-type"', `"content-type" "${name}"`),
        ),
      ],
    ),
    [
      "by a key that nobody knows",
      "UNKNOWN_KEY",
      header("signature-input", (text) => text.replace('"k1"', '"k2"')),
    ],
    [
      "that leaves out the body",
      "UNCOVERED",
      header("signature-input", (text) => text.replace(' "content-digest"', "")),
    ],
    [
      "that leaves out the URL",
      "UNCOVERED",
      header("signature-input", (text) => text.replace(' "@target-uri"', "")),
    ],
    [
      "that says no time",
      "UNCOVERED",
      header("signature-input", (text) => text.replace(/;created=\d+/, "")),
    ],
    [
      "that says no nonce",
      "UNCOVERED",
      header("signature-input", (text) => text.replace(/;nonce="[^"]+"/, "")),
    ],
    [
      "that names another algorithm",
      "UNCOVERED",
      header("signature-input", (text) => text.replace("ecdsa-p256-sha256", "ed25519")),
    ],
    [
      "with another time",
      "INVALID",
      header("signature-input", (text) =>
        text
          .replace(/created=\d/, "created=1")
          .replace(/created=(\d+)/, (_, n) => `created=${Number(n) + 1}`),
      ),
    ],
    [
      "with another nonce",
      "INVALID",
      header("signature-input", (text) => text.replace(/nonce="../, 'nonce="zz')),
    ],
    ["with another type", "INVALID", header("content-type", () => "text/plain")],
    ["with no type", "MALFORMED", header("content-type", () => undefined)],
    ["with another digest", "DIGEST_MISMATCH", header("content-digest", () => "sha-256=:AAAA:")],
    ["without a digest", "DIGEST_MISMATCH", header("content-digest", () => undefined)],
    [
      "with another body",
      "DIGEST_MISMATCH",
      (request) => ({ ...request, body: new Uint8Array(3) }),
    ],
    ["to another URL", "INVALID", (request) => ({ ...request, targetUri: "https://other.test/" })],
    ["with another method", "INVALID", (request) => ({ ...request, method: "PUT" })],
    [
      "with components twice",
      "MALFORMED",
      header("signature-input", (text) => text.replace("(", '("@method" ')),
    ],
  ])("%s", async (_, reason, change) => {
    expect(await judged(change)).toEqual({ verified: false, reason });
  });

  test("that is too old, or from the future", async () => {
    const same = (request: ReturnType<typeof received>) => request;
    expect(await judged(same, { signedAt: ago(301) })).toMatchObject({ reason: "OLD" });
    expect(await judged(same, { signedAt: ago(299) })).toMatchObject({ verified: true });
    expect(await judged(same, { signedAt: ago(-31) })).toMatchObject({ reason: "EARLY" });
    expect(await judged(same, { signedAt: ago(-29) })).toMatchObject({ verified: true });
    expect(await judged(same, { signedAt: ago(11), maxAgeS: 10 })).toMatchObject({ reason: "OLD" });
  });

  test("that is shown again, for as long as it is not too old", async () => {
    const { signing, verification } = await keys;
    const request = received(await signerOf(signing)(REQUEST));
    let now = NOW;
    const verify = verifierOf(verification, { now: () => now });
    expect(await verify(request)).toMatchObject({ verified: true });
    now = ago(-299);
    expect(await verify(request)).toMatchObject({ reason: "REPEATED" });
    now = ago(-301);
    expect(await verify(request)).toMatchObject({ reason: "OLD" });
  });

  test("that somebody else signed with a name that is known", async () => {
    const { verification } = await keys;
    const { signing } = await pairOf("ecdsa-p256-sha256");
    const request = received(await signerOf(signing)(REQUEST));
    expect(await verifierOf(verification)(request)).toMatchObject({ reason: "INVALID" });
  });
});

test("a signature of somebody else may stand before ours", async () => {
  const { signing, verification } = await pairOf("ed25519");
  const headers = await signerOf(signing)(REQUEST);
  const beside = {
    ...headers,
    "signature-input": `proxy=("@method");created=1;keyid="proxy", ${headers["signature-input"]}`,
    signature: `proxy=:AAAA:,\t${headers["signature"]}`,
  };
  expect(await verifierOf(verification)(received(beside))).toMatchObject({ verified: true });
});

describe("structured fields", () => {
  test("any text is read, or refused with our error", () => {
    const almost = fc
      .array(
        fc.constantFrom(
          "a",
          "=",
          "(",
          ")",
          '"@method"',
          ";",
          ":AA==:",
          "1",
          "?1",
          ",",
          " ",
          "\\",
          '"',
          "keyid",
        ),
        { maxLength: 20 },
      )
      .map((parts) => parts.join(""));
    fc.assert(
      fc.property(fc.oneof(almost, fc.string()), (text) => {
        for (const parse of [parseSignatureInput, parseByteSequences]) {
          try {
            parse(text);
          } catch (error) {
            expect(error).toBeInstanceOf(DocvalError);
          }
        }
      }),
      { numRuns: 2_000 },
    );
  });

  test("parameters of a component make it another one", () => {
    const input = parseSignatureInput('s=("content-digest";req "@method");created=5;x;y=token');
    expect(input.get("s")?.components).toEqual(["content-digest;req", "@method"]);
    expect([...input.get("s")!.parameters]).toEqual([
      ["created", 5],
      ["x", true],
      ["y", "token"],
    ]);
  });

  test("a very long field is refused before it is read", () => {
    expect(() => parseSignatureInput("a".repeat(10_000))).toThrow("expected at most 8192");
  });
});

test("what is no key, or no key of the algorithm, is refused", async () => {
  const { privateKey } = PAIRS.ed25519();
  await expect(importSigningKey("nonsense", { keyId: "k" })).rejects.toMatchObject({
    code: "KEY_INVALID",
  });
  await expect(
    importSigningKey(pem(privateKey, "pkcs8"), { keyId: "k", algorithm: "rsa-pss-sha512" }),
  ).rejects.toMatchObject({ code: "KEY_INVALID" });
  await expect(
    importVerificationKey(pem(createPublicKey(privateKey), "spki"), { keyId: "k" }),
  ).resolves.toMatchObject({ algorithm: "ed25519" });
});
