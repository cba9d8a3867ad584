import { type ChildProcess, execFile, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { afterEach, describe, expect, test } from "vitest";

/** Runs its arguments beside a PC/SC service of their own, with a virtual reader in it. */
const PCSCD = "packages/transports/test/pcscd.sh";
const COMMAND = ["--conditions=@org/source", "--import", "tsx", "examples/emrtd/src/main.ts"];

const missing = ["pcscd", "opensc-tool", "unshare", "ip"].filter(
  (tool) => spawnSync("sh", ["-c", `command -v ${tool}`]).status !== 0,
);
// In the pipeline these are installed; to go without them there would be a silent green.
const possible = missing.length === 0 || process.env["CI"] !== undefined;

const children: ChildProcess[] = [];
afterEach(() => {
  for (const child of children.splice(0)) child.kill();
});

/** A shell script that lays a chip of a profile into the reader before it does what it is for. */
const withChip = (profile: string, then: string) => [
  "sh",
  "-c",
  `"${process.execPath}" ${COMMAND.join(" ")} chip --profile ${profile} --vpcd 127.0.0.1:35963 >&2 & chip=$!
   sleep 3
   ${then}
   code=$?
   kill $chip
   wait $chip
   exit $code`,
];

const run = async (words: readonly string[]) => {
  const child = execFile(PCSCD, [...words], { timeout: 120_000 });
  children.push(child);
  let [out, err] = ["", ""];
  child.stdout?.on("data", (chunk) => {
    out += chunk;
  });
  child.stderr?.on("data", (chunk) => {
    err += chunk;
  });
  const [exit] = await once(child, "close");
  return { exit, out, err };
};

describe.skipIf(!possible)(
  `a virtual chip behind the system's PC/SC service (needs ${missing.join(", ") || "nothing more"})`,
  () => {
    test.each(["bac-rsa", "pace-gm-brainpool", "pace-cam"])("%s is read", async (profile) => {
      const read = `"${process.execPath}" ${COMMAND.join(" ")} read --chip pcsc --document-number L898902C3 --birth 740812 --expiry 340415 --csca sim --json`;
      const { exit, out, err } = await run(withChip(profile, read));
      expect({ exit, err: exit === 0 ? "" : err }).toEqual({ exit: 0, err: "" });
      expect(JSON.parse(out).verdict).toBe("authentic");
    });

    test("another program selects the application", async () => {
      const { exit, out } = await run(
        withChip("bac-rsa", "opensc-tool -s 00:A4:04:0C:07:A0:00:00:02:47:10:01"),
      );
      expect(exit).toBe(0);
      expect(out).toMatch(/SW1=0x90, SW2=0x00/);
    });
  },
);

test("a virtual chip is read without any PC/SC service", async () => {
  const start = (...words: readonly string[]) => {
    const child = spawn(process.execPath, [...COMMAND, ...words], {
      stdio: ["ignore", "pipe", "pipe"],
    });
    children.push(child);
    return child;
  };
  const key = ["--document-number", "L898902C3", "--birth", "740812", "--expiry", "340415"];
  const reader = start("read", "--chip", "vpcd:35997", ...key, "--csca", "sim", "--json");
  let out = "";
  reader.stdout.on("data", (chunk) => {
    out += chunk;
  });
  start("chip", "--profile", "td1-id-card", "--fault", "tag-lost=30", "--vpcd", "127.0.0.1:35997");
  const [exit] = await once(reader, "close");
  expect(exit).toBe(0);
  expect(JSON.parse(out).verdict).toBe("authentic");
});
