import { EXIT, type ExitCode, type Output, table } from "@org/command";
import type { Report } from "@org/mosip-mds-types";

/** What every command answers with. */
export interface Answer {
  readonly spec: string;
  readonly port: number | null;
  readonly answer: unknown;
  readonly report: Report | null;
  readonly files: readonly string[];
}

const COLOURS = {
  passed: "green",
  authentic: "green",
  failed: "red",
  "not-authentic": "red",
  undetermined: "yellow",
  "not-applicable": "gray",
} as const;

/** A report for a person: the verdict, then a line for each check. */
export const reportText = ({ verdict, checks }: Report, output: Output): string =>
  [
    output.style(COLOURS[verdict], verdict),
    table(
      checks
        .filter(({ reason }) => reason !== "NOT_IN_THIS_ANSWER")
        .map(({ id, status, reason }) => [
          `  ${id}`,
          output.style(COLOURS[status], status),
          reason ?? "",
        ]),
    ),
  ].join("\n");

/** Authentic is yes; everything else is not proved. */
export const exitOf = ({ verdict }: Report): ExitCode =>
  verdict === "authentic" ? EXIT.yes : EXIT.no;

/** JSON that was received, as a value; a text where it is none. */
export const received = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
};
