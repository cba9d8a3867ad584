import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { anyCommandNamed } from "../src/arbitraries.js";
import { wireOf } from "../src/bytes.js";
import {
  Acknowledgement,
  COMMANDS,
  type Command,
  CommandLine,
  type CommandName,
  CommandsReply,
  InitializationReply,
  isCommandId,
  isSerialNumber,
  OperationLogUpload,
  Shell,
  UpdateUserInfo,
  UserRecord,
  ZkPushError,
} from "../src/index.js";

const code = (run: () => unknown): string => {
  try {
    run();
  } catch (error) {
    expect(error).toBeInstanceOf(ZkPushError);
    return (error as ZkPushError).code;
  }
  return "none";
};

describe("no value becomes a second field or command", () => {
  const EVIL = ["\n", "\r", "\t", "\0", "\nC:1:REBOOT", "x\r\nC:2:SHELL rm"];

  test.each(Object.keys(COMMANDS) as CommandName[])("%s", (name) => {
    fc.assert(
      fc.property(anyCommandNamed(name), fc.constantFrom(...EVIL), (command, evil) => {
        const texts = Object.entries(command).filter(
          ([key, value]) => key !== "command" && typeof value === "string",
        );
        for (const [key, value] of texts) {
          const poisoned = { ...command, [key]: `${String(value)}${evil}` } as Command;
          expect(code(() => CommandLine.encode({ id: "1", command: poisoned }))).toMatch(
            /^(FIELD_|LINE_TOO_LONG)/,
          );
        }
      }),
      { numRuns: 20 },
    );
  });

  test("an extra pair is checked as any other", () => {
    const extra = (key: string, value: string) => () =>
      UpdateUserInfo.encode({ command: "DATA UPDATE USERINFO", pin: "1", extra: [{ key, value }] });
    expect(code(extra("A", "1"))).toBe("none");
    for (const [key, value] of [
      ["A=B", "1"],
      ["A\n", "1"],
      ["A", "1\t2"],
    ] as const) {
      expect(code(extra(key, value))).toBe("FIELD_FORBIDDEN");
    }
  });

  test("a kept form is checked as any other", () => {
    const form = { pieces: [{ bare: "x\nC:1:REBOOT" }] };
    expect(code(() => UserRecord.encode({ record: "USER", pin: "1", form }))).toBe(
      "FIELD_FORBIDDEN",
    );
    const head = { pieces: [], head: "USER \nC:1:REBOOT " };
    expect(code(() => UserRecord.encode({ record: "USER", pin: "1", form: head }))).toBe(
      "FIELD_FORBIDDEN",
    );
    const unreadable = [{ line: 0, wire: "a\nC:1:REBOOT", reason: "BLANK" as const }];
    expect(code(() => CommandsReply.encode({ records: [], unreadable }))).toBe("FIELD_FORBIDDEN");
  });

  test("an unknown command is one line of bytes", () => {
    const unknown = (wire: string) => () =>
      CommandLine.encode({ id: "1", command: { command: "unknown", wire } });
    expect(code(unknown("CLEAR ALL USERINFO"))).toBe("none");
    for (const wire of ["", "A\nB", "A\0", "\u4e00"])
      expect(code(unknown(wire))).toBe("FIELD_FORBIDDEN");
  });
});

test("command ids are 1 to 16 letters and digits", () => {
  expect(["1", "info8487", "A".repeat(16)].every(isCommandId)).toBe(true);
  for (const id of ["", "A".repeat(17), "a-1", "a b", "1\n", "\u0661"]) {
    expect(isCommandId(id)).toBe(false);
    expect(code(() => CommandLine.encode({ id, command: { command: "LOG" } }))).toBe(
      "COMMAND_ID_INVALID",
    );
  }
});

test("serial numbers are 6 to 32 letters, digits and hyphens", () => {
  expect(["0316144680030", "CGKK-123"].every(isSerialNumber)).toBe(true);
  expect(["", "12345", "1".repeat(33), "../../etc", "1234567 "].some(isSerialNumber)).toBe(false);
});

test("a system command that a terminal would cut is refused", () => {
  expect(code(() => Shell.encode({ command: "SHELL", argument: "x".repeat(79) }))).toBe("none");
  expect(code(() => Shell.encode({ command: "SHELL", argument: "x".repeat(80) }))).toBe(
    "LINE_TOO_LONG",
  );
});

describe("handshake", () => {
  test("lines that a terminal would cut are refused", () => {
    const long = (length: number) => () =>
      InitializationReply.encode({
        sn: "1234567",
        extra: [{ key: "A", value: "x".repeat(length) }],
      });
    expect(code(long(2_045))).toBe("none");
    expect(code(long(2_046))).toBe("LINE_TOO_LONG");
    const version = (serverVersion: string) => () =>
      InitializationReply.encode({ sn: "1234567", serverVersion });
    expect(code(version("2".repeat(63)))).toBe("none");
    expect(code(version("2".repeat(64)))).toBe("FIELD_INVALID");
    const names = Array.from({ length: 30 }, () => "EnrollUser");
    expect(
      code(() =>
        InitializationReply.encode({ sn: "1234567", transFlag: { format: "names", names } }),
      ),
    ).toBe("FIELD_INVALID");
  });

  test("no option sends the terminal to another server", () => {
    for (const key of ["ICLOCKSVRURL", "iclocksvrurl", " ICLOCKSVRURL"]) {
      expect(
        code(() =>
          InitializationReply.encode({ sn: "1234567", extra: [{ key, value: "http://x" }] }),
        ),
      ).toBe("FIELD_FORBIDDEN");
    }
  });

  test("the last line is ended, and so is that of commands", () => {
    expect(wireOf(InitializationReply.encode({ sn: "1234567", delay: 10 }))).toBe(
      "GET OPTION FROM: 1234567\nDelay=10\n",
    );
    expect(
      wireOf(CommandsReply.encode({ records: [{ id: "1", command: { command: "LOG" } }] })),
    ).toBe("C:1:LOG\n");
  });
});

test("no refusal holds the letters that a terminal takes for a yes", () => {
  for (const text of ["NOT OK", "TOKEN", "token", "ok"]) {
    expect(code(() => Acknowledgement.encode({ accepted: false, text }))).toBe(
      "RESPONSE_FORBIDDEN",
    );
  }
  expect(wireOf(Acknowledgement.encode({ accepted: false, text: "UNKNOWN DEVICE" }))).toBe(
    "UNKNOWN DEVICE",
  );
});

test("a stamp is digits: it is sent back in the handshake", () => {
  expect(
    code(() =>
      OperationLogUpload.encode({
        request: "OPERLOG",
        sn: "1234567",
        stamp: "1\nX=1",
        records: [],
      }),
    ),
  ).toBe("FIELD_INVALID");
});

test("keys of a prototype are data", () => {
  const record = UserRecord.decode(
    new TextEncoder().encode("USER PIN=1\t__proto__=x\tconstructor=y"),
  );
  expect(record.extra).toEqual([
    { key: "__proto__", value: "x" },
    { key: "constructor", value: "y" },
  ]);
  expect(Object.getPrototypeOf(record)).toBe(Object.prototype);
});
