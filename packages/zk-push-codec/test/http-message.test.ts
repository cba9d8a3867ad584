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
