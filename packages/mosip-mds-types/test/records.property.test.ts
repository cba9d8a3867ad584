import { MdsError } from "@org/mosip-mds-types";
import {
  anyFaceImageRecord,
  anyFingerImageRecord,
  anyIrisImageRecord,
  anyMinutiaeRecord,
  anyMinutiaeRecord2005,
} from "@org/mosip-mds-types/arbitraries";
import {
  decodeRecord,
  FaceImageRecord,
  FingerImageRecord,
  IrisImageRecord,
  imagesOf,
  MinutiaeRecord,
  MinutiaeRecord2005,
  readImageHeader,
} from "@org/mosip-mds-types/records";
import fc from "fast-check";
import { describe, expect, test } from "vitest";

const CODECS = [
  [FingerImageRecord, anyFingerImageRecord()],
  [IrisImageRecord, anyIrisImageRecord()],
  [FaceImageRecord, anyFaceImageRecord()],
  [MinutiaeRecord, anyMinutiaeRecord()],
  [MinutiaeRecord2005, anyMinutiaeRecord2005()],
] as const;

interface AnyCodec {
  readonly name: string;
  encode(value: unknown): Uint8Array;
  decode(bytes: Uint8Array): unknown;
}

describe.each(
  CODECS.map(([codec, any]) => [codec.name, codec as unknown as AnyCodec, any] as const),
)("%s", (_name, codec, any) => {
  test("what is encoded is decoded, and the bytes are the same again", () => {
    fc.assert(
      fc.property(any as fc.Arbitrary<unknown>, (record) => {
        const bytes = codec.encode(record);
        expect(codec.decode(bytes)).toEqual(record);
        expect(codec.encode(codec.decode(bytes))).toEqual(bytes);
      }),
    );
  });

  test("any change of length, and any cut, is refused", () => {
    fc.assert(
      fc.property(any as fc.Arbitrary<unknown>, fc.nat(), (record, at) => {
        const bytes = codec.encode(record);
        expect(() => codec.decode(bytes.subarray(0, at % bytes.length))).toThrow(MdsError);
        expect(() => codec.decode(Uint8Array.of(...bytes, 0))).toThrow(MdsError);
      }),
    );
  });

  test("one flipped bit gives a record or our error", () => {
    fc.assert(
      fc.property(any as fc.Arbitrary<unknown>, fc.nat(), (record, at) => {
        const bytes = codec.encode(record).slice();
        bytes[(at >> 3) % bytes.length]! ^= 1 << (at & 7);
        try {
          codec.decode(bytes);
        } catch (error) {
          expect(error).toBeInstanceOf(MdsError);
        }
      }),
    );
  });
});

test("any bytes are a record, an image or our error", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), fc.nat(4), (bytes, kind) => {
      const magic = ["FIR\x00020\0", "IIR\x00020\0", "FAC\x00030\0", "FMR\x00030\0", "FMR\0 20\0"][
        kind
      ]!;
      for (const input of [bytes, Buffer.concat([Buffer.from(magic, "latin1"), bytes])]) {
        for (const read of [
          decodeRecord,
          readImageHeader,
          (some: Uint8Array) => imagesOf(some, "finger"),
        ]) {
          try {
            read(new Uint8Array(input));
          } catch (error) {
            expect(error).toBeInstanceOf(MdsError);
          }
        }
      }
    }),
  );
});
