import { describe, expect, test } from "vitest";
import {
  Base64Image,
  CardContentText,
  DeviceName,
  Display,
  decodeClientMessage,
  decodeServiceMessage,
  Images,
  LIMITS,
  redact,
  Sid,
  SinosecuError,
  Trigger,
  VIZ,
  WebConstant,
} from "../src/index.js";

const codeOf = (act: () => unknown): string => {
  try {
    act();
  } catch (error) {
    if (error instanceof SinosecuError) return error.code;
    throw error;
  }
  return "none";
};

describe("spelling", () => {
  test("keys and words are read in any case of letters", () => {
    const text =
      '{"TYPE":"reply","command":"GET","operand":"devicename","SUCCEEDED":"y","result":"R"}';
    expect(DeviceName.reply.decode(text)).toEqual({ succeeded: true, result: "R" });
  });

  test("the documented spelling of a key wins over another, which is kept", () => {
    const text =
      '{"type":"Request","Type":"Notify","Command":"Display","Operand":"RealtimeMessage","param":"x","Param":"y"}';
    expect(decodeServiceMessage(text)).toEqual({
      kind: "display",
      value: { form: "text", text: "y" },
      extra: { type: "Request", param: "x" },
    });
  });

  test("commands of other spellings are known", () => {
    for (const [command, kind] of [
      ["ReConnect", "reconnect"],
      ["Reconnect", "reconnect"],
      ["RECONNECT", "reconnect"],
      ["AskForSupport", "ask-for-support"],
      ["AskSupport", "ask-for-support"],
      ["RestartService", "restart-service"],
    ]) {
      const text = JSON.stringify({ Type: "Notify", Command: command, Operand: "RealtimeMessage" });
      expect(decodeServiceMessage(text).kind).toBe(kind);
    }
  });

  test("images are known under Get as well, as the manual's example does not look at Command", () => {
    const text =
      '{"Type":"Notify","Command":"Get","Operand":"Images","Param":{"white":"","IR":"x"}}';
    expect(decodeServiceMessage(text)).toEqual({
      kind: "images",
      value: [
        { kind: "White", data: "" },
        { kind: "IR", data: "x" },
      ],
    });
  });

  test("Type in letters that only look Latin is refused by name", () => {
    const twin = `{"\u0422\u0443\u0440\u0435":"Request","Command":"Get","Operand":"DeviceName"}`;
    expect(codeOf(() => decodeClientMessage(twin))).toBe("TYPE_HOMOGLYPH");
    expect(codeOf(() => decodeServiceMessage(twin))).toBe("TYPE_HOMOGLYPH");
  });

  test("a byte order mark and zero bytes at the end are no part of a message", () => {
    const text = DeviceName.request.encode(undefined);
    expect(decodeClientMessage(`\ufeff${text}\0\0`).kind).toBe("questions");
    expect(codeOf(() => decodeClientMessage(`${text} trailing`))).toBe("JSON_INVALID");
  });
});

describe("values", () => {
  test("the service takes the texts True and Y for on, and everything else for off", () => {
    const read = (param: unknown) =>
      VIZ.request.decode(
        JSON.stringify({ Type: "Request", Command: "Set", Operand: "VIZ", Param: param }),
      );
    expect(["True", "Y"].map(read)).toEqual([true, true]);
    expect(["true", "TRUE", "y", "yes", true, 1, "False", "N", null].map(read)).toEqual(
      Array(9).fill(false),
    );
  });

  test("an image mask has five bits, for both roles", () => {
    for (const mask of [0, 32, 33, -1, 1.5, Number.NaN, 1e9]) {
      expect(codeOf(() => Base64Image.request.encode(mask))).toBe("IMAGE_MASK_INVALID");
    }
    const asked = (param: unknown) =>
      JSON.stringify({ Type: "Request", Command: "Get", Operand: "Base64Image", Param: param });
    for (const param of [0, 32, "32", "", "x", "0x11", {}, [17], true]) {
      expect(codeOf(() => Base64Image.request.decode(asked(param)))).toBe("IMAGE_MASK_INVALID");
    }
    expect(Base64Image.request.decode(asked(" 31 "))).toBe(31);
  });

  test("a trigger is a whole number of seconds, not an object", () => {
    const wrong =
      '{"Type":"Notify","Command":"Trigger","Operand":"ManualRecog","Param":{"Timeout":30}}';
    expect(codeOf(() => Trigger.codec.decode(wrong))).toBe("PARAM_INVALID");
    expect(codeOf(() => Trigger.codec.encode(2.5))).toBe("PARAM_INVALID");
    expect(codeOf(() => Trigger.codec.encode(LIMITS.triggerSeconds + 1))).toBe("PARAM_INVALID");
  });

  test("an answer without a plain Y is a failure", () => {
    for (const succeeded of [undefined, "N", "n", "", "Yes", true, 1]) {
      const text = JSON.stringify({
        Type: "Reply",
        Command: "Get",
        Operand: "DeviceName",
        Succeeded: succeeded,
        Result: "R",
      });
      expect(DeviceName.reply.decode(text).succeeded).toBe(false);
    }
  });

  test("the answers' other operands are read", () => {
    const dg = '{"Type":"Reply","Command":"Set","Operand":"DG","Succeeded":"Y"}';
    expect(VIZ.reply.decode(dg)).toEqual({ succeeded: true, result: "" });
    const constants =
      '{"Type":"Reply","Command":"Get","Operand":"WebConstants","Succeeded":"Y","Param":"MyOwn","Result":"t"}';
    expect(WebConstant.reply.decode(constants)).toEqual({
      succeeded: true,
      result: "t",
      param: "MyOwn",
    });
  });

  test("every image of a message counts, not only the first that is known", () => {
    const images = { SidHead: "a", White: "b", Later: "c", UV: "d" };
    const text = JSON.stringify({
      Type: "Notify",
      Command: "Save",
      Operand: "Images",
      Param: images,
    });
    expect(Images.codec.decode(text).map(({ kind }) => kind)).toEqual([
      "SidHead",
      "White",
      "Later",
      "UV",
    ]);
  });

  test("a failed reading shown as an object keeps its reason", () => {
    const text =
      '{"Type":"Notify","Command":"Display","Operand":"RealtimeMessage","Param":{"DESC":"no","Code":7}}';
    expect(Display.codec.decode(text)).toEqual({
      form: "fields",
      fields: [
        { name: "DESC", content: "no" },
        { name: "Code", content: "7" },
      ],
    });
  });
});

test("an error says what was expected and where", () => {
  const messageOf = (act: () => unknown): string => {
    try {
      act();
    } catch (error) {
      return (error as Error).message;
    }
    return "none";
  };
  const sid = (Param: unknown) =>
    JSON.stringify({ Type: "Request", Command: "Set", Operand: "Sid", Param });
  expect([
    messageOf(() => Base64Image.request.encode(99)),
    messageOf(() => Base64Image.request.encode(0)),
    messageOf(() => Base64Image.request.encode(1.5)),
    messageOf(() => Trigger.codec.decode(Trigger.codec.encode(1).replace("1}", '"x"}'))),
    messageOf(() => Sid.request.decode(sid({ OnlyReadChip: "True", More: 1 }))),
    messageOf(() => Sid.request.decode(sid(7))),
  ]).toEqual([
    "expected at most 31 at Param of Base64Image",
    "expected at least 1 at Param of Base64Image",
    "expected a value of type int at Param of Base64Image",
    "expected a whole number at Param of Trigger",
    "expected no other keys at Param of Sid",
    "expected a value of type object at Param of Sid",
  ]);
});

describe("bad input", () => {
  test("a field named __proto__ is a field like any other", () => {
    const text =
      '{"Type":"Notify","Command":"Save","Operand":"CardContentText","Param":{"__proto__":"x"},"__proto__":{"polluted":1}}';
    const read = decodeServiceMessage(text);
    expect(read).toMatchObject({ value: [{ name: "__proto__", content: "x" }] });
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
    expect(Object.getPrototypeOf(read)).toBe(Object.prototype);
  });

  test("a single message refuses keys that it does not have", () => {
    const text = '{"Type":"Request","Command":"Get","Operand":"DeviceName","Id":7}';
    expect(codeOf(() => DeviceName.request.decode(text))).toBe("MESSAGE_INVALID");
  });

  test("counts are limited", () => {
    const many = Array(LIMITS.commands + 1).fill({ Command: "Get", Operand: "DeviceName" });
    const batch = JSON.stringify({ Type: "Request", Commands: many });
    expect(codeOf(() => decodeClientMessage(batch))).toBe("MESSAGE_INVALID");
    const fields = Object.fromEntries(
      Array.from({ length: LIMITS.fields + 1 }, (_, i) => [`f${i}`, ""]),
    );
    const text = JSON.stringify({
      Type: "Notify",
      Command: "Save",
      Operand: "CardContentText",
      Param: fields,
    });
    expect(codeOf(() => CardContentText.codec.decode(text))).toBe("MESSAGE_INVALID");
    expect(codeOf(() => decodeServiceMessage("[".repeat(100_000)))).toBe("JSON_INVALID");
  });

  test("no message of an error quotes what was received", () => {
    for (const text of [
      '{"Type":"Notify","Command":"Save","Operand":"CardContentText","Param":"ERIKSSON"}',
      '{"Type":"Notify","Command":"Save","Operand":"CardContentText","Param":ERIKSSON}',
      '{"Type":"ERIKSSON","Command":"Save"}',
      '{"Type":"Request","Command":"Set","Operand":"Sid","Param":{"ERIKSSON":1}}',
    ]) {
      for (const decode of [decodeClientMessage, decodeServiceMessage]) {
        try {
          const read = decode(text);
          if (read.kind === "questions") {
            for (const one of read.questions) if (!one.known) throw one.problem;
          }
        } catch (error) {
          expect((error as Error).message).not.toContain("ERIKSSON");
          expect((error as Error).cause).toBeUndefined();
        }
      }
    }
  });

  test("a line for the log holds no value and no name of a field", () => {
    const text = CardContentText.codec.encode([{ name: "National name", content: "ERIKSSON" }]);
    expect(redact(text)).toBe("Notify Save CardContentText param of 1 entries");
    expect(
      redact(
        '{"Type":"Reply","Command":"Get","Operand":"ERIKSSON","Succeeded":"Y","Result":"ERIKSSON"}',
      ),
    ).toBe("Reply Get (unknown) Y result of 8 characters");
    expect(redact("ERIKSSON")).toBe("unreadable text, 8 characters");
  });
});
