import { type ChildProcess, spawn } from "node:child_process";
import { generateKeyPairSync } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { simulatorTrust } from "@org/mosip-mds-types/testing";
import { afterAll, describe, expect, test } from "vitest";
import { openFrontDesk } from "../src/front-desk.js";
import { simulatorTrustStore } from "../src/simulate/world.js";

const folder = mkdtempSync(join(tmpdir(), "front-desk-stations-"));
const running: ChildProcess[] = [];
afterAll(async () => {
  await Promise.all(
    running.map((child) => {
      const ended = new Promise((resolve) => child.once("exit", resolve));
      child.kill();
      return child.exitCode === null ? ended : undefined;
    }),
  );
  rmSync(folder, { recursive: true, force: true });
});

/** Runs a command of this project in a process of its own. */
const run = (name: string, ...words: string[]): ChildProcess => {
  const main = new URL(`../../${name}/src/main.ts`, import.meta.url).pathname;
  const child = spawn(
    process.execPath,
    ["--conditions=@org/source", "--import", "tsx", main, ...words],
    { stdio: ["ignore", "pipe", "ignore"] },
  );
  running.push(child);
  return child;
};

/** The same for one that listens. @returns its URL. */
const serve = (name: string, ...words: string[]): Promise<string> =>
  new Promise((resolve, reject) => {
    const child = run(name, ...words, "--port", "0", "--json");
    child.once("exit", (code) => reject(new Error(`${name} ended with ${code}`)));
    let text = "";
    child.stdout!.on("data", (part: Buffer) => {
      text += part.toString();
      const found = /"listening":"([^"]+)"/.exec(text);
      if (found) resolve(found[1]!);
    });
  });

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });

describe("with nothing of its own but the page", () => {
  test("a visit crosses six other processes", async () => {
    const { publicKey, privateKey } = generateKeyPairSync("ed25519");
    const keyFile = join(folder, "results.pem");
    writeFileSync(keyFile, privateKey.export({ type: "pkcs8", format: "pem" }), { mode: 0o600 });
    const [port, cardPort] = [await freePort(), await freePort()];
    const token = "a-token-for-this-test";
    const [reader, device, clocks, docval] = await Promise.all([
      serve("sinosecu-service", "--interval", "4"),
      serve("mds-device", "--modality", "finger"),
      serve(
        "zk-server",
        "--db",
        join(folder, "zk.sqlite"),
        "--pairing",
        "open",
        "--admin-token",
        token,
      ),
      serve(
        "docval-server",
        ...["--client", `desk=http://127.0.0.1:${port}/results/docval`, "--csca", "sim"],
        ...["--sign-results", keyFile, "--key-id", "results", "--log-level", "silent"],
      ),
    ]);
    run(
      "zk-device",
      "--server",
      clocks,
      "--sn",
      "DESKCLOCK01",
      "--users",
      "1",
      "--records",
      "2",
      "--rate",
      "0.01",
      "--duration",
      "120",
    );
    const desk = await openFrontDesk({
      port,
      chip: { kind: "vpcd", port: cardPort },
      sinosecu: `${reader.replace(/^http/, "ws")}/echo`,
      docval: {
        url: `${docval.replace(/^http/, "ws")}/ws2/validate`,
        clientId: "desk",
        verificationKey: publicKey.export({ type: "spki", format: "pem" }).toString(),
        keyId: "results",
      },
      trust: simulatorTrustStore(),
      zk: { url: clocks, token },
      mds: { ports: [Number(new URL(device).port)], trust: (await simulatorTrust()).trust },
      patience: { chipMs: 20_000 },
    });
    try {
      run("emrtd", "chip", "--profile", "ca-aes", "--vpcd", `127.0.0.1:${cardPort}`);
      const until = async (step: "comparison" | "capture" | "enrolment") => {
        for (;;) {
          const at = desk.desk.story.steps[step];
          if (at.state === "done") return;
          expect(
            Object.values(desk.desk.story.steps).filter(({ state }) => state === "failed"),
          ).toEqual([]);
          await new Promise((resolve) => setTimeout(resolve, 50));
        }
      };
      await until("comparison");
      expect(desk.desk.story.visitor.chip).toMatchObject({
        verdict: "authentic",
        keyId: "results",
      });
      // A terminal is there once it has said hello.
      await new Promise((resolve) => setTimeout(resolve, 2_000));
      desk.desk.act({ input: "start", step: "capture" });
      await until("capture");
      expect(desk.desk.story.visitor.capture).toMatchObject({
        modality: "finger",
        verdict: "authentic",
      });
      desk.desk.act({ input: "start", step: "enrolment" });
      await until("enrolment");
      expect(desk.desk.story.visitor.enrolment).toMatchObject({ terminal: "DESKCLOCK01" });
      expect(desk.world.reader ?? desk.world.device ?? desk.world.clock).toBeUndefined();
      const page = await (await fetch(desk.url)).text();
      expect(page).not.toContain("sim-lay");
    } finally {
      await desk.close();
    }
  });
});
