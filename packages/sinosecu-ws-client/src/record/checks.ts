import { SinosecuError } from "../errors.js";

/**
 * The check fields that come with the text (manual, 4.3.7 to 4.3.9): two of `Y` and `N`, and a text.
 *
 * | field | first | second | rest |
 * |---|---|---|---|
 * | UVDull | the check was made | the paper is dull | why not |
 * | Fibre | the check was made | fibres were found | how many, or why not |
 * | SourceType | the check was made | the page is an original | 0 original, 1 copy, 2 colour copy, 4 moire; or why not |
 */
export interface CheckField {
  /** Whether the check could be made at all. */
  readonly done: boolean;
  readonly positive: boolean;
  readonly detail: string;
}

const GRAMMAR = /^([YN])([YN])(.*)$/s;

/** @throws SinosecuError `CHECK_FIELD_INVALID` */
export const parseCheckField = (text: string): CheckField => {
  const match = GRAMMAR.exec(text);
  if (!match) {
    throw new SinosecuError(
      "CHECK_FIELD_INVALID",
      `expected two of Y and N, found a text of ${text.length} characters`,
    );
  }
  return { done: match[1] === "Y", positive: match[2] === "Y", detail: match[3]!.trim() };
};

export const formatCheckField = ({ done, positive, detail }: CheckField): string =>
  `${done ? "Y" : "N"}${positive ? "Y" : "N"}${detail}`;

/** What a check said. `undetermined`: it was not made, or its field cannot be read. */
export type CheckStatus = "passed" | "failed" | "undetermined";

export type PageSource = "original" | "copy" | "colour-copy" | "moire" | "unknown";

/** The optical checks of a page; a check that was not asked for is absent. */
export interface PageChecks {
  readonly uvDull?: { readonly status: CheckStatus; readonly detail: string };
  readonly fibre?: {
    readonly status: CheckStatus;
    readonly count?: number;
    readonly detail: string;
  };
  readonly source?: {
    readonly status: CheckStatus;
    readonly page: PageSource;
    readonly detail: string;
  };
}

const PAGE_SOURCES: ReadonlyMap<string, PageSource> = /* @__PURE__ */ new Map([
  ["0", "original"],
  ["1", "copy"],
  ["2", "colour-copy"],
  ["4", "moire"],
]);

/** Reads the check fields; one that breaks the grammar is undetermined, never passed. */
export const pageChecks = (content: (name: string) => string | undefined): PageChecks => {
  const dull = content("UVDull");
  // The manual names the field of the fibre check like the one above it; only a fibre check counts.
  const isFibre = dull !== undefined && /^Y[YN]\d+$/.test(dull);
  const fibre = content("Fibre") ?? (isFibre ? dull : undefined);
  const source = content("SourceType");
  return {
    ...(dull === undefined || isFibre ? {} : { uvDull: judge(dull) }),
    ...(fibre === undefined ? {} : { fibre: fibreCheck(fibre) }),
    ...(source === undefined ? {} : { source: sourceCheck(source) }),
  };
};

const judge = (text: string): { status: CheckStatus; detail: string } => {
  if (!GRAMMAR.test(text)) return { status: "undetermined", detail: text };
  const { done, positive, detail } = parseCheckField(text);
  return { status: done ? (positive ? "passed" : "failed") : "undetermined", detail };
};

const fibreCheck = (text: string): NonNullable<PageChecks["fibre"]> => {
  const judged = judge(text);
  const counted = judged.status !== "undetermined" && /^\d{1,6}$/.test(judged.detail);
  return { ...judged, ...(counted ? { count: Number(judged.detail) } : {}) };
};

const sourceCheck = (text: string): NonNullable<PageChecks["source"]> => {
  const judged = judge(text);
  const page =
    judged.status === "undetermined" ? "unknown" : (PAGE_SOURCES.get(judged.detail) ?? "unknown");
  return { ...judged, page };
};
