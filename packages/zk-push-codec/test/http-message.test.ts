import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bytesOf } from "../src/bytes.js";
import {
  createRequestReader,
  createResponseReader,
  encodeHttpRequest,
  encodeHttpResponse,
  HTTP_LIMITS,
  type PushRequest,
  ZkPushError,
} from "../src/index.js";

const request = (overrides: Partial<PushRequest> = {}): PushRequest => ({
  method: "POST",
  path: "/iclock/cdata",
  query: "SN=0316144680030&table=ATTLOG&Stamp=9999",
  headers: [
    ["Host", "58.250.50.81:8011"],
    ["Content-Length", "3"],
  ],
  body: bytesOf("a\nb"),
  ...overrides,
});

describe("requests", () => {
  test("come whole from bytes in any portions", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(200), { maxLength: 12 }), fc.boolean(), (cuts, chunked) => {
        const framed = chunked
          ? request({ headers: [["Transfer-Encoding", "chunked"]] })
          : request();
        const two = [
          framed,
          request({ method: "Get", headers: [["Host", "x"]], body: bytesOf("") }),
        ];
        const bytes = bytesOf(
          two.map((one) => String.fromCharCode(...encodeHttpRequest(one))).join(""),
        );
        const reader = createRequestReader();
        const points = [0, ...cuts.sort((a, b) => a - b), bytes.length].map((cut) =>
          Math.min(cut, bytes.length),
        );
        const read = points
          .slice(1)
          .flatMap((point, i) => reader.push(bytes.subarray(points[i]!, point)));
        expect(read).toEqual(two);
      }),
    );
  });

  test("a space in the target and Get for a method are read", () => {
    const wire = "Get /iclock/getrequest?SN=1234567&INFO=Ver 8.0 Sep,1 HTTP/1.1\nHost: x\n\n";
    expect(createRequestReader().push(bytesOf(wire))).toMatchObject([
      { method: "Get", path: "/iclock/getrequest", query: "SN=1234567&INFO=Ver 8.0 Sep,1" },
    ]);
  });

  test("limits hold before the bytes are there", () => {
    const head = `POST / HTTP/1.1\r\nContent-Length: ${HTTP_LIMITS.body + 1}\r\n\r\n`;
    expect(() => createRequestReader().push(bytesOf(head))).toThrow(/at most/);
    const chunk = "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nfffffff\r\n";
    expect(() => createRequestReader().push(bytesOf(chunk))).toThrow(/at most/);
    expect(() => createRequestReader().push(bytesOf("x".repeat(HTTP_LIMITS.head + 1)))).toThrow(
      /at most/,
    );
  });

  test("no bytes make anything but requests or our error", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        try {
          createRequestReader().push(bytes);
        } catch (error) {
          expect(error).toBeInstanceOf(ZkPushError);
        }
      }),
    );
  });

  test("no header starts another", () => {
    expect(() => encodeHttpRequest(request({ headers: [["X", "1\r\nY: 2"]] }))).toThrow(
      ZkPushError,
    );
  });
});

describe("responses", () => {
  const response = {
    status: 200,
    headers: [["Content-Length", "2"]] as const,
    body: bytesOf("OK"),
  };

  test("come back as they went", () => {
    expect(createResponseReader().push(encodeHttpResponse(response))).toEqual([response]);
  });

  test("without a length, the end of the connection is the end of the body", () => {
    const reader = createResponseReader();
    expect(reader.push(bytesOf("HTTP/1.0 200 OK\r\n\r\nO"))).toEqual([]);
    expect(reader.push(bytesOf("K"))).toEqual([]);
    expect(reader.end()).toEqual({ status: 200, headers: [], body: bytesOf("OK") });
  });

  test("cut short of its length, a response is none", () => {
    const reader = createResponseReader();
    expect(reader.push(encodeHttpResponse(response).slice(0, -1))).toEqual([]);
    expect(reader.end()).toBeUndefined();
  });
});

describe("bodies in chunks", () => {
  const limits = { head: 200, body: 1_000 };
  const head = "POST /iclock/cdata?SN=1 HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n";
  const read = (text: string, portion = text.length) => {
    const reader = createRequestReader(limits);
    const bytes = bytesOf(head + text);
    const found: PushRequest[] = [];
    for (let at = 0; at < bytes.length; at += portion) {
      found.push(...reader.push(bytes.subarray(at, at + portion)));
    }
    return found.map(({ body }) => String.fromCharCode(...body));
  };

  test.each([
    ["", "0\r\n\r\n"],
    ["abc", "3\r\nabc\r\n0\r\n\r\n"],
    ["abcd", "1\r\na\r\n3;name=value\r\nbcd\r\n0\r\nTrailer: x\r\n\r\n"],
    ["abc", "2\nab\n1\nc\n0\n\n"],
  ])("%j, whatever the portions", (body, text) => {
    for (const portion of [1, 2, 3, 7, text.length + head.length]) {
      expect(read(text + head + text, portion)).toEqual([body, body]);
    }
  });

  test.each([
    ["a size that never ends", "1".padEnd(300, ";"), "LIMIT_EXCEEDED"],
    ["a size with a long extension", `1;${"x".repeat(300)}\r\na`, "LIMIT_EXCEEDED"],
    ["trailers that never end", `0\r\n${"a: b\r\n".repeat(60)}`, "LIMIT_EXCEEDED"],
    [
      "more than a body may have, in parts",
      `${"64\r\n".padEnd(104, "x")}\r\n`.repeat(11),
      "LIMIT_EXCEEDED",
    ],
    ["more than a body may have, announced", "ffffffff\r\n", "LIMIT_EXCEEDED"],
    ["no line end behind a chunk", "1\r\nab\r\n", "HTTP_MALFORMED"],
    ["no size", "x\r\n", "HTTP_MALFORMED"],
  ])("%s is refused in any portions", (_, text, code) => {
    for (const portion of [1, 50, 10_000]) {
      expect(() => read(text, portion)).toThrow(expect.objectContaining({ code }));
    }
  });

  test("a body of a mebibyte that comes byte by byte is read in passing", () => {
    const body = new Uint8Array(1_048_576).fill(65);
    const one = request({ headers: [["Transfer-Encoding", "chunked"]], body });
    const reader = createRequestReader();
    const bytes = encodeHttpRequest(one);
    let found: readonly PushRequest[] = [];
    for (let at = 0; at < bytes.length; at++) found = reader.push(bytes.subarray(at, at + 1));
    expect(found[0]?.body.length).toBe(body.length);
  });
});
