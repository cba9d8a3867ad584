import { describe, expect, test } from "vitest";
import type { Charset, Codec, Diagnostic } from "../src/index.js";
import { decodeRequest, encodeRequest, INTERACTIONS } from "../src/index.js";
import { type RequestVector, readVectors, vectorBytes } from "./vectors.js";

const written = ({ code, field }: Diagnostic): string =>
  field === undefined ? code : `${code} ${field}`;

const FILES: readonly (readonly [file: string, kind: string, charset: Charset])[] = [
  ["records", "record", "utf-8"],
  ["records-gb18030", "record", "gb18030"],
  ["commands", "command", "utf-8"],
  ["replies", "reply", "utf-8"],
  ["responses", "response", "utf-8"],
];

describe.each(FILES)("vectors of %s", (file, kind, charset) => {
  test.each(readVectors(file).map((vector) => [vector.name, vector.source, vector] as const))(
    "%s: %s",
    (name, _source, vector) => {
      const found = INTERACTIONS.find((entry) => entry.kind === kind && entry.name === name);
      const codec = found?.codec as unknown as Codec<unknown>;
      const bytes = vectorBytes(vector.wire, vector.hex);
      const noticed: string[] = [];
      const value = codec.decode(bytes, { charset, report: (d) => noticed.push(written(d)) });
      expect(value).toEqual(vector.value);
      expect(noticed).toEqual(vector.diagnostics ?? []);
      expect(codec.encode(vector.value, { charset })).toEqual(bytes);
    },
  );
});

describe("vectors of requests", () => {
  test.each(
    readVectors<RequestVector>("requests").map((row) => [row.name, row.source, row] as const),
  )("%s: %s", (name, _source, vector) => {
    const { method, path, query } = vector;
    const body = vectorBytes(vector.body, vector.bodyHex);
    const noticed: string[] = [];
    const message = decodeRequest(
      { method, path, query, headers: [], body },
      { report: (d) => noticed.push(written(d)) },
    );
    expect(message.request).toBe(name);
    expect(message).toEqual(vector.value);
    expect(noticed).toEqual(vector.diagnostics ?? []);
    const again = encodeRequest(vector.value as typeof message);
    expect({ method, path, query, body }).toEqual({
      method: again.method,
      path: again.path,
      query: again.query,
      body: again.body,
    });
  });
});
