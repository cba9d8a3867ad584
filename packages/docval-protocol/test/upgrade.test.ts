import { describe, expect, test } from "vitest";
import { bearerToken, decideUpgrade, type UpgradeOptions } from "../src/server/upgrade.js";

const decide = (
  url: string,
  options: UpgradeOptions = {},
  headers: { authorization?: string; origin?: string } = {},
) => {
  const { pathname, searchParams } = new URL(url, "ws://host");
  return decideUpgrade({ path: pathname, query: searchParams, ...headers }, options);
};

describe("which session a connection is to be", () => {
  test.each([
    ["/ws2/validate", { version: 2 }],
    ["/ws2/validate/", { version: 2 }],
    ["/ws2/validate?x=1", { version: 2 }],
    ["/ws1/validate", { version: 1, returnResult: false }],
    ["/ws1/validate?return_result=true", { version: 1, returnResult: true }],
    ["/ws1/validate?return_result=true&", { version: 1, returnResult: true }],
    ["/ws1/validate?a=b&&return_result=true", { version: 1, returnResult: true }],
    ["/ws1/validate?return_result=True", { version: 1, returnResult: true }],
    ["/ws1/validate?return_result=false", { version: 1, returnResult: false }],
    ["/ws1/validate?return_result=1", { version: 1, returnResult: false }],
  ])("%s", (url, session) => {
    expect(decide(url)).toEqual({ status: 101, session });
  });

  test.each(["/", "/ws3/validate", "/ws1", "/ws1/validate/x", "/WS1/validate"])(
    "%s is nowhere",
    (url) => {
      expect(decide(url)).toEqual({ status: 404 });
    },
  );
});

describe("who is let in", () => {
  test("with a token, whoever shows it", () => {
    const authorize = bearerToken("secret");
    for (const authorization of ["Bearer secret", "bearer secret", "BEARER  secret"]) {
      expect(decide("/ws2/validate", { authorize }, { authorization })).toMatchObject({
        status: 101,
      });
    }
    for (const authorization of [
      "Bearer secre",
      "Bearer secret2",
      "Bearer Secret",
      "Basic secret",
      "secret",
      "",
    ]) {
      expect(decide("/ws2/validate", { authorize }, { authorization })).toEqual({
        status: 401,
        headers: { "www-authenticate": "Bearer" },
      });
    }
    expect(decide("/ws2/validate", { authorize })).toMatchObject({ status: 401 });
  });

  test("of web pages, those that are named", () => {
    const options = { origins: ["https://app.test"] };
    expect(decide("/ws2/validate", options, { origin: "https://app.test" })).toMatchObject({
      status: 101,
    });
    expect(decide("/ws2/validate", options, { origin: "https://evil.test" })).toEqual({
      status: 403,
    });
    expect(decide("/ws2/validate", options)).toMatchObject({ status: 101 });
  });

  test("nobody, while the server closes", () => {
    expect(decide("/ws2/validate", { closing: true })).toEqual({ status: 503 });
    expect(decide("/elsewhere", { closing: true })).toEqual({ status: 404 });
  });
});
