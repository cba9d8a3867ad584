import fc from "fast-check";
import { describe, expect, test } from "vitest";
import * as z from "zod/mini";
import {
  anyClientMessage,
  anyEmrtdPassport,
  anyServerMessage,
  anySsc,
  anyV1Close,
  anyV1Start,
  anyV1Status,
  anyValidationResult,
} from "../src/arbitraries.js";
import { DocvalError, decodeResult, ValidationResult, v1, v2, writeJson } from "../src/index.js";
import { EmrtdPassport } from "../src/result/emrtd-passport.js";
import { toCamel, toSnake } from "../src/result/spelling.js";

const onlyOurErrors = (decode: () => unknown) => {
  try {
    decode();
  } catch (error) {
    expect(error).toBeInstanceOf(DocvalError);
  }
};

describe("what is encoded is decoded", () => {
  test("messages of a client of version 2", () => {
    fc.assert(
      fc.property(anyClientMessage(), (message) => {
        const frame = v2.encodeMessage(message);
        expect(v2.decodeClientMessage(frame)).toEqual(message);
        expect(v2.encodeMessage(v2.decodeClientMessage(frame))).toEqual(frame);
      }),
    );
  });

  test("messages of a server of version 2", () => {
    fc.assert(
      fc.property(anyServerMessage(), (message) => {
        const frame = v2.encodeMessage(message);
        expect(v2.decodeServerMessage(frame)).toEqual(message);
        expect(v2.encodeMessage(v2.decodeServerMessage(frame))).toEqual(frame);
      }),
    );
  });

  test("messages of version 1", () => {
    fc.assert(
      fc.property(anyV1Start(), anyV1Status(), anyV1Close(), (start, status, close) => {
        expect(v1.Start.decode(v1.Start.encode(start))).toEqual(start);
        expect(v1.decodeServerText(v1.Status.encode(status))).toEqual({ status });
        expect(v1.decodeServerText(v1.Close.encode(close))).toEqual({ close });
      }),
    );
  });

  test("results, in both spellings", () => {
    fc.assert(
      fc.property(anyValidationResult(), (result) => {
        const posted = ValidationResult.encode(result);
        expect(ValidationResult.decode(posted)).toEqual(result);
        expect(decodeResult(posted).passport).toEqual(result.emrtd_passport);
        const camel = writeJson(z.encode(EmrtdPassport, result.emrtd_passport) as never);
        expect(decodeResult(camel).passport).toEqual(result.emrtd_passport);
      }),
    );
  });

  test("a spelling is undone by the other", () => {
    fc.assert(
      fc.property(anyEmrtdPassport(), (passport) => {
        const camel = z.encode(EmrtdPassport, passport) as never;
        expect(toCamel(toSnake(camel))).toEqual(camel);
      }),
    );
  });
});

test("a counter keeps every digit, and only signed digits are written", () => {
  fc.assert(
    fc.property(anySsc(), (ssc) => {
      const text = v2.CaHandback.encode({
        type: "CA_HANDBACK",
        checkResult: "SUCCESS",
        secureMessagingInfo: {
          algorithm: "AES",
          encKey: new Uint8Array(16),
          macKey: new Uint8Array(16),
          ssc,
        },
      });
      expect(text).toContain(`"ssc":${ssc}}`);
      expect(v2.CaHandback.decode(text).secureMessagingInfo.ssc).toBe(ssc);
      const unsigned = text.replace(`"ssc":${ssc}`, `"ssc":${BigInt.asUintN(64, ssc)}`);
      expect(v2.CaHandback.decode(unsigned).secureMessagingInfo.ssc).toBe(ssc);
    }),
  );
});

describe("any input is a message or our error", () => {
  test("text", () => {
    const almost = anyClientMessage()
      .map((message) => v2.encodeMessage(message))
      .filter((frame): frame is string => typeof frame === "string");
    const damaged = fc
      .tuple(fc.oneof(almost, fc.json(), fc.string()), fc.nat(), fc.string({ maxLength: 2 }))
      .map(
        ([text, at, put]) =>
          text.slice(0, at % (text.length + 1)) + put + text.slice((at % (text.length + 1)) + 1),
      );
    fc.assert(
      fc.property(damaged, (text) => {
        onlyOurErrors(() => v2.decodeClientMessage(text));
        onlyOurErrors(() => v2.decodeServerMessage(text));
        onlyOurErrors(() => v1.Start.decode(text));
        onlyOurErrors(() => v1.decodeServerText(text));
        onlyOurErrors(() => decodeResult(text));
      }),
      { numRuns: 500 },
    );
  });

  test("binary", () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 300 }),
        fc.constantFrom(0, 1, 2, 255),
        (bytes, type) => {
          const frame = Uint8Array.of(type, ...bytes);
          onlyOurErrors(() => v2.decodeClientMessage(frame));
          try {
            const message = v2.decodeClientMessage(frame);
            if (message.type === "FILE" && new TextEncoder().encode(message.name).length > 127)
              return;
            expect(v2.encodeMessage(message)).toEqual(frame);
          } catch (error) {
            expect(error).toBeInstanceOf(DocvalError);
          }
        },
      ),
    );
  });
});
