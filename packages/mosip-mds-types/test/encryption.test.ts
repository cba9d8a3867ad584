import {
  constants,
  createCipheriv,
  createDecipheriv,
  createHash,
  createPrivateKey,
  privateDecrypt,
  publicEncrypt,
  X509Certificate,
} from "node:crypto";
import {
  CIPHERS,
  decryptValue,
  encryptValue,
  gcmParameters,
  MdsError,
  normaliseThumbprint,
} from "@org/mosip-mds-types";
import { encryptWithSessionKey, simulatorTrust } from "@org/mosip-mds-types/testing";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { random } from "./world.js";

const timestamp = "2020-12-08T09:39:37Z";
const transactionId = "1234567890-abcdefgh";
const value = Buffer.from("a finger image record");

/** Vector and additional data once more, written for this test from the two texts. */
const byHand = (time: string, id: string) => {
  const length = Math.max(time.length, id.length);
  const a = Buffer.from(time.padStart(length, "\0"), "latin1");
  const b = Buffer.from(id.padStart(length, "\0"), "latin1");
  const mixed = Buffer.from(a.map((byte, index) => byte ^ b[index]!));
  return { iv: mixed.subarray(-12), aad: mixed.subarray(-16) };
};

describe("the cipher of 0.9.5 and later", () => {
  test("vector and additional data are the ends of timestamp XOR transaction id", () => {
    for (const id of ["T", transactionId, "x".repeat(50)]) {
      const { iv, aad } = byHand(timestamp, id);
      const found = gcmParameters("aes-gcm-timestamp-xor-transaction", timestamp, id);
      expect(Buffer.from(found.iv)).toEqual(iv);
      expect(Buffer.from(found.additionalData!)).toEqual(aad);
    }
  });

  test("Node opens what we close", async () => {
    const { members } = await simulatorTrust();
    const closed = await encryptValue({
      value,
      timestamp,
      transactionId,
      certificate: members.partner.certificate,
      cipher: "aes-gcm-timestamp-xor-transaction",
      random,
    });
    const key = privateDecrypt(
      {
        key: createPrivateKey({
          key: Buffer.from(members.partner.privateKey),
          format: "der",
          type: "pkcs8",
        }),
        padding: constants.RSA_PKCS1_OAEP_PADDING,
        oaepHash: "sha256",
      },
      closed.sessionKey,
    );
    const { iv, aad } = byHand(timestamp, transactionId);
    const decipher = createDecipheriv("aes-256-gcm", key, iv);
    decipher.setAAD(aad);
    decipher.setAuthTag(closed.bioValue.subarray(-16));
    const opened = Buffer.concat([
      decipher.update(closed.bioValue.subarray(0, -16)),
      decipher.final(),
    ]);
    expect(opened).toEqual(value);
    expect(closed.thumbprint).toBe(
      createHash("sha256").update(members.partner.certificate).digest("hex").toUpperCase(),
    );
  });

  test("we open what Node closes", async () => {
    const { members, opener } = await simulatorTrust();
    const key = Buffer.from(random(32));
    const { iv, aad } = byHand(timestamp, transactionId);
    const cipher = createCipheriv("aes-256-gcm", key, iv);
    cipher.setAAD(aad);
    const bioValue = Buffer.concat([cipher.update(value), cipher.final(), cipher.getAuthTag()]);
    const sessionKey = publicEncrypt(
      {
        key: new X509Certificate(Buffer.from(members.partner.certificate)).publicKey,
        padding: constants.RSA_PKCS1_OAEP_PADDING,
        oaepHash: "sha256",
      },
      key,
    );
    const opened = await decryptValue({
      bioValue,
      sessionKey,
      timestamp,
      transactionId,
      cipher: "aes-gcm-timestamp-xor-transaction",
      opener,
    });
    expect(Buffer.from(opened)).toEqual(value);
  });
});

test("the cipher of 0.9.2: the last 16 characters of the timestamp, and no additional data", () => {
  const { iv, additionalData } = gcmParameters(
    "aes-gcm-timestamp-tail",
    "2019-02-15T10:01:57.086+05:30",
    "T",
  );
  expect(Buffer.from(iv).toString()).toBe(":01:57.086+05:30");
  expect(additionalData).toBeUndefined();
});

describe.each(CIPHERS)("%s", (cipher) => {
  const parts = async () => {
    const { members, opener } = await simulatorTrust();
    const closed = await encryptWithSessionKey(
      { value, timestamp, transactionId, certificate: members.partner.certificate, cipher },
      random(32),
    );
    return { ...closed, timestamp, transactionId, cipher, opener };
  };

  test("what is closed opens, and every flipped bit is noticed", async () => {
    const closed = await parts();
    expect(Buffer.from(await decryptValue(closed))).toEqual(value);
    for (let at = 0; at < closed.bioValue.length; at += 7) {
      const bioValue = closed.bioValue.slice();
      bioValue[at]! ^= 1;
      await expect(decryptValue({ ...closed, bioValue })).rejects.toThrow(MdsError);
    }
    const sessionKey = closed.sessionKey.slice();
    sessionKey[9]! ^= 1;
    await expect(decryptValue({ ...closed, sessionKey })).rejects.toMatchObject({
      code: "DECRYPTION_FAILED",
    });
  });

  test("another time does not open it", async () => {
    const closed = await parts();
    const wrong = { ...closed, timestamp: "2020-12-08T09:39:38Z" };
    await expect(decryptValue(wrong)).rejects.toMatchObject({ code: "DECRYPTION_FAILED" });
  });

  test("texts that are too short are refused", () => {
    expect(() => gcmParameters(cipher, "short", "")).toThrow(MdsError);
  });
});

test("two values never share a session key", async () => {
  const { members } = await simulatorTrust();
  const input = {
    value,
    timestamp,
    transactionId,
    certificate: members.partner.certificate,
    cipher: "aes-gcm-timestamp-xor-transaction" as const,
    random,
  };
  const [a, b] = [await encryptValue(input), await encryptValue(input)];
  expect(a.bioValue).not.toEqual(b.bioValue);
});

test("thumbprints in hexadecimal or base64", () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), (bytes) => {
      const hex = Buffer.from(bytes).toString("hex");
      expect(normaliseThumbprint(hex)).toBe(hex.toUpperCase());
      expect(normaliseThumbprint(Buffer.from(bytes).toString("base64"))).toBe(hex.toUpperCase());
    }),
  );
  expect(normaliseThumbprint("xyz")).toBeUndefined();
});
