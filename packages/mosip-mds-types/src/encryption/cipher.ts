import { utf8 } from "../bytes.js";
import { MdsError } from "../errors.js";

/**
 * How a captured value is encrypted with its session key: AES-256-GCM, tag of 128 bits behind the value.
 *
 * `aes-gcm-timestamp-xor-transaction`: timestamp XOR transaction id gives the initialisation vector (its
 * last 12 bytes) and the additional data (its last 16). 0.9.5 and later.
 *
 * `aes-gcm-timestamp-tail`: the vector is the last 16 characters of the timestamp, and there is no
 * additional data. 0.9.2 ("last 16 digits of the timestamp").
 *
 * 0.8.4 says only that there is a session key: the first of these is this package's choice for it.
 */
export const CIPHERS = ["aes-gcm-timestamp-xor-transaction", "aes-gcm-timestamp-tail"] as const;
export type Cipher = (typeof CIPHERS)[number];

/** Bytes of the session key, of the tag, of the vector and of the additional data. */
export const SESSION_KEY_LENGTH = 32;
export const TAG_LENGTH = 16;
const IV_LENGTH = 12;
const TAIL_LENGTH = 16;

export interface GcmParameters {
  readonly iv: Uint8Array;
  readonly additionalData: Uint8Array | undefined;
}

/**
 * Vector and additional data, from texts that stand in the data block.
 *
 * The shorter text is padded in front with zero bytes, so that the ends meet; the documents do not say
 * so, the implementations agree.
 *
 * @throws MdsError `ENCRYPTION_INPUT` when the texts are too short.
 */
export const gcmParameters = (
  cipher: Cipher,
  timestamp: string,
  transactionId: string,
): GcmParameters => {
  const time = utf8(timestamp);
  if (cipher === "aes-gcm-timestamp-tail") {
    if (time.length < TAIL_LENGTH) {
      throw tooShort(time.length);
    }
    return { iv: time.slice(-TAIL_LENGTH), additionalData: undefined };
  }
  const id = utf8(transactionId);
  const length = Math.max(time.length, id.length);
  if (length < TAIL_LENGTH) {
    throw tooShort(length);
  }
  const mixed = new Uint8Array(length);
  mixed.set(time, length - time.length);
  for (let i = 0; i < id.length; i++) {
    mixed[length - id.length + i]! ^= id[i]!;
  }
  return { iv: mixed.slice(-IV_LENGTH), additionalData: mixed.slice(-TAIL_LENGTH) };
};

/** The parameters in the words of the Web Cryptography API. */
export const aesGcm = ({ iv, additionalData }: GcmParameters): object => ({
  name: "AES-GCM",
  iv,
  tagLength: 8 * TAG_LENGTH,
  ...(additionalData === undefined ? {} : { additionalData }),
});

const tooShort = (length: number): MdsError =>
  new MdsError(
    "ENCRYPTION_INPUT",
    `expected at least ${TAIL_LENGTH} bytes of timestamp or transaction id, found ${length}`,
  );
