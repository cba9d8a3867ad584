import fc from "fast-check";
import { expect, test } from "vitest";
import { anyBase64, anyDeviceTime } from "../src/arbitraries.js";
import { bytesOf, wireOf } from "../src/bytes.js";
import { type CommandReply, decodeReplies, encodeReplies, ZkPushError } from "../src/index.js";

const id = fc.string({ unit: fc.constantFrom(..."019azAZ"), minLength: 1, maxLength: 16 });
const returnCode = fc.integer({ min: -1100, max: 1000 });
const optionText = fc.constantFrom("0", "ZAM180_TFT", "ZKTECO CO., LTD.", "", " spaced ");

/** GetFile declares its size: only then can another reply follow it. */
const anyReply = (): fc.Arbitrary<CommandReply> =>
  fc.oneof(
    fc.record({
      reply: fc.constant("return" as const),
      id,
      returnCode,
      command: fc.constantFrom("DATA", "CHECK", "CLEAR_LOG", "SET OPTION", "REBOOT"),
    }),
    fc.record({
      reply: fc.constant("VERIFY SUM" as const),
      id,
      returnCode,
      command: fc.constant("VERIFY SUM"),
      startTime: anyDeviceTime(),
      endTime: anyDeviceTime(),
      count: fc.nat(),
    }),
    fc.record({
      reply: fc.constant("INFO" as const),
      id,
      returnCode,
      command: fc.constant("INFO"),
      options: fc.record({ vendor: optionText, platform: optionText, userCount: fc.nat() }),
    }),
    fc.tuple(id, fc.uint8Array({ maxLength: 40 })).map(([commandId, content]) => ({
      reply: "GetFile" as const,
      id: commandId,
      sn: "0316144680030",
      fileName: "/mnt/x",
      command: "GetFile",
      returnCode: content.length,
      content,
    })),
    fc.record({
      reply: fc.constant("PutFile" as const),
      id,
      returnCode,
      command: fc.constant("PutFile"),
    }),
  );

const shell = fc.record({
  reply: fc.constant("Shell" as const),
  id,
  sn: fc.constant("0316144680030"),
  returnCode,
  command: fc.constant("Shell"),
  fileName: fc.constant("shellout.txt"),
  content: fc.uint8Array({ maxLength: 40 }),
});

test("a mixed batch comes back as it went, with a shell's output at its end", () => {
  fc.assert(
    fc.property(
      fc.array(anyReply(), { maxLength: 6 }),
      fc.option(shell, { nil: undefined }),
      (some, last) => {
        const records: CommandReply[] = last === undefined ? some : [...some, last];
        // The output of a shell has no end of its own, so no line feed can stand behind it.
        const replies = last === undefined ? { records } : { records, unterminated: true as const };
        expect(decodeReplies(encodeReplies(replies))).toEqual(replies);
      },
    ),
  );
});

test("any body is kept to the byte", () => {
  const piece = fc.oneof(
    fc.constantFrom(
      "ID=1&Return=0&CMD=DATA",
      "ID=info8487&Return=-1002&CMD=CLEAR_LOG",
      "ID=2&Return=0&CMD=INFO\n~OEMVendor=ZKTECO CO., LTD.\nMAC=00:17:61\n",
      "ID=3\nSN=1\nFILENAME=x\nCMD=GetFile\nReturn=3\nContent=a\nb",
      "ID=3\nReturn=9\nCMD=GetFile\nContent=short",
      "ID=4\nReturn=0\nCMD=PutFile",
      "id=5&return=0&cmd=verify sum&AttlogCount=7",
      "ID=6\nReturn=0\nCMD=Shell\nContent=\nID=7&Return=0&CMD=DATA",
      "ID=&Return=x",
      "noise",
      "",
      "\r",
    ),
    anyBase64(),
    fc.uint8Array({ maxLength: 12 }).map((bytes) => String.fromCharCode(...bytes)),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 6 }), fc.boolean(), (pieces, terminated) => {
      const body = bytesOf(pieces.join("\n") + (terminated ? "\n" : ""));
      expect(wireOf(encodeReplies(decodeReplies(body)))).toBe(wireOf(body));
    }),
  );
});

test("no body makes anything but replies or our error", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 256 }), (bytes) => {
      try {
        decodeReplies(bytes);
      } catch (error) {
        expect(error).toBeInstanceOf(ZkPushError);
      }
    }),
  );
});
