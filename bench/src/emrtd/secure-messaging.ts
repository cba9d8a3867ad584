import { createCipheriv, randomBytes } from "node:crypto";
import { createSecureMessaging, type SecureMessagingSession } from "@org/emrtd-core";
import { nodeCrypto } from "@org/emrtd-core/node";
import type { Contest } from "../harness.js";

/** READ BINARY of 256 bytes and its answer, AES-128, both directions of the terminal. */
export const secureMessaging = (): Contest => {
  const session: SecureMessagingSession = {
    cipher: "AES-128",
    encryptionKey: new Uint8Array(randomBytes(16)),
    macKey: new Uint8Array(randomBytes(16)),
    sendSequenceCounter: new Uint8Array(16),
  };
  const data = new Uint8Array(randomBytes(256));
  const command = { cla: 0, ins: 0xd6, p1: 0, p2: 0, data };
  const answer = answerTo(session, data);
  const { encryptionKey, macKey } = session;
  const zero = new Uint8Array(16);
  const padded = new Uint8Array(272);
  padded.set(data);
  const maced = new Uint8Array(304);
  return {
    title: "secure messaging with AES-128: a command of 256 bytes and an answer of 256 bytes",
    baseline: "the bare cipher and MAC calls",
    contestants: {
      "the bare cipher and MAC calls": () => {
        const sealIv = nodeCrypto.aesCbcEncrypt(encryptionKey, zero, zero);
        const sealed = nodeCrypto.aesCbcEncrypt(encryptionKey, sealIv, padded);
        nodeCrypto.aesCmac(macKey, maced);
        nodeCrypto.aesCmac(macKey, maced);
        const openIv = nodeCrypto.aesCbcEncrypt(encryptionKey, zero, zero);
        return nodeCrypto.aesCbcDecrypt(encryptionKey, openIv, sealed);
      },
      "protect and unprotect": () => {
        // A session of its own each time, so that the one answer fits its counter.
        const channel = createSecureMessaging(session, nodeCrypto);
        channel.protect(command);
        return channel.unprotect(answer);
      },
    },
    budgets: [{ contestant: "protect and unprotect", atMost: 1.5 }],
  };
};

/** What a chip answers first in this session, made without the package. */
const answerTo = ({ encryptionKey, macKey }: SecureMessagingSession, data: Uint8Array) => {
  const counter = new Uint8Array(16);
  counter[15] = 2;
  const iv = cbc(encryptionKey, new Uint8Array(16), counter);
  const cryptogram = cbc(
    encryptionKey,
    iv,
    Buffer.concat([data, Buffer.from([0x80]), Buffer.alloc(15)]),
  );
  const object = Buffer.concat([
    Buffer.from([0x87, 0x82, (cryptogram.length + 1) >> 8, (cryptogram.length + 1) & 0xff, 0x01]),
    cryptogram,
    Buffer.from([0x99, 0x02, 0x90, 0x00]),
  ]);
  const rest = 16 - ((counter.length + object.length) % 16);
  const input = Buffer.concat([counter, object, Buffer.from([0x80]), Buffer.alloc(rest - 1)]);
  const mac = nodeCrypto.aesCmac(macKey, new Uint8Array(input)).subarray(0, 8);
  return {
    data: new Uint8Array(Buffer.concat([object, Buffer.from([0x8e, 0x08]), mac])),
    statusWord: 0x9000,
  };
};

const cbc = (key: Uint8Array, iv: Uint8Array, data: Uint8Array): Buffer => {
  const cipher = createCipheriv("aes-128-cbc", key, iv).setAutoPadding(false);
  return Buffer.concat([cipher.update(data), cipher.final()]);
};
