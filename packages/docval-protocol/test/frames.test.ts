import { readFileSync } from "node:fs";
import { fromHex, toHex } from "@org/emrtd-core";
import { describe, expect, test } from "vitest";
import { sessionInfo, sessionOf } from "../src/emrtd/index.js";
import { decodeResult, v1, v2 } from "../src/index.js";
import type { ClientProfileName } from "../src/testing/client-profiles.js";
import type { DocumentName } from "./support/documents.js";
import { run } from "./support/run.js";

interface Vectors {
  readonly clients: readonly {
    readonly source: string;
    readonly as: ClientProfileName;
    readonly version: 1 | 2;
    readonly document: DocumentName;
    readonly start: string;
    readonly files?: readonly string[];
    readonly finish?: string;
  }[];
  readonly texts: readonly {
    readonly source: string;
    readonly by: "client" | "server";
    readonly frame: string;
    readonly message?: unknown;
    readonly ssc?: string;
  }[];
  readonly binaries: readonly {
    readonly source: string;
    readonly hex: string;
    readonly message?: unknown;
    readonly error?: string;
  }[];
}

const vectors: Vectors = JSON.parse(
  readFileSync(new URL("./vectors/frames.json", import.meta.url), "utf8"),
  (_, value) =>
    typeof value?.hex === "string" && Object.keys(value).length === 1 ? fromHex(value.hex) : value,
);

describe("frames of each client, literally", () => {
  test.each(vectors.clients)(
    "$as, version $version",
    async ({ as, version, document, start, files, finish }) => {
      const { pair } = await run({ as, version, document });
      const frames = pair.log.filter(({ by }) => by === "client").map(({ frame }) => frame);
      expect(frames[0]).toBe(start);
      if (version === 1) return;
      const sent = frames.flatMap((frame) =>
        typeof frame !== "string" && frame[0] === 1 ? [v2.File.decode(frame).name] : [],
      );
      expect(sent).toEqual(files);
      expect(frames.at(-1)).toBe(finish);
    },
  );

  test("with diagnostics on, Android of version 2 tells its steps, and version 1 says so", async () => {
    const two = await run({ as: "android-2.1.26", version: 2, document: "aa", diagnostics: true });
    expect(two.pair.log.map(({ frame }) => frame)).toContain(
      '{"type":"MONITORING","message":"Step: READ_SOD"}',
    );
    expect(two.events).toContainEqual({ type: "monitoring", message: "Step: READ_SOD" });
    const one = await run({ as: "android-1.2.0", version: 1, document: "aa", diagnostics: true });
    expect(one.pair.log[0]?.frame).toContain('"platform":"android","enable_diagnostics":true}');
  });

  test("a signature is base64 in FINISH", async () => {
    const { pair } = await run({ as: "android-2.1.26", version: 2, document: "aa" });
    const finish = pair.log.filter(({ by }) => by === "client").at(-1)?.frame;
    expect(finish).toMatch(
      /^\{"type":"FINISH","sendResult":false,"activeAuthenticationSignature":"[A-Za-z0-9+/]{86}=="\}$/,
    );
  });
});

describe("status messages of version 1, with a chip", () => {
  /** What the server sent: each status with the number of commands behind it. */
  const steps = async (document: DocumentName) => {
    const { pair } = await run({ as: "spec", version: 1, document });
    const found: [string, number][] = [];
    for (const { by, frame } of pair.log) {
      if (by === "client") continue;
      if (typeof frame !== "string") found.at(-1)![1]++;
      else if (frame.startsWith('{"status"')) found.push([v1.Status.decode(frame).status, 0]);
    }
    return found;
  };

  test.each<[DocumentName, readonly string[]]>([
    ["both", ["READ_DG7"]],
    ["bac", ["READ_DG14", "CHIP_AUTHENTICATION", "READ_DG7"]],
    ["ca-aes", ["READ_DG15", "ACTIVE_AUTHENTICATION", "READ_DG7"]],
  ])(
    "%s: all but those of what it has not, in the order of the document",
    async (document, absent) => {
      const found = await steps(document);
      expect(found.map(([status]) => status)).toEqual(
        v1.STATUSES.filter((status) => !absent.includes(status)),
      );
      // SELECT, the head of the file, the rest of it: none of a step's commands leaves before its status.
      const commands = Object.fromEntries(found);
      expect(commands).toMatchObject({ READ_DG1: 3, READ_DG11: 3, READ_DG12: 3 });
      expect(commands).toMatchObject({ PASSIVE_AUTHENTICATION: 0, DONE: 0 });
    },
  );
});

describe("text messages, literally", () => {
  test.each(vectors.texts)("$source", ({ by, frame, message, ssc }) => {
    const decoded = by === "client" ? v2.decodeClientMessage(frame) : v2.decodeServerMessage(frame);
    if (message !== undefined) expect(decoded).toEqual(message);
    expect(v2.encodeMessage(decoded)).toBe(frame);
    if (ssc !== undefined && decoded.type === "CA_HANDOVER") {
      const session = sessionOf(decoded.secureMessagingInfo);
      expect(toHex(session.sendSequenceCounter)).toBe(ssc);
      expect(session).toMatchObject({ cipher: "3DES" });
      expect(session.encryptionKey).toHaveLength(16);
      expect(sessionInfo(session)).toEqual(decoded.secureMessagingInfo);
    }
  });
});

describe("null where a field may be absent is read as absent", () => {
  const fields =
    '"client_id":"c","validation_id":"v","access_key":{"can":"123456","document_number":null},"nfc_adapter_supports_extended_length":true,"max_command_bytes":null,"max_response_bytes":null,"platform":"p","enable_diagnostics":null';

  test("in the start message of version 1", () => {
    expect(v1.Start.decode(`{${fields}}`)).toEqual({
      client_id: "c",
      validation_id: "v",
      access_key: { can: "123456" },
      nfc_adapter_supports_extended_length: true,
      platform: "p",
    });
    expect(() => v1.Start.decode(`{${fields.replace('"c"', "null")}}`)).toThrow(
      expect.objectContaining({ code: "MESSAGE_INVALID", path: "client_id" }),
    );
  });

  test("in START, and not by strict readers", () => {
    const start =
      '{"type":"START","validationId":"v","clientId":"c","platform":"p","nfcAdapterSupportsExtendedLength":true,"enableDiagnostics":null}';
    expect(v2.decodeClientMessage(start)).not.toHaveProperty("enableDiagnostics");
    expect(() => v2.decodeClientMessage(start, { strict: true })).toThrow(
      expect.objectContaining({ code: "MESSAGE_INVALID" }),
    );
  });

  test("in a result", () => {
    const { passport } = decodeResult(
      '{"passive_authentication":true,"chip_authentication_result":"SUCCESS","active_authentication_result":"UNAVAILABLE","signature_photos":null,"errors":null,"files_binary":null,"face_photo":null,"additional_personal_details":{"other_names":null},"passive_authentication_details":{"sod_signature_valid":null,"data_groups_checked":null}}',
    );
    expect(passport.passiveAuthenticationDetails).toEqual({
      sodSignatureValid: false,
      documentCertificateValid: false,
      allHashesValid: false,
      dataGroupsChecked: [],
      dataGroupsWithValidHash: [],
      error: null,
    });
    expect(passport).toMatchObject({
      signaturePhotos: [],
      errors: [],
      facePhoto: null,
      additionalPersonalDetails: { otherNames: [] },
    });
    expect(passport).not.toHaveProperty("filesBinary");
  });
});

describe("binary messages, literally", () => {
  test.each(vectors.binaries)("$source", ({ hex, message, error }) => {
    if (error !== undefined) {
      expect(() => v2.decodeClientMessage(fromHex(hex))).toThrow(
        expect.objectContaining({ code: error }),
      );
      return;
    }
    const decoded = v2.decodeClientMessage(fromHex(hex));
    expect(decoded).toEqual(message);
    expect(toHex(v2.encodeMessage(decoded) as Uint8Array)).toBe(hex);
  });

  test("names are written with 1 to 127 bytes and read with up to 255", () => {
    const long = "x".repeat(255);
    const frame = Uint8Array.of(1, 255, ...new TextEncoder().encode(long), 7);
    expect(v2.File.decode(frame)).toEqual({ type: "FILE", name: long, data: Uint8Array.of(7) });
    for (const name of [long, "x".repeat(128), "", "\ud800"]) {
      expect(() => v2.File.encode({ type: "FILE", name, data: new Uint8Array() })).toThrow(
        expect.objectContaining({ code: "MESSAGE_UNENCODABLE" }),
      );
    }
  });

  test("what is no APDU is not written", () => {
    for (const length of [0, 1, 65_545]) {
      expect(() => v2.Apdu.encode({ type: "APDU", data: new Uint8Array(length) })).toThrow(
        expect.objectContaining({ code: "MESSAGE_UNENCODABLE" }),
      );
    }
  });
});
