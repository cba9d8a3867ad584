import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startCommand } from "@org/command/testing";
import { ZK_PUSH_ERRORS } from "@org/zk-push-codec";
import { afterAll, describe, expect, test } from "vitest";
import { zkDevice } from "../../zk-device/src/zk-device.js";
import { zkServer } from "../src/zk-server.js";

const folder = mkdtempSync(join(tmpdir(), "zk-server-command-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const start = (command: typeof zkServer, ...words: string[]) =>
  startCommand(command, [...words, "--json"], async () => [ZK_PUSH_ERRORS]);

const until = async (condition: () => boolean): Promise<void> => {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 20));
};

/** Runs a server until the test is done with it. */
const serving = async (
  words: readonly string[],
  work: (url: string, err: string) => Promise<void>,
) => {
  const { text, ended } = start(zkServer, "--port", "0", ...words);
  await until(() => text.out.includes("\n"));
  const { listening } = JSON.parse(text.out) as { listening: string };
  await work(listening, text.err);
  process.emit("SIGTERM");
  expect(await ended).toBe(0);
};

const attendance = async (url: string, token: string): Promise<Record<string, unknown>[]> => {
  const rows: Record<string, unknown>[] = [];
  let next: string | null = "0";
  while (next !== null) {
    const response: Response = await fetch(`${url}/api/attendance?limit=1000&cursor=${next}`, {
      headers: { Authorization: `Bearer ${token}` },
    });
    const page = (await response.json()) as { items: typeof rows; next: string | null };
    rows.push(...page.items);
    next = page.next;
  }
  return rows;
};

describe("zk-server", () => {
  test("has what 50 terminals heard OK for, and still has it after a new start", async () => {
    const words = [
      "--pairing",
      "open",
      "--admin-token",
      "secret",
      "--db",
      join(folder, "fifty.sqlite"),
    ];
    let first: Record<string, unknown>[] = [];
    await serving(words, async (url) => {
      const faults = ["--fault", "half-sent-bodies=0.1", "--fault", "duplicate-delivery=0.2"];
      const work = ["--server", url, "--count", "50", "--records", "20", "--duration", "40"];
      const { ended, text } = start(zkDevice, ...work, ...faults);
      expect(await ended).toBe(0);
      expect(JSON.parse(text.out)).toMatchObject({ sent: 1000, acknowledged: 1000 });
      first = await attendance(url, "secret");
      const distinct = new Set(first.map(({ sn, time, pin }) => `${sn} ${time} ${pin}`));
      expect({ rows: first.length, distinct: distinct.size }).toEqual({
        rows: 1000,
        distinct: 1000,
      });
    });
    await serving(words, async (url) => expect(await attendance(url, "secret")).toEqual(first));
  });

  test("makes up a token and shows it once, on standard error", async () => {
    await serving(["--db", join(folder, "token.sqlite")], async (url, err) => {
      const token = /^admin token: (\S{32})$/m.exec(err)![1]!;
      expect(await attendance(url, token)).toEqual([]);
    });
  });

  test("approves the terminals it is told, and asks for their keys", async () => {
    const words = ["--allow", "KNOWN001", "--pairing", "closed", "--comm-key", "KNOWN001=abc"];
    await serving([...words, "--db", join(folder, "keys.sqlite")], async (url) => {
      const ask = async (query: string) => (await fetch(`${url}/iclock/cdata?${query}`)).text();
      expect(await ask("SN=OTHER001&options=all")).toBe("UNKNOWN DEVICE");
      expect(await ask("SN=KNOWN001&options=all")).toBe("UNKNOWN DEVICE");
      expect(await ask("SN=KNOWN001&options=all&pushcommkey=abc")).toContain("GET OPTION FROM");
    });
  });

  test("erases a person and ends, and a file in use is not touched", async () => {
    const file = join(folder, "erase.sqlite");
    const words = ["--db", file, "--admin-token", "secret", "--pairing", "open"];
    await serving(words, async (url) => {
      await fetch(`${url}/iclock/cdata?SN=ERASE001&options=all`);
      const headers = { Authorization: "Bearer secret" };
      const put = { method: "PUT", headers, body: '{"name":"Ann"}' };
      expect((await fetch(`${url}/api/users/7`, put)).status).toBe(200);
      const busy = start(zkServer, "--db", file, "--erase", "7");
      expect([await busy.ended, busy.text.err]).toEqual([
        2,
        expect.stringContaining("STORE_IN_USE"),
      ]);
    });
    const first = start(zkServer, "--db", file, "--erase", "7");
    expect([await first.ended, JSON.parse(first.text.out)]).toEqual([0, { asked: 1, erased: 1 }]);
    const again = start(zkServer, "--db", file, "--erase", "7", "--erase", "8");
    expect([await again.ended, JSON.parse(again.text.out)]).toEqual([1, { asked: 2, erased: 0 }]);
    await serving(words, async (url) => {
      const answer = await fetch(`${url}/iclock/getrequest?SN=ERASE001`);
      expect(await answer.text()).toMatch(/^C:\w+:DATA DELETE USERINFO PIN=7\n$/);
    });
  });

  test.each([
    [["--pairing", "maybe"], "expected one of approve, open, closed"],
    [["--db", "mysql://localhost/zk"], "expected a path or postgres://"],
    [["--db", join(folder, "no", "such", "folder.sqlite")], "can be opened or made"],
    [["--allow", "x"], "for --allow"],
    [["--comm-key", "KNOWN001"], "expected SN=KEY"],
    [["--comm-key", "KNOWN001="], "expected SN=KEY"],
    [["--time-zone", "Mars"], "expected an IANA time zone"],
    [["--admin-token", "two words"], "expected printable characters"],
    [["--webhook", "http://x"], "--webhook and --webhook-secret together"],
    [["--webhook", "file:///x", "--webhook-secret", "s"], "expected an address of http"],
    [["--erase", ""], "expected a number of a person for --erase"],
    [["--events", "http://x"], "expected an address of nats:// or tls:// for --events"],
    [["--keep", "names=3"], "expected WHAT=DAYS for --keep"],
    [["--no-such-flag"], "expected one of --host"],
  ])("refuses %j", async (words, message) => {
    const { ended, text } = start(zkServer, ...words);
    expect(await ended).toBe(2);
    expect(text.err).toContain(message);
  });
});
