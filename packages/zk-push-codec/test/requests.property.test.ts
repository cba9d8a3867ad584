import fc from "fast-check";
import { expect, test } from "vitest";
import { anyPushRequest } from "../src/arbitraries.js";
import { decodeRequest, encodeRequest, ZkPushError } from "../src/index.js";

test("any request is kept in all its parts, or refused with our error", () => {
  let read = 0;
  fc.assert(
    fc.property(anyPushRequest(), (request) => {
      try {
        const message = decodeRequest(request);
        read++;
        const { method, path, query, body } = encodeRequest(message);
        expect({ method, path, query }).toEqual({
          method: request.method,
          path: request.path,
          query: request.query,
        });
        const bodiless = ["initialization", "RemoteAtt", "info", "getrequest", "ping", "file"];
        if (!bodiless.includes(message.request)) expect(body).toEqual(request.body);
      } catch (error) {
        if (!(error instanceof ZkPushError)) throw error;
        expect(error.code).not.toMatch(/^FIELD_/);
      }
    }),
    { numRuns: 2_000 },
  );
  expect(read).toBeGreaterThan(100);
});

test.each(["\tSN=1234567", " sn=1234567", "SN=1234567&&", "x&SN=1234567&SN=7"])(
  "a query that is written in a way of its own stays so: %s",
  (query) => {
    const request = {
      method: "GET",
      path: "/iclock/getrequest",
      query,
      headers: [],
      body: new Uint8Array(),
    };
    const message = decodeRequest(request);
    expect(message).toMatchObject({ request: "getrequest", sn: "1234567" });
    expect(encodeRequest(message).query).toBe(query);
  },
);

test("a message that changed is written anew, not as it was read", () => {
  const message = decodeRequest({
    method: "Get",
    path: "/ICLOCK/cdata.aspx",
    query: "options=all&sn=1234567&pushver=2.2.14",
    headers: [],
    body: new Uint8Array(),
  });
  expect(message).toMatchObject({ request: "initialization", sn: "1234567" });
  const { method, path, query } = encodeRequest({ ...message, sn: "7654321" });
  expect({ method, path, query }).toEqual({
    method: "Get",
    path: "/ICLOCK/cdata.aspx",
    query: "SN=7654321&options=all&pushver=2.2.14",
  });
});
