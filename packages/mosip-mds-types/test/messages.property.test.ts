import {
  MdsError,
  type MessageCodec,
  mds084,
  mds092,
  mds095,
  sbi10,
  sbiDraft1,
} from "@org/mosip-mds-types";
import { anyMessage } from "@org/mosip-mds-types/arbitraries";
import fc from "fast-check";
import { describe, expect, test } from "vitest";

const versions = {
  "0.8.4": mds084,
  "0.9.2": mds092,
  "0.9.5": mds095,
  "sbi-1.0": sbi10,
  "sbi-draft-1": sbiDraft1,
};

const isCodec = (value: unknown): value is MessageCodec<unknown> =>
  typeof value === "object" && value !== null && "toWire" in value;

/** Every message that a version exports. */
export const codecsOf = (module: object): [string, MessageCodec<unknown>][] =>
  Object.entries(module).filter((entry): entry is [string, MessageCodec<unknown>] =>
    isCodec(entry[1]),
  );

describe.each(Object.entries(versions))("messages of %s", (version, module) => {
  const codecs = codecsOf(module);

  test("there are as many as the version has", () => {
    const counts = { "0.8.4": 15, "0.9.2": 18, "0.9.5": 26, "sbi-1.0": 18, "sbi-draft-1": 15 };
    expect(codecs).toHaveLength(counts[version as keyof typeof counts]);
  });

  test.each(codecs)("%s: what is encoded is decoded, also as others spell it", (_name, codec) => {
    fc.assert(
      fc.property(anyMessage(codec), (message) => {
        const text = codec.encode(message);
        expect(codec.decode(text)).toEqual(message);
        expect(codec.decode(text, { unknownFields: "refuse" })).toEqual(message);
        // Numbers quoted or bare, names in any case.
        expect(codec.fromWire(otherWay(JSON.parse(text)))).toEqual(message);
      }),
    );
  });

  test.each(codecs)("%s: any text is a message or our error", (_name, codec) => {
    fc.assert(
      fc.property(fc.oneof(fc.json(), fc.string()), (text) => {
        try {
          codec.decode(text);
        } catch (error) {
          expect(error).toBeInstanceOf(MdsError);
        }
      }),
    );
  });
});

const NUMBERS = ["count", "timeout", "requestedscore", "qualityscore", "devicesubid"];
const VENDOR = ["customopts", "additionalinfo", "matchparams", "jwk", "credential"];

/** The same message as another device might write it. */
const otherWay = (json: unknown, key = ""): never => {
  if (Array.isArray(json)) {
    return json.map((item) => otherWay(item, key)) as never;
  }
  if (typeof json === "object" && json !== null) {
    return Object.fromEntries(
      Object.entries(json).map(([name, value]) => [
        name.toUpperCase() === name.toLowerCase() ? name : name.toUpperCase(),
        VENDOR.includes(name.toLowerCase()) ? value : otherWay(value, name.toLowerCase()),
      ]),
    ) as never;
  }
  if (NUMBERS.includes(key)) {
    return (typeof json === "number" ? String(json) : Number(json)) as never;
  }
  return json as never;
};
