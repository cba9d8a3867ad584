import { readFile } from "node:fs/promises";
import { CommandError, command, EXIT, table } from "@org/command";
import { decodeClientMessage, type Question } from "@org/sinosecu-ws-client";
import { SERVICE_FLAGS, withReader } from "../service.js";

export const batch = command({
  name: "batch",
  summary: "Asks several questions in one message",
  flags: SERVICE_FLAGS,
  operands: { file: { help: "JSON: an array of {Command, Operand, Param}" } },
  details: `Exit 0: every question was answered. 1: one was refused or not answered.

  [{"Command": "Get", "Operand": "DeviceName"}, {"Command": "Set", "Operand": "VIZ", "Param": "True"}]`,
  async run({ flags, operands, output, signal }) {
    const questions = await readQuestions(operands.file);
    const outcomes = await withReader(flags, signal, (reader) =>
      reader.batch(questions, { signal }),
    );
    const answers = outcomes.map((outcome, index) => {
      const { command: name, operand } = questions[index]!.exchange;
      return outcome.ok
        ? { command: name, operand, result: outcome.result }
        : {
            command: name,
            operand,
            error: { code: outcome.error.code, text: outcome.error.serviceText ?? null },
          };
    });
    output.result(
      { answers },
      table(
        answers.map((one) => [
          one.command,
          one.operand,
          "error" in one
            ? `${one.error!.code} ${one.error!.text ?? ""}`
            : JSON.stringify(one.result),
        ]),
      ),
    );
    return outcomes.every(({ ok }) => ok) ? EXIT.yes : EXIT.no;
  },
});

const MAX_FILE_BYTES = 1024 * 1024;

const readQuestions = async (path: string): Promise<Question[]> => {
  const text = await readFile(path, "utf8");
  if (text.length > MAX_FILE_BYTES) throw wrong(path, `at most ${MAX_FILE_BYTES} characters`);
  let list: unknown;
  try {
    list = JSON.parse(text);
  } catch {
    throw wrong(path, "JSON");
  }
  if (!Array.isArray(list) || list.length === 0) throw wrong(path, "an array of questions");
  const message = decodeClientMessage(JSON.stringify({ Type: "Request", Commands: list }));
  if (message.kind !== "questions") throw wrong(path, "questions");
  return message.questions.map((one, index) => {
    if (one.known) return one.question;
    throw wrong(path, `question ${index + 1} to be one of the protocol (${one.problem.message})`);
  });
};

const wrong = (path: string, expected: string): CommandError =>
  new CommandError("BATCH_INVALID", `expected ${expected} in ${path}`);
