import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type Codec,
  decodeRequest,
  encodeRequest,
  INTERACTIONS,
  ZkPushError,
} from "../src/index.js";
import { type RequestVector, readVectors, vectorBytes } from "./vectors.js";

/** Changes that happen on the way, or that somebody makes: a byte replaced, put in, or taken out. */
const mutation = fc.array(
  fc.record({
    at: fc.nat(4_000),
    byte: fc.oneof(fc.nat(255), fc.constantFrom(0, 9, 10, 13, 32, 38, 44, 58, 61)),
    how: fc.constantFrom("replace", "insert", "remove"),
  }),
  { minLength: 1, maxLength: 4 },
);

const mutated = (
  bytes: Uint8Array,
  changes: readonly { at: number; byte: number; how: string }[],
): Uint8Array => {
  const list = [...bytes];
  for (const { at, byte, how } of changes) {
    const place = list.length === 0 ? 0 : at % list.length;
    if (how === "insert") list.splice(place, 0, byte);
    else list.splice(place, 1, ...(how === "replace" ? [byte] : []));
  }
  return Uint8Array.from(list);
};

const FILES = [
  ["records", "record"],
  ["commands", "command"],
  ["replies", "reply"],
  ["responses", "response"],
] as const;

/** What may be written in another way than it was read: a picture's base64, whatever its name. */
const REWRITTEN: ReadonlySet<string> = new Set(["ATTPHOTO"]);

describe.each(FILES)("a changed message of %s", (file, kind) => {
  const vectors = readVectors(file);

  test.each([...new Set(vectors.map(({ name }) => name))])(
    "%s is refused with our error, or kept to the byte",
    (name) => {
      const entry = INTERACTIONS.find((one) => one.kind === kind && one.name === name);
      const codec = entry?.codec as unknown as Codec<unknown>;
      const seeds = vectors.filter((one) => one.name === name);
      fc.assert(
        fc.property(fc.constantFrom(...seeds), mutation, (vector, changes) => {
          const bytes = mutated(vectorBytes(vector.wire, vector.hex), changes);
          let value: unknown;
          try {
            value = codec.decode(bytes);
          } catch (error) {
            expect(error).toBeInstanceOf(ZkPushError);
            return;
          }
          if (!REWRITTEN.has(name)) expect(codec.encode(value)).toEqual(bytes);
        }),
      );
    },
  );
});

/** A body that nobody reads is nobody's to write; a picture's base64 may be written in another way. */
const WITHOUT_BODY: ReadonlySet<string> = new Set([
  "ATTPHOTO",
  "initialization",
  "RemoteAtt",
  "info",
  "getrequest",
  "ping",
  "file",
]);

describe("a changed request", () => {
  const vectors = readVectors<RequestVector>("requests");

  test.each([...new Set(vectors.map(({ name }) => name))])(
    "%s is refused with our error, or kept in all its parts",
    (name) => {
      const seeds = vectors.filter((one) => one.name === name);
      fc.assert(
        fc.property(
          fc.constantFrom(...seeds),
          mutation,
          fc.boolean(),
          (vector, changes, inBody) => {
            const body = vectorBytes(vector.body, vector.bodyHex);
            const query = new TextEncoder().encode(vector.query);
            const request = {
              method: vector.method,
              path: vector.path,
              query: inBody
                ? vector.query
                : String.fromCharCode(...mutated(query, changes)).replace(/[\0\r\n]/g, ""),
              headers: [],
              body: inBody ? mutated(body, changes) : body,
            };
            let message: ReturnType<typeof decodeRequest>;
            try {
              message = decodeRequest(request);
            } catch (error) {
              expect(error).toBeInstanceOf(ZkPushError);
              return;
            }
            const again = encodeRequest(message);
            expect([again.method, again.path, again.query]).toEqual([
              request.method,
              request.path,
              request.query,
            ]);
            if (!WITHOUT_BODY.has(message.request)) expect(again.body).toEqual(request.body);
          },
        ),
      );
    },
  );
});
