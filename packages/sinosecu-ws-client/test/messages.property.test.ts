import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  anyExchange,
  anyNotification,
  anyParamOf,
  anyReplyTo,
  anyValueOf,
} from "../src/arbitraries.js";
import {
  decodeClientMessage,
  decodeServiceMessage,
  encodeQuestions,
  type Question,
  redact,
  SinosecuError,
} from "../src/index.js";

const decodesOrRefuses = (decode: () => unknown): void => {
  try {
    decode();
  } catch (error) {
    expect(error).toBeInstanceOf(SinosecuError);
  }
};

/** Any JSON in the place of any part of a message, keys in any case. */
const anyEnvelope = (): fc.Arbitrary<string> =>
  fc
    .dictionary(
      fc.constantFrom(
        "Type",
        "type",
        "Commands",
        "Command",
        "Operand",
        "Param",
        "Succeeded",
        "Result",
      ),
      fc.oneof(
        fc.constantFrom<unknown>("Request", "Reply", "Notify", "Get", "Set", "Save", "Display"),
        fc.constantFrom<unknown>("Images", "CardContentText", "VIZ", "Base64Image", "Y", "N"),
        fc.jsonValue(),
      ),
    )
    .map((object) => JSON.stringify(object));

describe("questions and answers", () => {
  test("a request that is written is read back", () => {
    fc.assert(
      fc.property(
        anyExchange().chain((exchange) => fc.tuple(fc.constant(exchange), anyParamOf(exchange))),
        ([exchange, param]) => {
          const text = exchange.request.encode(param);
          expect(exchange.request.decode(text)).toEqual(param);
          expect(exchange.request.encode(exchange.request.decode(text))).toBe(text);
        },
      ),
    );
  });

  test("a reply that is written is read back", () => {
    fc.assert(
      fc.property(
        anyExchange().chain((exchange) => fc.tuple(fc.constant(exchange), anyReplyTo(exchange))),
        ([exchange, reply]) => {
          const text = exchange.reply.encode(reply);
          expect(exchange.reply.decode(text)).toEqual(reply);
          expect(exchange.reply.encode(exchange.reply.decode(text))).toBe(text);
        },
      ),
    );
  });

  test("a batch reaches the service whole and in order", () => {
    const question = anyExchange().chain((exchange) =>
      anyParamOf(exchange).map((param): Question => ({ exchange, param })),
    );
    fc.assert(
      fc.property(fc.array(question, { minLength: 1, maxLength: 8 }), (questions) => {
        const message = decodeClientMessage(encodeQuestions(questions));
        if (message.kind !== "questions") throw new Error("expected questions");
        const read = message.questions.map((one) => (one.known ? one.question : undefined));
        expect(read).toEqual(questions);
      }),
    );
  });
});

describe("notifications", () => {
  test("what is written is read back, by its codec and by the role that receives it", () => {
    fc.assert(
      fc.property(
        anyNotification().chain((notice) => fc.tuple(fc.constant(notice), anyValueOf(notice))),
        ([notice, value]) => {
          const text = notice.codec.encode(value);
          expect(notice.codec.decode(text)).toEqual(value);
          const read =
            notice.from === "client" ? decodeClientMessage(text) : decodeServiceMessage(text);
          expect(read).toEqual({ kind: notice.kind, value });
        },
      ),
    );
  });
});

describe("any input", () => {
  test("decodes or is refused with our error, in both roles", () => {
    fc.assert(
      fc.property(fc.oneof(anyEnvelope(), fc.string(), fc.json()), (text) => {
        decodesOrRefuses(() => decodeClientMessage(text));
        decodesOrRefuses(() => decodeServiceMessage(text));
        expect(typeof redact(text)).toBe("string");
      }),
      { numRuns: 2_000 },
    );
  });

  test("does so for every single message too", () => {
    fc.assert(
      fc.property(anyExchange(), anyNotification(), anyEnvelope(), (exchange, notice, text) => {
        decodesOrRefuses(() => exchange.request.decode(text));
        decodesOrRefuses(() => exchange.reply.decode(text));
        decodesOrRefuses(() => notice.codec.decode(text));
      }),
      { numRuns: 2_000 },
    );
  });
});
