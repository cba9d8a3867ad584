import { EmrtdError } from "../errors.js";
import { padBlocks, paddedLength, unpadBlocks } from "./padding.js";
import { MAC_LENGTH, type SecureMessagingCipher, SM_CIPHERS, type SmCipher } from "./sm-cipher.js";
import { SM_TAG } from "./sm-data-objects.js";

/** What goes into a protected message. */
export interface SmMessage {
  /** Of the command, also in its answer: says which data object the cryptogram goes into. */
  readonly ins: number;
  readonly data: Uint8Array | undefined;
  /** DO 97 of a command, or nothing; DO 99 of an answer. */
  readonly trailer: Uint8Array;
  /** Of a command: CLA, INS, P1, P2. */
  readonly header?: Uint8Array;
}

/**
 * The data field of a protected message: data objects and DO 8E (Doc 9303-11, 9.8.4). Laid out in one
 * buffer, since every exchange with a chip comes by here.
 */
export const protectMessage = (
  { ins, data, trailer, header }: SmMessage,
  counter: Uint8Array,
  cipher: SmCipher,
): Uint8Array => {
  const cryptogramLength =
    data && data.length > 0 ? objectLength(ins, paddedLength(data.length, cipher.blockLength)) : 0;
  const objectsLength = cryptogramLength + trailer.length;
  const { input, start } = checksumInput(counter, header, objectsLength, cipher.blockLength);
  if (data && data.length > 0) {
    const padded = padBlocks(data, cipher.blockLength);
    writeCryptogram(input, start, ins, cipher.encrypt(counter, padded));
  }
  input.set(trailer, start + cryptogramLength);
  const message = new Uint8Array(objectsLength + 2 + MAC_LENGTH);
  message.set(input.subarray(start, start + objectsLength));
  message[objectsLength] = SM_TAG.checksum;
  message[objectsLength + 1] = MAC_LENGTH;
  message.set(cipher.mac(input), objectsLength + 2);
  return message;
};

/** The checksum that a received message must have; `checked` is all before DO 8E. */
export const expectedChecksum = (
  counter: Uint8Array,
  header: Uint8Array | undefined,
  checked: Uint8Array,
  cipher: SmCipher,
): Uint8Array => {
  const { input, start } = checksumInput(counter, header, checked.length, cipher.blockLength);
  input.set(checked, start);
  return cipher.mac(input);
};

/** The data of a cryptogram whose checksum is right; no cryptogram is no data. */
export const decryptCryptogram = (
  cryptogram: Uint8Array | undefined,
  counter: Uint8Array,
  cipher: SmCipher,
): Uint8Array => {
  const { blockLength } = cipher;
  if (!cryptogram) return new Uint8Array(0);
  if (cryptogram.length === 0 || cryptogram.length % blockLength !== 0) {
    throw new EmrtdError(
      "SM_INCOMPLETE",
      `expected a cryptogram of blocks of ${blockLength} bytes`,
    );
  }
  const data = unpadBlocks(cipher.decrypt(counter, cryptogram), blockLength);
  if (!data) throw new EmrtdError("SM_PADDING", "expected padding after the decrypted data");
  return data;
};

/** Most data that a protected answer of at most `le` bytes can hold. */
export const answerRoom = (cipher: SecureMessagingCipher, le: number): number => {
  const { block } = SM_CIPHERS[cipher];
  const room = le - DO_99_LENGTH - 2 - MAC_LENGTH;
  let cryptogram = Math.floor(room / block) * block;
  while (cryptogram > 0 && objectLength(0, cryptogram) > room) cryptogram -= block;
  return Math.max(0, cryptogram - 1);
};

const DO_99_LENGTH = 4;

/**
 * What a checksum is over: the counter, the header in a padded block of its own, and the data objects,
 * which are padded once more if there are any (ISO/IEC 7816-4, 10.2.3.1). The objects are still to be
 * written, at `start`.
 */
const checksumInput = (
  counter: Uint8Array,
  header: Uint8Array | undefined,
  objectsLength: number,
  blockLength: number,
): { readonly input: Uint8Array; readonly start: number } => {
  const start = counter.length + (header ? blockLength : 0);
  const input = new Uint8Array(
    start + (objectsLength === 0 ? 0 : paddedLength(objectsLength, blockLength)),
  );
  input.set(counter);
  if (header) {
    input.set(header, counter.length);
    input[counter.length + header.length] = 0x80;
  }
  if (objectsLength > 0) input[start + objectsLength] = 0x80;
  return { input, start };
};

/** DO 87 of an even INS begins with the padding indicator 01, DO 85 of an odd one has none. */
const indicatorLength = (ins: number): number => 1 - (ins & 1);

/** Bytes of the data object around a cryptogram. */
const objectLength = (ins: number, cryptogramLength: number): number => {
  const length = cryptogramLength + indicatorLength(ins);
  return 1 + lengthOfLength(length) + length;
};

const lengthOfLength = (length: number): number =>
  length < 0x80 ? 1 : length < 0x100 ? 2 : length < 0x1_0000 ? 3 : 4;

const writeCryptogram = (
  target: Uint8Array,
  at: number,
  ins: number,
  cryptogram: Uint8Array,
): void => {
  const indicator = indicatorLength(ins);
  const length = cryptogram.length + indicator;
  const more = lengthOfLength(length) - 1;
  let offset = at;
  target[offset++] = indicator === 1 ? SM_TAG.cryptogram : SM_TAG.cryptogramTlv;
  if (more > 0) target[offset++] = 0x80 | more;
  for (let shift = 8 * Math.max(0, more - 1); shift >= 0; shift -= 8) {
    target[offset++] = (length >> shift) & 0xff;
  }
  if (indicator === 1) target[offset++] = 0x01;
  target.set(cryptogram, offset);
};
