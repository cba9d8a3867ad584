import { describe, expect, test } from "vitest";
import { createValidateHandler, type ValidateOptions } from "../src/http/index.js";
import { decodeResult } from "../src/index.js";
import { bearerToken } from "../src/server/upgrade.js";
import { DOCUMENTS } from "./support/documents.js";
import { serverOptions } from "./support/run.js";

const URL = "http://127.0.0.1/v4/validate";

/** Files of a document as a form, and what else is in it. */
const formOf = (fields: Record<string, string | Uint8Array>): FormData => {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) {
    if (typeof value === "string") form.append(name, value);
    else form.append(name, new Blob([Uint8Array.from(value)]), name);
  }
  return form;
};

const FILES = (() => {
  const { files } = DOCUMENTS["ca-aes"]();
  return Object.fromEntries(
    Object.entries(files)
      .filter(([name]) => /^(SOD|DG\d+)$/.test(name))
      .map(([name, bytes]) => [name.toLowerCase(), bytes as Uint8Array]),
  );
})();

const post = (body: FormData | string, options: Partial<ValidateOptions> = {}, headers = {}) => {
  const { chip, client } = serverOptions();
  const handler = createValidateHandler({ chip, client, ...options } as ValidateOptions);
  return handler(new Request(URL, { method: "POST", body, headers }));
};

const refusal = async (response: Response | Promise<Response>) => {
  const { status, headers } = await response;
  expect(headers.get("content-type")).toBe("application/json");
  return { status, ...((await (await response).json()) as object) };
};

describe("POST /v4/validate", () => {
  test("judges files without their chip", async () => {
    const response = await post(formOf({ client_id: "test", validation_id: "v-1", ...FILES }));
    expect(response.status).toBe(200);
    expect(response.headers.get("cache-control")).toBe("no-store");
    const { passport, validationId } = decodeResult(await response.text());
    expect(validationId).toBe("v-1");
    expect(passport).toMatchObject({
      passiveAuthentication: true,
      chipAuthenticationResult: "UNAVAILABLE",
      activeAuthenticationResult: "UNAVAILABLE",
      mrzInfo: { documentNumber: "L898902C3" },
      errors: [],
    });
    expect(passport.filesBinary).toBeUndefined();
  });

  test("a security object alone is judged as far as it goes", async () => {
    const response = await post(formOf({ client_id: "test", sod: FILES["sod"]! }));
    const { passport, validationId } = decodeResult(await response.text());
    expect(validationId).toBeNull();
    expect(passport).toMatchObject({
      mrzInfo: null,
      passiveAuthentication: false,
      passiveAuthenticationDetails: { sodSignatureValid: true, allHashesValid: false },
      errors: ["data-group-hashes: DG1_NOT_READ"],
    });
  });

  test("files are part of the result where the server is told so", async () => {
    const response = await post(formOf({ client_id: "test", ...FILES }), { includeFiles: true });
    const { passport } = decodeResult(await response.text());
    expect(passport.filesBinary?.["dg1"]).toEqual(FILES["dg1"]);
  });

  test.each([
    ["no client", { sod: new Uint8Array(3) }, 400, "INVALID_FORM"],
    ["no security object", { client_id: "test", dg1: new Uint8Array(3) }, 400, "INVALID_FORM"],
    ["a security object that is text", { client_id: "test", sod: "text" }, 400, "INVALID_FORM"],
    [
      "a file with another name",
      { client_id: "test", ...FILES, __proto__x: new Uint8Array(1) },
      400,
      "INVALID_FORM",
    ],
    ["another field", { client_id: "test", ...FILES, more: "x" }, 400, "INVALID_FORM"],
    ["a very long identifier", { client_id: "x".repeat(4_097), ...FILES }, 400, "INVALID_FORM"],
    ["an unknown client", { client_id: "other", ...FILES }, 401, "INVALID_CLIENT_ID"],
  ])("%s is refused", async (_, fields, status, error) => {
    expect(await refusal(post(formOf(fields as Record<string, string>)))).toEqual({
      status,
      error,
    });
  });

  test("a field that is there twice is refused", async () => {
    const form = formOf({ client_id: "test", ...FILES });
    form.append("sod", new Blob([new Uint8Array(1)]), "sod");
    expect(await refusal(post(form))).toEqual({ status: 400, error: "INVALID_FORM" });
  });

  test("what is no form is refused", async () => {
    expect(await refusal(post("{}", {}, { "content-type": "application/json" }))).toMatchObject({
      status: 415,
    });
    const broken = { "content-type": "multipart/form-data; boundary=x" };
    expect(await refusal(post("garbage", {}, broken))).toMatchObject({ status: 400 });
  });

  test("a body beyond the limit is not read", async () => {
    const large = {
      "content-type": "multipart/form-data; boundary=x",
      "content-length": "99999999",
    };
    expect(await refusal(post("x", {}, large))).toMatchObject({ status: 413, error: "TOO_LARGE" });
    const endless = new ReadableStream({
      pull: (controller) => controller.enqueue(new Uint8Array(1_048_576)),
    });
    const { chip, client } = serverOptions();
    const handler = createValidateHandler({ chip, client });
    const request = new Request(URL, {
      method: "POST",
      body: endless,
      headers: { "content-type": "multipart/form-data; boundary=x" },
      duplex: "half",
    } as RequestInit);
    expect(await refusal(handler(request))).toMatchObject({ status: 413 });
  });

  test("another method, or no right to ask", async () => {
    const { chip, client } = serverOptions();
    const handler = createValidateHandler({ chip, client, authorize: bearerToken("secret") });
    const get = await handler(new Request(URL));
    expect(get.status).toBe(405);
    expect(get.headers.get("allow")).toBe("POST");
    expect(await refusal(handler(new Request(URL, { method: "POST" })))).toEqual({
      status: 401,
      error: "UNAUTHORIZED",
    });
  });

  test("what goes wrong inside is told to the server alone", async () => {
    const errors: unknown[] = [];
    const chip = {
      judge: () => {
        throw new Error("secret detail");
      },
    };
    const response = post(formOf({ client_id: "test", ...FILES }), {
      chip,
      onError: (error) => errors.push(error),
    });
    expect(await refusal(response)).toEqual({ status: 500, error: "SERVER_ERROR" });
    expect(errors).toHaveLength(1);
  });
});
