import { describe, expect, test } from "vitest";
import { CommandError, command, EXIT, group, lazy, printable } from "../src/index.js";
import { runCommand } from "../src/testing.js";

const greet = command({
  name: "greet",
  summary: "Says hello",
  operands: { name: { help: "whom to greet" } },
  flags: {
    loud: { type: "switch", help: "in capitals" },
    times: { type: "number", value: "N", min: 1, max: 3, default: 1, help: "how often" },
    tone: { type: "text", value: "TONE", choices: ["warm", "cold"], help: "how" },
    also: { type: "text", value: "NAME", many: true, help: "whom else" },
  },
  async run({ flags, operands, output }) {
    const names = [operands.name, ...flags.also];
    const text = Array.from({ length: flags.times }, () => `hello ${names.join(", ")}`).join("\n");
    output.result({ names }, flags.loud ? text.toUpperCase() : text);
    return flags.tone === "cold" ? EXIT.no : EXIT.yes;
  },
});
const unreachable = command({
  name: "call",
  summary: "Calls nobody",
  async run() {
    throw Object.assign(new Error("no answer\nat all"), { code: "NO_ANSWER" });
  },
});
const root = group({
  name: "tool",
  summary: "A tool",
  commands: [greet, lazy("call", unreachable.summary, async () => unreachable)],
});

const play = (...words: string[]) =>
  runCommand(root, words, async () => [{ NO_ANSWER: { fault: "transport" } }]);

describe("a command line", () => {
  test("runs the command it names", async () => {
    expect(await play("greet", "ada", "--times", "2", "--loud", "--also", "bo")).toEqual({
      exit: 0,
      out: "HELLO ADA, BO\nHELLO ADA, BO\n",
      err: "",
    });
  });

  test("answers with one JSON document under --json, wherever the flag stands", async () => {
    for (const words of [
      ["--json", "greet", "ada"],
      ["greet", "ada", "--json"],
    ]) {
      expect((await play(...words)).out).toBe('{"names":["ada"]}\n');
    }
  });

  test("exits 1 where the answer is no", async () => {
    expect((await play("greet", "ada", "--tone", "cold")).exit).toBe(1);
  });

  test.each([
    [["greet"], "expected NAME, found none"],
    [["greet", "a", "b"], 'expected no more words, found "b"'],
    [["greet", "a", "--times", "4"], 'from 1 to 3 for --times, found "4"'],
    [["greet", "a", "--times", "1e1"], 'for --times, found "1e1"'],
    [["greet", "a", "--tone", "grey"], 'expected one of warm, cold for --tone, found "grey"'],
    [["greet", "a", "--tone", "warm", "--tone", "cold"], "expected --tone once, found it 2 times"],
    [["greet", "a", "--nope"], "expected one of --loud, --times, --tone, --also"],
    [["greet", "a", "--tone"], "expected a value for --tone, found none"],
    [["greet", "a", "--loud=yes"], "expected no value for --loud, found one"],
    [["wave"], 'expected one of greet, call after tool, found "wave"'],
    [[], "expected one of greet, call after tool, found nothing"],
  ])("refuses %j with exit 2 and says what was expected", async (words, message) => {
    const { exit, err, out } = await play(...words);
    expect({ exit, out }).toEqual({ exit: 2, out: "" });
    expect(err).toContain(message);
    expect(err.trimEnd().split("\n")).toHaveLength(1);
  });

  test("tells an error once as a line and, with --json, once as a document", async () => {
    const { exit, out, err } = await play("call", "--json");
    expect(exit).toBe(3);
    expect(JSON.parse(out)).toEqual({ error: { code: "NO_ANSWER", message: "no answer at all" } });
    expect(err).toBe("error: NO_ANSWER: no answer at all\n");
  });

  test("helps on every level", async () => {
    expect((await play("--help")).out).toContain("usage: tool <command>");
    const { exit, out } = await play("greet", "--help");
    expect(exit).toBe(0);
    expect(out).toContain("usage: tool greet NAME [flags]");
    expect(out).toContain("one of warm, cold");
  });

  test("an error of the command itself is no answer of the tool", async () => {
    expect(new CommandError("X", "y").exit).toBe(EXIT.usage);
  });
});

test("what others wrote steers no terminal, and fills none", () => {
  expect(printable("Zoë \u001b]0;x\u0007\u009b31m\u202e\r\n\u2028")).toBe("Zoë ?]0;x??31m????");
  expect(printable("x".repeat(10_000))).toHaveLength(256);
  expect(printable(`${"x".repeat(255)}😀`)).toBe(`${"x".repeat(255)}?`);
});
