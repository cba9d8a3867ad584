import { type ChildProcess, spawn } from "node:child_process";
import {
  existsSync,
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
import { runCommand } from "@org/command/testing";
import { nodeCrypto } from "@org/emrtd-core/node";
import { personalise } from "@org/emrtd-core/testing";
import { openWebSocket } from "@org/transports/node/websocket";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { client as clientProgram, errorTables } from "../src/client.js";

const folder = mkdtempSync(join(tmpdir(), "sinosecu-"));
const running: ChildProcess[] = [];
let service: { url: string; process: ChildProcess };

const start = (name: string, ...words: string[]): ChildProcess => {
  const child = spawn(
    process.execPath,
    ["--conditions=@org/source", "--import", "tsx", `examples/${name}/src/main.ts`, ...words],
    { stdio: ["ignore", "pipe", "pipe"] },
  );
  running.push(child);
  return child;
};

/** Starts a command that listens and waits for its word. */
const listening = (
  name: string,
  ...words: string[]
): Promise<{ url: string; process: ChildProcess }> =>
  new Promise((resolve, reject) => {
    const child = start(name, ...words, "--port", "0", "--json");
    let text = "";
    child.stdout!.on("data", (chunk: Buffer) => {
      text += chunk.toString();
      if (!text.includes("\n")) return;
      const { listening: url }: { listening: string } = JSON.parse(text.split("\n")[0]!);
      resolve({ url: `${url.replace(/^http/, "ws")}/echo`, process: child });
    });
    child.on("exit", (code) => reject(new Error(`exit ${code}`)));
  });

/** Runs a command line of the client in this process. */
const client = (...words: string[]) => runCommand(clientProgram, words, errorTables);

beforeAll(async () => {
  const { files } = personalise("bac-rsa", { crypto: nodeCrypto });
  const document = join(folder, "document");
  mkdirSync(document);
  writeFileSync(
    join(document, "document.json"),
    JSON.stringify({ values: { surname: "ERIKSSON" } }),
  );
  writeFileSync(join(document, "white.jpg"), Uint8Array.of(0xff, 0xd8, 0xff, 0xe0));
  for (const [name, bytes] of Object.entries(files))
    writeFileSync(join(document, `${name}.bin`), bytes!);
  service = await listening(
    "sinosecu-service",
    "--interval",
    "2",
    "--document",
    document,
    "--quirk",
    "images-first",
  );
});
afterAll(() => {
  for (const child of running) child.kill();
  rmSync(folder, { recursive: true, force: true });
});

describe("sinosecu-client", () => {
  test("asks: info, set, constant, batch", async () => {
    const url = ["--url", service.url, "--json"];
    const file = join(folder, "batch.json");
    writeFileSync(
      file,
      '[{"Command":"Get","Operand":"DeviceName"},{"Command":"Get","Operand":"WebConstant","Param":"Nope"}]',
    );
    const wrong = join(folder, "wrong.json");
    writeFileSync(wrong, '[{"Command":"Get","Operand":"ReadChip"}]');
    const [info, set, constant, refused, batch, unknown] = await Promise.all([
      client("info", ...url),
      client("set", "IfDetectUVDull", "True", ...url),
      client("constant", "DeviceOffLine", ...url),
      client("constant", "Nope", ...url),
      client("batch", file, ...url),
      client("batch", wrong, ...url),
    ]);
    expect([info.exit, JSON.parse(info.out)]).toEqual([
      0,
      {
        online: "Device is connected",
        device: "connected",
        name: "Simulated passport reader",
        serialNumber: "SIM-0001",
        type: "PassportReader",
        version: "6.8.1.3",
      },
    ]);
    expect([set.exit, set.out]).toEqual([0, '{"IfDetectUVDull":true}\n']);
    expect([constant.exit, constant.out]).toEqual([0, '{"DeviceOffLine":"Device dropped"}\n']);
    expect([refused.exit, JSON.parse(refused.out).error.code]).toEqual([1, "REQUEST_REFUSED"]);
    expect(refused.err).toContain("Invalid instruction");
    expect([batch.exit, JSON.parse(batch.out).answers.length]).toEqual([1, 2]);
    expect([unknown.exit, JSON.parse(unknown.out).error.code]).toEqual([2, "BATCH_INVALID"]);
  });

  test("reads and saves: trigger, image", async () => {
    const out = join(folder, "out");
    // Whoever connects in the middle of a reading is told the rest of it only: then the next one is whole.
    for (let i = 0; i < 5 && !existsSync(out); i++) {
      const read = await client("trigger", "3", "--url", service.url, "--out", out, "--json");
      expect([read.exit, JSON.parse(read.out).document.surname?.value]).toEqual([0, "ERIKSSON"]);
    }
    const saved = readdirSync(out);
    expect(saved).toEqual([expect.stringMatching(/^\d{3}-white\.jpg$/)]);
    const file = join(out, saved[0]!);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect([...readFileSync(file)]).toEqual([0xff, 0xd8, 0xff, 0xe0]);
    expect((await client("image", "32", "--url", service.url)).exit).toBe(2);
  });

  test("watches and proves the chip", async () => {
    const words = ["watch", "--count", "1", "--url", service.url, "--json", "--prove"];
    const [known, nobody] = await Promise.all([
      client(...words, "--csca", "sim"),
      client(...words),
    ]);
    const documentOf = ({ out }: { out: string }) =>
      out
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line))
        .find(({ event }) => event === "document");
    expect(documentOf(known).chipVerdict).toMatchObject({
      status: "verified",
      report: { verdict: "authentic" },
    });
    expect(documentOf(nobody).chipVerdict.report.verdict).toBe("undetermined");
    expect(known.out).not.toContain('EF.SOD":"');
  });

  test("says why a chip could not be judged", async () => {
    const told = await client("watch", "--count", "1", "--url", service.url, "--prove");
    expect(told.out).toMatch(/chip: undetermined, .*document-signer-chain NO_TRUST_ANCHOR/);
  });

  test("watches for a service that does not run yet, and says so", async () => {
    const waiting = start("sinosecu-client", "watch", "--url", "ws://127.0.0.1:1/echo");
    let said = "";
    for await (const part of waiting.stderr!) {
      said += String(part);
      if (said.includes("ECONNREFUSED")) break;
    }
    waiting.kill();
    expect(said).toMatch(/^trying again: .*ECONNREFUSED/m);
  });

  test("lets pages of allowed origins through, and no others", async () => {
    const proxy = await listening(
      "sinosecu-client",
      "proxy",
      "--allow-origin",
      "https://desk.example",
      "--url",
      service.url,
    );
    const open = (origin: string) => openWebSocket(proxy.url, { headers: { Origin: origin } });
    await expect(open("https://evil.example")).rejects.toMatchObject({
      code: "HANDSHAKE_REFUSED",
      status: 403,
    });
    const page = await open("https://desk.example");
    await page.send('{"Type":"Request","Command":"Get","Operand":"DeviceName"}');
    for (;;) {
      const frame = (await page.receive()) as string;
      if (frame.includes("DeviceName")) break;
    }
    await page.send('{"Type":"Request","Command":"Get","Operand":"ReadChip"}');
    expect(await page.closed).toMatchObject({ code: 1008 });
  });

  test("says what is wrong, and with which exit", async () => {
    for (const [exit, ...words] of [
      [2, "set", "NoSuch", "True"],
      [2, "set", "VIZ", "perhaps"],
      [2, "nosuch"],
      [2, "trigger", "soon"],
      [2, "watch", "--csca", "sim"],
      [3, "info", "--url", "ws://127.0.0.1:1/echo"],
    ] as const) {
      const told = await client(...words);
      expect([told.exit, words[0]]).toEqual([exit, words[0]]);
      expect(told.err).toMatch(/^error: [A-Z_]+: /);
      if (exit === 3) expect(told.err).toContain("ECONNREFUSED");
    }
  });
});

describe("sinosecu-service", () => {
  const exitOf = (child: ChildProcess): Promise<number | null> =>
    new Promise((resolve) => child.on("exit", resolve));

  test("refuses what does not exist", async () => {
    const children = [
      ["--quirk", "nosuch"],
      ["--document", folder],
    ].map((words) => exitOf(start("sinosecu-service", ...words)));
    expect(await Promise.all(children)).toEqual([2, 2]);
  });

  test("ends on SIGTERM as one that is done", async () => {
    const ended = exitOf(service.process);
    service.process.kill("SIGTERM");
    expect(await ended).toBe(0);
  });
});
