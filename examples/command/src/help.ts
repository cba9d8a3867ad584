import type { AnyCommand, ErasedCommand, Group } from "./command.js";
import type { FlagSpec, OperandSpecs } from "./flags.js";
import { table } from "./output.js";

/** The help text of a command or a group, made from what it says of itself. */
export const helpText = (path: readonly string[], node: Group | ErasedCommand): string =>
  `${node.kind === "group" ? groupHelp(path, node.commands, node.summary) : commandHelp(path, node)}${
    node.details ? `\n\n${node.details.trim()}` : ""
  }\n`;

const groupHelp = (path: readonly string[], commands: readonly AnyCommand[], summary: string) =>
  [
    `usage: ${path.join(" ")} <command> [flags]`,
    "",
    summary,
    "",
    table(commands.map((entry) => [`  ${entry.name}`, entry.summary])),
    "",
    `${path.join(" ")} <command> --help says more of one.`,
  ].join("\n");

const commandHelp = (path: readonly string[], node: ErasedCommand): string => {
  const groups = new Map<string, string[][]>();
  for (const [name, spec] of Object.entries(node.flags)) {
    const title = spec.group ?? "flags";
    groups.set(title, [
      ...(groups.get(title) ?? []),
      [`  ${flagForm(name, spec)}`, flagHelp(spec)],
    ]);
  }
  groups.set("everywhere", [
    ["  --json", "one JSON document on standard output, everything else on standard error"],
    ["  --help", "this text"],
  ]);
  const operands = Object.entries(node.operands);
  return [
    `usage: ${[...path, ...operandForms(node.operands)].join(" ")}${
      Object.keys(node.flags).length > 0 ? " [flags]" : ""
    }`,
    "",
    node.summary,
    ...(operands.length === 0
      ? []
      : ["", table(operands.map(([name, { help }]) => [`  ${name.toUpperCase()}`, help]))]),
    ...[...groups].flatMap(([title, rows]) => ["", `${title}:`, table(rows)]),
  ].join("\n");
};

const operandForms = (operands: OperandSpecs): string[] =>
  Object.entries(operands).map(([name, { many, optional }]) => {
    const form = `${name.toUpperCase()}${many ? "..." : ""}`;
    return optional ? `[${form}]` : form;
  });

const flagForm = (name: string, spec: FlagSpec): string =>
  spec.type === "switch"
    ? `--${name}`
    : `--${name} ${spec.value}${spec.type === "text" && spec.many ? " (repeatable)" : ""}`;

const flagHelp = (spec: FlagSpec): string => {
  if (spec.type === "switch") return spec.help;
  const facts = [
    ...(spec.type === "text" && spec.choices ? [`one of ${spec.choices.join(", ")}`] : []),
    ...(spec.required ? ["required"] : []),
    ...(spec.default === undefined || spec.default === "" ? [] : [`default ${spec.default}`]),
  ];
  return facts.length === 0 ? spec.help : `${spec.help} (${facts.join("; ")})`;
};
