import { readdirSync } from "node:fs";

interface ErrorEntry {
  readonly fault: string;
  readonly meaning: string;
}
type ErrorTable = Readonly<Record<string, ErrorEntry>>;

/** The packages of this repository, by folder name. */
export const packageNames = (): string[] => readdirSync("packages").sort();

/** The error table of a package: the one export whose name ends in `_ERRORS`. */
export const errorTable = async (name: string): Promise<ErrorTable> => {
  const module: Record<string, unknown> = await import(`@org/${name}`);
  const found = Object.keys(module).filter((key) => key.endsWith("_ERRORS"));
  if (found.length !== 1) {
    throw new Error(`expected one export ending in _ERRORS in @org/${name}, found ${found.length}`);
  }
  return module[found[0]!] as ErrorTable;
};

/** `docs/errors.md`, made from the tables in the code. */
export const errorsPage = async (): Promise<string> => {
  const parts = [
    "# Errors",
    "",
    "Every code that a package throws, and the side at fault. Made from the tables in the code by `pnpm docs:errors`; a",
    "test keeps it so. A message says what was expected, what was found and where, and never holds personal data or keys.",
    "",
    "| fault | what it means for you |",
    "|---|---|",
    "| caller | the call was wrong: change the program or what was typed |",
    "| chip, peer, device | the other side refused or broke its protocol |",
    "| data | the bytes that were read are malformed |",
    "| transport | the way between the two failed: try again |",
  ];
  for (const name of packageNames()) {
    parts.push("", `## @org/${name}`, "", "| code | fault | meaning |", "|---|---|---|");
    for (const [code, { fault, meaning }] of Object.entries(await errorTable(name))) {
      parts.push(`| \`${code}\` | ${fault} | ${meaning} |`);
    }
  }
  return `${parts.join("\n")}\n`;
};
