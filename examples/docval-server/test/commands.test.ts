import { generateKeyPairSync, X509Certificate } from "node:crypto";
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connect } from "node:tls";
import type { AnyCommand } from "@org/command";
import { runCommand } from "@org/command/testing";
import { DOCVAL_ERRORS } from "@org/docval-protocol";
import { nodeCrypto } from "@org/emrtd-core/node";
import { simulatorAnchors } from "@org/emrtd-core/testing";
import { ERROR_TABLES } from "@org/example-emrtd/errors";
import { openWebSocket } from "@org/transports/node/websocket";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import certificate from "../../../packages/transports/test/vectors/localhost-certificate.json" with {
  type: "json",
};
import { docvalClient } from "../../docval-client/src/docval-client.js";
import { docvalResults } from "../../docval-results/src/docval-results.js";
import { docvalServer } from "../src/docval-server.js";
import { killAll, type Running, start } from "./processes.js";
import { startRig } from "./rig.js";

const renewed = JSON.parse(
  readFileSync(new URL("./vectors/renewed-certificate.json", import.meta.url), "utf8"),
) as typeof certificate;

const folder = mkdtempSync(join(tmpdir(), "docval-"));
const file = (name: string) => join(folder, name);

/** Runs a command line in this process. */
const run = (root: AnyCommand, ...words: string[]) =>
  runCommand(root, words, async () => [DOCVAL_ERRORS, ...ERROR_TABLES]);

let results: Running;
let server: Running;
const client = (version: 1 | 2, ...words: string[]) =>
  run(
    docvalClient,
    ...["--url", `${server.url.replace("http", "ws")}/ws${version}/validate`],
    ...["--client-id", "desk", "--json", ...words],
  );

beforeAll(async () => {
  const { privateKey, publicKey } = generateKeyPairSync("ed25519");
  writeFileSync(file("key.der"), privateKey.export({ format: "der", type: "pkcs8" }));
  writeFileSync(file("key.pub.pem"), publicKey.export({ format: "pem", type: "spki" }));
  mkdirSync(file("csca"));
  writeFileSync(file("csca/someone.cer"), simulatorAnchors(nodeCrypto)[0]!);
  results = await start(
    "docval-results",
    "--verify-key",
    file("key.pub.pem"),
    "--out",
    file("out"),
  );
  server = await start(
    "docval-server",
    ...["--client", `desk=${results.url}/results`, "--client", "nowhere", "--csca", file("csca")],
    ...["--sign-results", file("key.der"), "--include-files", "--transcript", file("transcripts")],
  );
});
afterAll(() => {
  killAll();
  rmSync(folder, { recursive: true, force: true });
});

describe("the commands together", () => {
  test("trust anchors are read anew on SIGHUP; those that cannot be read change nothing", async () => {
    const proved = async () =>
      JSON.parse((await client(2, "--chip", "sim:ca-aes", "--result")).out).result
        .passiveAuthentication;
    const hangUp = async (said: string) => {
      server.child.kill("SIGHUP");
      await vi.waitFor(() => expect(server.text.err).toContain(said), { timeout: 20_000 });
    };
    simulatorAnchors(nodeCrypto).forEach((bytes, i) => {
      rmSync(file("csca/someone.cer"), { force: true });
      writeFileSync(file(`csca/${i}.cer`), bytes);
    });
    await hangUp('"anchors":3');
    expect(await proved()).toBe(true);
    writeFileSync(file("csca/broken.cer"), "nonsense");
    await hangUp("not loaded");
    expect(await proved()).toBe(true);
    rmSync(file("csca/broken.cer"));
  });

  test.each([1, 2] as const)(
    "version %i ends in a result that is shown as authentic",
    async (version) => {
      const words = ["--chip", "sim:ca-aes", "--validation-id", `../${version}`, "--result"];
      const transcript = file(`client-${version}.jsonl`);
      const { exit, out, err } = await client(version, ...words, "--transcript", transcript);
      expect([exit, err]).toEqual([0, "the key is that of the simulator's profile ca-aes\n"]);
      const { close, result } = JSON.parse(out);
      expect(close).toEqual({ by: "server", code: 1000, reason: "", posted: true });
      expect(result).toMatchObject({
        passiveAuthentication: true,
        chipAuthenticationResult: "SUCCESS",
        mrzInfo: { primaryIdentifier: "ERIKSSON", secondaryIdentifier: ["ANNA", "MARIA"] },
      });
      expect(Buffer.from(result.facePhoto, "base64").subarray(0, 2)).toEqual(Buffer.of(0xff, 0xd8));
      expect(Object.keys(result.filesBinary)).toContain("dg14");
      const line = results.text.out.trim().split("\n").at(-1)!;
      expect(JSON.parse(line)).toEqual({
        validationId: `../${version}`,
        passive: true,
        chip: "SUCCESS",
        active: "UNAVAILABLE",
        verified: true,
      });
      const written = readdirSync(file("out")).sort().at(-1)!;
      expect(statSync(join(file("out"), written)).mode & 0o777).toBe(0o600);
      expect(JSON.parse(readFileSync(join(file("out"), written), "utf8"))).toMatchObject({
        client_validation_id: `../${version}`,
        emrtd_passport: { passive_authentication: true },
      });
      const own = readFileSync(transcript, "utf8");
      const theirs = readdirSync(file("transcripts")).map((name) =>
        readFileSync(join(file("transcripts"), name), "utf8"),
      );
      for (const text of [own, ...theirs, server.text.err]) {
        expect(text).not.toMatch(/ERIKSSON|L898902C3|740812/);
      }
      expect(own.trim().split("\n").length).toBeGreaterThan(20);
      expect(theirs.length).toBeGreaterThan(0);
    },
  );

  test("a document that is not authentic, and a result that nobody asked for", async () => {
    const [cloned, unseen, words] = await Promise.all([
      client(2, "--chip", "sim:cloned", "--result", "--as", "ios-2.1.2"),
      client(1, "--chip", "sim:cloned", "--as", "android-1.2.0", "--short-apdus"),
      run(
        docvalClient,
        "--url",
        `${server.url.replace("http", "ws")}/ws2/validate`,
        "--client-id",
        "nowhere",
        "--chip",
        "sim:tampered",
        "--result",
      ),
    ]);
    expect([cloned.exit, JSON.parse(cloned.out).result.activeAuthenticationResult]).toEqual([
      1,
      "FAILED",
    ]);
    expect([unseen.exit, JSON.parse(unseen.out).result]).toEqual([0, null]);
    expect([words.exit, words.out]).toEqual([
      1,
      expect.stringContaining("data-group-hashes: HASH_MISMATCH"),
    ]);
  });

  test("what a server refuses is no", async () => {
    const guarded = await startRig({ authorization: "secret" });
    const refused = await run(
      docvalClient,
      ...["--url", `${guarded.url.replace("http", "ws")}/ws2/validate`, "--client-id", "desk"],
      ...["--chip", "sim:ca-aes", "--json"],
    );
    await guarded.close();
    expect([refused.exit, JSON.parse(refused.out).error.code]).toEqual([1, "HANDSHAKE_REFUSED"]);
    const [stranger, wrongKey] = await Promise.all([
      run(
        docvalClient,
        "--url",
        `${server.url.replace("http", "ws")}/ws1/validate`,
        "--client-id",
        "stranger",
        "--chip",
        "sim",
        "--json",
      ),
      client(
        1,
        "--chip",
        "sim",
        "--document-number",
        "X12345678",
        "--birth",
        "740812",
        "--expiry",
        "340415",
      ),
    ]);
    expect([stranger.exit, JSON.parse(stranger.out).close]).toEqual([
      1,
      { by: "server", code: 4401, reason: "INVALID_CLIENT_ID", posted: false },
    ]);
    expect([wrongKey.exit, JSON.parse(wrongKey.out).close.reason]).toEqual([
      1,
      "ACCESS_CONTROL_FAILED",
    ]);
  });

  test("SIGTERM ends them as ones that are done", async () => {
    for (const { child, exit } of [server, results]) {
      child.kill("SIGTERM");
      expect(await exit).toBe(0);
    }
  });
});

describe("a certificate", () => {
  /** The fingerprint of what a server shows now. */
  const shown = (url: string): Promise<string> =>
    new Promise((resolve, reject) => {
      const socket = connect({ port: Number(new URL(url).port), rejectUnauthorized: false }, () => {
        resolve(socket.getPeerX509Certificate()!.fingerprint256);
        socket.destroy();
      }).on("error", reject);
    });
  const fingerprint = (pem: string) => new X509Certificate(pem).fingerprint256;
  const put = ({ cert, key }: { cert: string; key: string }) => {
    writeFileSync(file("tls.pem"), cert);
    writeFileSync(file("tls.key"), key);
  };

  test("is read anew on SIGHUP; one that does not fit its key changes nothing", async () => {
    put(certificate);
    const { url, child, text, exit } = await start(
      "docval-server",
      ...["--client", "desk", "--csca", "sim"],
      ...["--tls-cert", file("tls.pem"), "--tls-key", file("tls.key")],
    );
    expect(await shown(url)).toBe(fingerprint(certificate.cert));
    // What is open stays open with what it was shown.
    const session = await openWebSocket(`${url.replace("https", "wss")}/ws2/validate`, {
      tls: { rejectUnauthorized: false },
    });

    put({ ...certificate, key: renewed.key });
    child.kill("SIGHUP");
    await vi.waitFor(() => expect(text.err).toContain("certificate not loaded"), {
      timeout: 20_000,
    });
    expect(await shown(url)).toBe(fingerprint(certificate.cert));

    put(renewed);
    child.kill("SIGHUP");
    await vi.waitFor(() => expect(text.err).toContain("certificate loaded"), { timeout: 20_000 });
    expect(await shown(url)).toBe(fingerprint(renewed.cert));
    await session.send("{");
    expect(await session.closed).toMatchObject({ by: "peer", reason: "MALFORMED_JSON" });
    child.kill("SIGTERM");
    expect(await exit).toBe(0);
  });
});

describe("wrong words", () => {
  const url = ["--url", "ws://127.0.0.1:1/ws2/validate", "--client-id", "x"];
  test.each<[number, AnyCommand, string[]]>([
    [2, docvalServer, []],
    [2, docvalServer, ["--client", "=http://x/"]],
    [2, docvalServer, ["--client", "a=ftp://x/"]],
    [2, docvalServer, ["--client", "a", "--client", "a"]],
    [2, docvalServer, ["--client", "a", "--tls-cert", "x"]],
    [2, docvalServer, ["--client", "a", "--sign-results", "nowhere.pem"]],
    [2, docvalServer, ["--client", "a", "--csca", "nowhere"]],
    [2, docvalServer, ["--client", "a", "--log-level", "loud"]],
    [2, docvalServer, ["--client", "a", "--authorization", "a b"]],
    [2, docvalResults, ["--verify-key", "package.json"]],
    [2, docvalClient, ["--url", "http://x/ws2/validate", "--client-id", "x", "--chip", "sim"]],
    [2, docvalClient, ["--url", "ws://x/elsewhere", "--client-id", "x", "--chip", "sim"]],
    [2, docvalClient, ["--url", "ws://x/aws2/validate", "--client-id", "x", "--chip", "sim"]],
    [2, docvalClient, [...url, "--chip", "sim:nosuch"]],
    [2, docvalClient, [...url, "--chip", "sim", "--as", "windows"]],
    [2, docvalClient, [...url, "--chip", "sim", "--as", "ios-1.2.2"]],
    [2, docvalClient, [...url, "--chip", "sim", "--birth", "740812"]],
    [3, docvalClient, [...url, "--chip", "sim"]],
    [
      3,
      docvalClient,
      ["--url", "ws://127.0.0.1:1/nfc/ws1/validate", "--client-id", "x", "--chip", "sim"],
    ],
  ])("exit %i", async (exit, root, words) => {
    const told = await run(root, ...words, "--json");
    expect([told.exit, words]).toEqual([exit, words]);
    expect(JSON.parse(told.out).error.code).toMatch(/^[A-Z_]+$/);
    expect(told.err).toMatch(/^error: [A-Z_]+: /m);
  });
});
