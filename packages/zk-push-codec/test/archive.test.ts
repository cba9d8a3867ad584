import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { deflateRawSync, gunzipSync, gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  gunzip,
  gzipStored,
  openPacket,
  PACKET_LIMITS,
  readTar,
  unpack,
  writeTar,
  ZkPushError,
} from "../src/index.js";

const code = (run: () => unknown): string => {
  try {
    run();
  } catch (error) {
    if (error instanceof ZkPushError) return error.code;
    throw error;
  }
  return "none";
};

const text = new TextEncoder().encode("USER PIN=1\tName=Ann\nUSER PIN=2\tName=Bob\n");

describe("gzip", () => {
  test("reads what zlib wrote, at every level", () => {
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 3_000 }),
      fc
        .tuple(fc.uint8Array({ maxLength: 20 }), fc.nat(400))
        .map(([part, times]) =>
          Uint8Array.from(Array.from({ length: times }).flatMap(() => [...part])),
        ),
    );
    fc.assert(
      fc.property(bytes, fc.constantFrom(0, 1, 6, 9), (content, level) => {
        expect(gunzip(new Uint8Array(gzipSync(content, { level })), 1 << 20)).toEqual(content);
      }),
    );
  });

  test.each([0, 1, 65_535, 65_536, 200_000])("zlib reads what it wrote: %i bytes", (length) => {
    const content = new Uint8Array(length).map((_, i) => i);
    expect(Buffer.compare(gunzipSync(gzipStored(content)), content)).toBe(0);
  });

  test("refuses damage with our error", () => {
    const good = new Uint8Array(gzipSync(text));
    fc.assert(
      fc.property(fc.nat(good.length - 1), fc.integer({ min: 1, max: 255 }), (at, flip) => {
        const bad = good.slice();
        bad[at]! ^= flip;
        // Time, level, system and "probably text" say nothing of the content.
        if ((at >= 4 && at <= 9) || (at === 3 && bad[3] === 1)) return;
        expect(code(() => gunzip(bad, 1 << 20))).toMatch(/ARCHIVE_MALFORMED|LIMIT_EXCEEDED/);
      }),
    );
    for (let length = 0; length < good.length; length++) {
      expect(code(() => gunzip(good.subarray(0, length), 1 << 20))).toBe("ARCHIVE_MALFORMED");
    }
  });

  test("stops at the limit", () => {
    const bomb = new Uint8Array(gzipSync(new Uint8Array(1 << 20)));
    expect(code(() => gunzip(bomb, 10_000))).toBe("LIMIT_EXCEEDED");
    expect(code(() => unpack(bomb))).toBe("LIMIT_EXCEEDED");
    expect(code(() => unpack(new Uint8Array(PACKET_LIMITS.packed + 1)))).toBe("LIMIT_EXCEEDED");
  });

  test("any bytes make our error", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        const framed = Uint8Array.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, ...bytes]);
        expect(code(() => gunzip(framed, 1 << 16))).not.toBe("none");
      }),
    );
    expect(deflateRawSync(text).length).toBeGreaterThan(0);
  });
});

describe("tar", () => {
  const folder = mkdtempSync(join(tmpdir(), "zk-tar-"));
  writeFileSync(join(folder, "data.txt"), text);

  test("reads what tar wrote, and tar reads what it wrote", () => {
    const packed = execFileSync("tar", ["-czf", "-", "-C", folder, "data.txt"]);
    expect(openPacket(new Uint8Array(packed))[0]?.records).toMatchObject([
      { record: "USER", pin: "1", name: "Ann" },
      { record: "USER", pin: "2", name: "Bob" },
    ]);
    const listed = execFileSync("tar", ["-tf", "-"], {
      input: writeTar([{ name: "a/b.txt", content: text }]),
    });
    expect(listed.toString()).toBe("a/b.txt\n");
  });

  test("refuses links and names that lead out", () => {
    symlinkSync("/etc/passwd", join(folder, "link"));
    const link = execFileSync("tar", ["-cf", "-", "-C", folder, "link"]);
    expect(code(() => readTar(new Uint8Array(link), 10))).toBe("ARCHIVE_FORBIDDEN");
    const outside = execFileSync("tar", [
      "-P",
      "-cf",
      "-",
      "-C",
      folder,
      "data.txt",
      "--transform=s,^,../../,",
    ]);
    expect(code(() => readTar(new Uint8Array(outside), 10))).toBe("ARCHIVE_FORBIDDEN");
    for (const name of ["/etc/passwd", "../x", "a/../../b", "C:x", ""]) {
      expect(code(() => writeTar([{ name, content: text }]))).toBe("FIELD_INVALID");
    }
    rmSync(folder, { recursive: true });
  });

  test("counts its files", () => {
    const many = writeTar(Array.from({ length: 4 }, (_, i) => ({ name: `f${i}`, content: text })));
    expect(readTar(many, 4)).toHaveLength(4);
    expect(code(() => readTar(many, 3))).toBe("LIMIT_EXCEEDED");
  });

  test("any bytes make files or our error", () => {
    const good = writeTar([{ name: "a", content: text }]);
    fc.assert(
      fc.property(fc.nat(good.length - 1), fc.nat(255), (at, byte) => {
        const bytes = good.slice();
        bytes[at] = byte;
        code(() => readTar(bytes, 5));
      }),
    );
  });
});

test("a gzip stream of bare text is read too", () => {
  expect(openPacket(new Uint8Array(gzipSync(text)))[0]?.records).toHaveLength(2);
});
