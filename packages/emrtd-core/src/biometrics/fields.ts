import { concatBytes } from "../bytes.js";
import { EmrtdError } from "../errors.js";

/** Reads the big-endian fields of a biometric record one after the other. */
export class FieldReader {
  offset = 0;

  constructor(
    readonly bytes: Uint8Array,
    /** What is read, for messages. */
    readonly path: string,
  ) {}

  get remaining(): number {
    return this.bytes.length - this.offset;
  }

  /** @throws EmrtdError `BIOMETRIC_INVALID` where fewer bytes are left. */
  take(length: number): Uint8Array {
    if (length > this.remaining) {
      throw new EmrtdError(
        "BIOMETRIC_INVALID",
        `expected ${length} bytes in ${this.path} at offset ${this.offset}, found ${this.remaining}`,
        { offset: this.offset, path: this.path },
      );
    }
    this.offset += length;
    return this.bytes.subarray(this.offset - length, this.offset);
  }

  /** Unsigned integer of 1 to 6 bytes. */
  integer(length: number): number {
    return this.take(length).reduce((value, byte) => value * 256 + byte, 0);
  }

  /** @throws EmrtdError `BIOMETRIC_INVALID` where other bytes stand here. */
  expect(text: string): void {
    if (!startsWith(this.take(text.length), text)) {
      const at = this.offset - text.length;
      throw new EmrtdError(
        "BIOMETRIC_INVALID",
        `expected the mark ${JSON.stringify(text)} in ${this.path} at offset ${at}`,
        { offset: at, path: this.path },
      );
    }
  }
}

/** Whether the bytes begin with these characters. */
export const startsWith = (bytes: Uint8Array, text: string): boolean =>
  text.split("").every((character, i) => character.charCodeAt(0) === bytes[i]);

/** A number and how many bytes it takes, or bytes as they are. */
export type FieldValue = readonly [value: number, length: number] | Uint8Array | string;

/**
 * Writes fields one after the other, integers big-endian.
 *
 * @throws EmrtdError `BIOMETRIC_VALUE` where an integer does not fit its field.
 */
export const writeFields = (
  path: string,
  ...fields: readonly FieldValue[]
): Uint8Array<ArrayBuffer> =>
  concatBytes(
    ...fields.map((field) => {
      if (field instanceof Uint8Array) return field;
      if (typeof field === "string") return new TextEncoder().encode(field);
      const [value, length] = field;
      if (!Number.isInteger(value) || value < 0 || value >= 256 ** length) {
        throw new EmrtdError(
          "BIOMETRIC_VALUE",
          `expected an unsigned integer of ${length} bytes in ${path}`,
          { path },
        );
      }
      return Uint8Array.from(
        { length },
        (_, i) => Math.floor(value / 256 ** (length - 1 - i)) % 256,
      );
    }),
  );
