import { runCommand } from "@org/command/testing";
import { describe, expect, test } from "vitest";
import { frontDesk } from "../src/command.js";

/** Runs the command in this process. */
const run = (...words: string[]) => runCommand(frontDesk, words);

describe("what is wrong usage", () => {
  const WRONG: readonly [string, ...string[]][] = [
    ["--simulate with --auto", "--auto"],
    ["--simulate with --fault", "--fault", "clock-offline"],
    ["one of wrong-mrz", "--simulate", "--fault", "lightning"],
    ["an address of this machine", "--simulate", "--host", "0.0.0.0"],
    ["the name of a profile behind sim:", "--simulate", "--chip", "sim:golden"],
    ["one of sim[:PROFILE]", "--simulate", "--chip", "replay:tape"],
    ["--zk URL", "--chip", "vpcd"],
    ["--zk-token", "--simulate", "--zk", "http://127.0.0.1:1"],
    ["--docval-key", "--simulate", "--docval", "ws://127.0.0.1:1/ws2/validate"],
    ["--mds with --mds-trust", "--simulate", "--mds-trust", "sim"],
    ["--docval with --public-url", "--simulate", "--public-url", "https://desk.example"],
    ["--zk with --zk-terminal", "--simulate", "--zk-terminal", "CLOCK01"],
    ["--auto or --zk", "--simulate", "--auto", "--zk", "http://127.0.0.1:1", "--zk-token", "t"],
    ["--fault low-quality or --mds", "--simulate", "--fault", "low-quality", "--mds", "4501"],
    [
      "trust flags or --docval",
      ...["--simulate", "--docval", "ws://127.0.0.1:1/", "--docval-key", "k", "--csca", "sim"],
    ],
    ["ports such as", "--simulate", "--mds", "4600-4501"],
  ];
  for (const [expected, ...words] of WRONG) {
    test(`${words.join(" ")} is refused`, async () => {
      const { exit, out, err } = await run(...words);
      expect([exit, out]).toEqual([2, ""]);
      expect(err).toMatch(/^error: USAGE: expected /);
      expect(err).toContain(expected);
    });
  }
});

describe("--auto --json", () => {
  test("a copied chip ends with exit 1, a line a step, and no command that enrols", async () => {
    const { exit, out } = await run("--simulate", "--auto", "--json", "--chip", "sim:cloned");
    const rows = out
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(exit).toBe(1);
    expect(rows.map(({ protocol, status }) => `${protocol} ${status}`)).toEqual([
      ...["sinosecu passed", "docval failed", "emrtd passed"],
      ...["mosip-mds skipped", "zk-push skipped", "zk-push skipped"],
    ]);
    expect(rows[4]!["proved"]).toContain(
      "0 commands that enrol left the desk, 0 people are on the clock",
    );
    for (const row of rows) {
      expect(Object.keys(row)).toEqual(["step", "protocol", "status", "proved", "ms"]);
      expect(JSON.stringify(row)).not.toMatch(/ERIKSSON|L898902C3|740812/);
    }
  });

  test("a reader that is not plugged in ends with exit 3", async () => {
    const { exit, out } = await run(
      "--simulate",
      "--auto",
      "--json",
      "--fault",
      "reader-unplugged",
    );
    expect(exit).toBe(3);
    expect(out.split("\n")[0]).toContain("READER_UNPLUGGED");
  });
});
