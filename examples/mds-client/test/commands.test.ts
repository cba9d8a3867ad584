import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PROFILE_NAMES, parseToken } from "@org/mosip-mds-types";
import type { Fault } from "@org/mosip-mds-types/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { mdsCheck } from "../../mds-check/src/mds-check.js";
import { type MdsDeviceOptions, startMdsDevice } from "../../mds-device/src/start.js";
import { mdsKeys } from "../../mds-keys/src/mds-keys.js";
import { type RunningMdsServer, startMdsServer } from "../../mds-server/src/start.js";
import { client, run } from "./run.js";

const folder = mkdtempSync(join(tmpdir(), "mds-client-"));
const closing: { close(): Promise<void> }[] = [];
let server: RunningMdsServer;

beforeAll(async () => {
  server = await startMdsServer();
  closing.push(server);
});
afterAll(async () => {
  await Promise.all(closing.map((one) => one.close()));
  rmSync(folder, { recursive: true, force: true });
});

const device = async (options: MdsDeviceOptions) => {
  const started = await startMdsDevice({ port: 0, modalities: ["finger"], ...options });
  closing.push(started);
  return { ...started, at: ["--port", `${started.port}`] };
};

const SIM = ["--trust", "sim"];

describe("mds-client and mds-device", () => {
  test.concurrent.each(PROFILE_NAMES)(
    "%s: every command, without naming the version",
    async (spec) => {
      const { at, port } = await device({ spec });
      const found = (await client("discover", ...at, "--json")).document();
      expect(found).toMatchObject({ spec, port, report: null, files: [] });
      expect(found.answer).toHaveLength(2);

      const info = await client("info", ...at, ...SIM, "--json");
      expect([info.exit, info.document().report?.verdict]).toEqual([0, "authentic"]);

      const out = join(folder, spec);
      const captured = await client(
        ...["capture", ...at, ...SIM, "--decrypt-key", "sim", "--out", out, "--json"],
      );
      expect(captured.exit).toBe(0);
      const { report, files } = captured.document();
      expect(report?.verdict).toBe("authentic");
      expect(report?.checks).toHaveLength(8);
      expect(files.map((file) => file.slice(out.length + 1))).toContain("01-finger.jp2");
      for (const file of files) expect(statSync(file).mode & 0o777).toBe(0o600);

      const registered = await client("rcapture", ...at, ...SIM, "--count", "2", "--json");
      expect([registered.exit, registered.document().spec]).toEqual([0, spec]);

      const preview = await client("stream", ...at, "--seconds", "0.7", "--json");
      expect(preview.exit).toBe(0);
      expect(preview.document().answer).toMatchObject({ width: 256, height: 352 });
    },
  );

  test("without trust nothing is proved, without the key nothing is opened", async () => {
    const { at } = await device({});
    const { exit, out } = await client("capture", ...at);
    expect(exit).toBe(1);
    expect(out).toMatch(/^undetermined\n/);
    expect(out).toMatch(/certificate-chain +undetermined +NO_TRUST_ANCHOR/);
    expect(out).toMatch(/decryption +undetermined +NO_DECRYPTION_KEY/);
  });

  test("what was captured can be captured again", async () => {
    const out = join(folder, "again");
    const first = await device({ modalities: ["iris", "face"] });
    for (const type of ["iris", "face"]) {
      const words = ["rcapture", ...first.at, ...SIM, "--type", type, "--out", out];
      expect((await client(...words)).exit).toBe(0);
    }
    const { port, close } = await startMdsDevice({ port: 0, images: out });
    closing.push({ close });
    const again = join(folder, "again-and-again");
    const words = ["rcapture", "--port", `${port}`, ...SIM, "--type", "iris", "--position", "left"];
    expect((await client(...words, "--out", again)).exit).toBe(0);
    const file = "01-left-iris.jp2";
    expect(readdirSync(again)).toContain(file);
    expect(readFileSync(join(again, file))).toEqual(readFileSync(join(out, file)));
    expect((await client("stream", "--port", `${port}`, "--seconds", "0.6")).exit).toBe(0);
  });

  test("two captures at once: one succeeds, the other is told busy", async () => {
    const { at } = await device({});
    const both = await Promise.all([1, 2].map(() => client("rcapture", ...at, ...SIM)));
    expect(both.map(({ exit }) => exit).sort()).toEqual([0, 1]);
    expect(both.find(({ exit }) => exit === 1)?.out).toContain("error 111");
  });

  test("a fault comes and goes while the device runs", async () => {
    const faults = new Set<Fault>(["bad-signature"]);
    const { at } = await device({ faults });
    const bad = await client("info", ...at, ...SIM);
    expect(bad.out).toMatch(/signature +failed +SIGNATURE_WRONG/);
    faults.clear();
    expect((await client("info", ...at, ...SIM)).exit).toBe(0);
  });

  test("a service that counts characters is read with --raw", async () => {
    const { at } = await device({ faults: new Set<Fault>(["character-length"]) });
    const plain = await client("discover", ...at, "--spec", "0.9.5");
    expect(plain.exit).toBe(1);
    expect(plain.out).toContain("try --raw");
    expect((await client("discover", ...at, "--raw")).exit).toBe(0);
  });

  test("says why a port did not answer", async () => {
    const { at } = await device({});
    const none = await client("discover", ...at, "--type", "face");
    expect([none.exit, none.out]).toEqual([
      1,
      `no device\n${at[1]}: a device service without such a device\n`,
    ]);
    const other = await client("discover", "--port", `${server.port}`, "--json");
    expect(other.document()).toMatchObject({ ports: [{ reason: "wrong-verb" }] });
    const closed = await startMdsServer();
    await closed.close();
    const nobody = await client("capture", "--port", `${closed.port}`, "--json");
    expect(nobody.exit).toBe(3);
    expect(nobody.document()).toMatchObject({ error: { code: "UNREACHABLE" } });
  });

  test.each([
    [["capture", "--type", "vein"], "expected one of finger, iris, face"],
    [["rcapture", "--position", "toe"], "for --position"],
    [["register"], "expected --server URL"],
    [["register", "--server", "nowhere"], "expected a URL"],
    [["capture", "--trust", "/no/such/file"], "no such file"],
    [["capture", "--decrypt-key", "README.md"], "expected a PRIVATE KEY"],
  ])("refuses %j", async (words, message) => {
    const { exit, err } = await client(...words);
    expect(exit).toBe(2);
    expect(err).toContain(message);
  });
});

describe("mds-server", () => {
  test.each(["0.8.4", "0.9.2", "0.9.5"] as const)(
    "%s: registered once, and taken off",
    async (spec) => {
      const { at } = await device({ spec });
      const words = [...at, "--server", server.url];
      const registered = await client("register", ...words);
      expect(registered.exit).toBe(0);
      expect(registered.out).toMatch(/^Registered, [0-9a-f-]{36}\nauthentic\n/);
      expect(server.server.devices()).toHaveLength(1);
      const taken = await client("deregister", ...words);
      expect(taken.out).toMatch(/^Success, [0-9a-f-]{36}\nauthentic\n/);
      expect(server.server.devices()).toEqual([]);
      const again = await client("deregister", ...words);
      expect([again.exit, again.err]).toEqual([1, expect.stringContaining("NOT_FOUND")]);
    },
  );

  test("later versions have no registration", async () => {
    const { at } = await device({ spec: "sbi-1.0" });
    const { exit, err } = await client("register", ...at, "--server", server.url);
    expect([exit, err]).toEqual([2, expect.stringContaining("OPERATION_UNSUPPORTED")]);
  });

  test("a device that registers itself captures with the code that it got, and leaves at its end", async () => {
    const own = await startMdsServer();
    closing.push(own);
    const started = await startMdsDevice({ port: 0, modalities: ["finger"], server: own.url });
    const codes = own.server.devices().map(({ deviceCode }) => deviceCode);
    expect(started.registered.map(({ deviceCode }) => deviceCode)).toEqual(codes);
    const captured = await client("rcapture", "--port", `${started.port}`, ...SIM, "--json");
    expect(captured.exit).toBe(0);
    const { biometrics } = captured.document().answer as { biometrics: { data: string }[] };
    const block = JSON.parse(parseToken(biometrics[0]!.data).json);
    expect(codes).toContain(block.deviceCode);
    await started.close();
    expect(own.server.devices()).toEqual([]);
  });
});

describe("mds-keys", () => {
  test("keys of one's own are trusted, and those of the simulators not", async () => {
    const keys = join(folder, "keys");
    const made = await run(mdsKeys, "--out", keys, "--json");
    expect(JSON.parse(made.out).files).toHaveLength(16);
    expect(statSync(join(keys, "device.key.pem")).mode & 0o777).toBe(0o600);
    expect((await run(mdsKeys, "--out", keys)).exit).toBe(2);
    const { at } = await device({ keys });
    const key = ["--decrypt-key", join(keys, "partner.key.pem")];
    expect((await client("capture", ...at, "--trust", keys, ...key)).exit).toBe(0);
    const strange = await client("capture", ...at, ...SIM, ...key);
    expect(strange.out).toMatch(/^not-authentic\n/);
  });
});

describe("mds-check", () => {
  test("every case holds for a device, and not where it does something wrong", async () => {
    const faults = new Set<Fault>();
    const { at } = await device({ faults });
    const words = [...at, ...SIM, "--capture-timeout", "1", "--json"];
    const good = await run(mdsCheck, ...words);
    expect(JSON.parse(good.out)).toMatchObject({ spec: "0.9.5", failed: 0 });
    expect(good.exit).toBe(0);
    faults.add("wrong-hash-rule");
    const bad = await run(mdsCheck, ...words);
    expect(bad.exit).toBe(1);
    const failed = (JSON.parse(bad.out).cases as { status: string; message: string }[]).filter(
      ({ status }) => status === "failed",
    );
    expect(failed.map(({ message }) => message).join()).toContain("HASH_OTHER_RULE");
  });

  test("a device of another version is no success of no cases", async () => {
    const { at } = await device({});
    const other = await run(mdsCheck, ...at, "--spec", "0.8.4", "--json");
    expect(other.exit).toBe(1);
    expect(other.out).toContain("NOT_FOUND");
  });

  test("nobody there is exit 3", async () => {
    const closed = await startMdsServer();
    await closed.close();
    expect((await run(mdsCheck, "--port", `${closed.port}`)).exit).toBe(3);
  });
});
