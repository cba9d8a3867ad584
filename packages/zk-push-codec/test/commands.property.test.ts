import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { anyCommandLine, anyCommandNamed, wireLine } from "../src/arbitraries.js";
import { bytesOf, wireOf } from "../src/bytes.js";
import {
  COMMANDS,
  CommandLine,
  type CommandName,
  CommandsReply,
  type KnownCommand,
  type LineCodec,
  packCommands,
  unpackCommands,
  ZkPushError,
} from "../src/index.js";

const tried = <T>(run: () => T): T | undefined => {
  try {
    return run();
  } catch (error) {
    expect(error).toBeInstanceOf(ZkPushError);
    return undefined;
  }
};

describe.each(Object.keys(COMMANDS) as CommandName[])("command %s", (name) => {
  const codec: LineCodec<KnownCommand> = COMMANDS[name];

  test("what is encoded is decoded", () => {
    fc.assert(
      fc.property(anyCommandNamed(name), (command) => {
        const bytes = tried(() => codec.encode(command as KnownCommand));
        // Test data holds a few values that an encoder must refuse: a mark of another pair, a blank.
        fc.pre(bytes !== undefined);
        expect(codec.decode(bytes!)).toEqual(command);
      }),
    );
  });

  test("what a server sent is kept to the byte", () => {
    fc.assert(
      fc.property(wireLine(name, codec.schema.length > 0 ? codec.schema : ["X"]), (line) => {
        const command = tried(() => codec.decode(bytesOf(line)));
        if (command !== undefined) expect(wireOf(codec.encode(command))).toBe(line);
      }),
    );
  });

  test("no input makes anything but a command or our error", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 256 }), (bytes) => {
        tried(() => codec.decode(bytes));
        tried(() => codec.decode(bytesOf(`${name} ${wireOf(bytes)}`)));
      }),
    );
  });
});

describe("commands of a poll", () => {
  test("come back as they went, each line ended", () => {
    fc.assert(
      fc.property(fc.array(anyCommandLine(), { minLength: 1, maxLength: 5 }), (records) => {
        const bytes = tried(() => CommandsReply.encode({ records }));
        fc.pre(bytes !== undefined);
        expect(wireOf(bytes!).endsWith("\n")).toBe(true);
        expect(CommandsReply.decode(bytes!)).toEqual({ records });
      }),
    );
  });

  test("no body makes anything but a reply or our error", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 256 }), (bytes) => {
        const body = bytesOf(`C:1:${wireOf(bytes)}`);
        const reply = tried(() => CommandsReply.decode(body));
        if (reply !== undefined) expect(CommandsReply.encode(reply)).toEqual(body);
      }),
    );
  });

  test("a command line of any form is kept to the byte", () => {
    fc.assert(
      fc.property(
        fc.constantFrom("C:", "C: ", "C:  "),
        fc.constantFrom("1", "info8487", "an id", "12345678901234567890"),
        fc.constantFrom(":", ": ", " : "),
        fc.constantFrom(
          "CHECK",
          "check",
          "CLEAR  LOG",
          "CLEAR ALL USERINFO",
          "DATA UPDATE USERINFO PIN=1",
        ),
        (start, id, colon, words) => {
          const line = `${start}${id}${colon}${words}`;
          const read = CommandLine.decode(bytesOf(line));
          expect(read.id).toBe(id);
          expect(wireOf(CommandLine.encode(read))).toBe(line);
        },
      ),
    );
  });

  test("a package gives its commands back", () => {
    fc.assert(
      fc.property(fc.array(anyCommandLine(), { maxLength: 5 }), (commands) => {
        const packed = tried(() => packCommands(commands));
        fc.pre(packed !== undefined);
        expect(unpackCommands(packed!)).toEqual([{ records: commands }]);
      }),
    );
  });
});
