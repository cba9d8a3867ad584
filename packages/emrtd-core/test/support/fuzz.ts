import fc from "fast-check";
import { EmrtdError } from "../../src/errors.js";

/** Random bytes, and encodings with a few bytes changed, cut off or put in. */
const anyInput = (encodings: readonly Uint8Array[]): fc.Arbitrary<Uint8Array> =>
  fc.oneof(
    { weight: 1, arbitrary: fc.uint8Array({ maxLength: 64 }) },
    {
      weight: 4,
      arbitrary: fc
        .tuple(
          fc.constantFrom(...encodings),
          fc.array(fc.tuple(fc.nat(), fc.nat(255), fc.nat(3)), { maxLength: 4 }),
        )
        .map(([bytes, changes]) => changes.reduce(change, bytes)),
    },
  );

const change = (
  bytes: Uint8Array,
  [where, value, kind]: readonly [number, number, number],
): Uint8Array => {
  const at = bytes.length === 0 ? 0 : where % bytes.length;
  if (kind === 0) return bytes.subarray(0, at);
  if (kind === 1) return Uint8Array.of(...bytes.subarray(0, at), value, ...bytes.subarray(at));
  const altered = Uint8Array.from(bytes);
  if (altered.length > 0) altered[at] = value;
  return altered;
};

/** Encodings are dear to make: so many are, and changed again and again. */
const ENCODINGS = 200;

/** Every input is decoded or refused with our error, and nothing else ever happens. */
export const decodesOrRefuses = (
  decode: (bytes: Uint8Array) => unknown,
  encoded: fc.Arbitrary<Uint8Array>,
  numRuns = 3_000,
): void =>
  fc.assert(
    fc.property(anyInput(fc.sample(encoded, ENCODINGS)), (bytes) => {
      try {
        decode(bytes);
      } catch (error) {
        if (!(error instanceof EmrtdError)) throw error;
      }
    }),
    { numRuns },
  );
