import { QUIRKS, type Quirk } from "@org/emrtd-core";

/** The page that holds the tables, and the lines between which they stand. */
export const QUIRK_PAGE = "docs/protocols/emrtd.md";
const BEGIN = "<!-- quirks: made by pnpm docs:quirks -->";
const END = "<!-- end of quirks -->";

const row = ({ id, observed, done, sources, fault }: Quirk): string =>
  [`\`${id}\``, observed, done, sources.join(", "), fault === undefined ? "" : `\`${fault}\``].join(
    " | ",
  );

/** The tables of the quirks in the code, one an area. */
export const quirkTables = (): string =>
  Object.entries(QUIRKS)
    .map(([area, quirks]) =>
      [
        `### ${area}`,
        "",
        "| quirk | seen | what is done | where | `--fault` |",
        "|---|---|---|---|---|",
        ...quirks.map((quirk: Quirk) => `| ${row(quirk)} |`),
      ].join("\n"),
    )
    .join("\n\n");

/** The page with the tables of today in it. */
export const withQuirkTables = (page: string): string => {
  const [before, rest] = page.split(BEGIN);
  const after = rest?.split(END)[1];
  if (after === undefined) throw new Error(`expected ${BEGIN} and ${END} in ${QUIRK_PAGE}`);
  return `${before}${BEGIN}\n\n${quirkTables()}\n\n${END}${after}`;
};
