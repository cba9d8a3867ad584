import type { CheckStatus, VerificationReport } from "@org/emrtd-core";
import type { DisplayableImage } from "@org/emrtd-core/images";
import { CHECK_QUESTIONS, STATUS_WORDS, VERDICT_WORDS, verdictGrounds } from "./words.js";

export interface HtmlReport {
  readonly report: VerificationReport;
  readonly portraits: readonly DisplayableImage[];
  /** Meaning of a reason code, in words. */
  readonly meaning: (code: string) => string;
  readonly at: Date;
}

/** One self-contained page: no script, no request to anywhere, prints well. */
export const reportHtml = ({ report, portraits, meaning, at }: HtmlReport): string => {
  const { verdict, checks, document, signer, dataGroups, deviations } = report;
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'">
<title>${escapeHtml(VERDICT_WORDS[verdict])}</title>
<style>${STYLE}</style>
<header class="${verdict}">
<h1>${escapeHtml(VERDICT_WORDS[verdict])}</h1>
<p>${escapeHtml(verdictGrounds(verdict, checks))}</p>
<p>Judged for ${escapeHtml(at.toISOString())}.</p>
</header>
<main>
<section aria-label="Holder" class="holder">
${portraits.map(portraitHtml).join("\n")}
${definitions([
  ["Document", join(document.documentCode, document.issuer, document.number)],
  ["Surname", document.surname],
  ["Given names", document.givenNames],
  ["Nationality", document.nationality],
  ["Birth (YYMMDD)", document.birth],
  ["Sex", document.sex],
  ["Expiry (YYMMDD)", document.expiry],
])}
</section>
<section aria-label="Checks">
<table>
<thead><tr><th scope="col">Question</th><th scope="col">Answer</th><th scope="col">Why</th></tr></thead>
<tbody>
${checks
  .map(
    ({ id, status, reason }) =>
      `<tr class="${status}"><th scope="row">${escapeHtml(CHECK_QUESTIONS[id])}<small>${id}</small></th><td>${MARKS[status]} ${STATUS_WORDS[status]}</td><td>${
        reason === null ? "" : `${escapeHtml(meaning(reason))} <code>${escapeHtml(reason)}</code>`
      }</td></tr>`,
  )
  .join("\n")}
</tbody>
</table>
</section>
<section aria-label="Signer">
${definitions([
  ["Signer", signer.subject],
  ["Serial number", signer.serialNumber],
  ["In force", signer.notBefore && signer.notAfter && `${signer.notBefore} to ${signer.notAfter}`],
  ["Signature", signer.signatureAlgorithm],
  [
    "Data groups",
    Object.entries(dataGroups)
      .map(([group, { hash }]) => `DG${group}: ${hash}`)
      .join(", "),
  ],
  ["Tolerated", deviations.map(({ code, where }) => `${code} (${where})`).join(", ")],
])}
</section>
</main>
</html>
`;
};

const MARKS: Readonly<Record<CheckStatus, string>> = {
  passed: "&#10003;",
  failed: "&#10007;",
  undetermined: "?",
  "not-applicable": "&ndash;",
};

const STYLE = `
:root{color-scheme:light dark;--line:#8886;--good:#137333;--bad:#b3261e;--open:#8a5a00}
@media (prefers-color-scheme:dark){:root{--good:#7ddb94;--bad:#ff8a80;--open:#ffc35c}}
body{font:16px/1.45 system-ui,sans-serif;max-width:60rem;margin:0 auto;padding:1rem}
header{border-left:.5rem solid;padding-left:1rem}
h1{margin:.2rem 0;font-size:1.5rem}
header.authentic,.passed td:nth-child(2){color:var(--good)}
header.not-authentic,.failed td:nth-child(2){color:var(--bad)}
header.undetermined,.undetermined td:nth-child(2){color:var(--open)}
.holder{display:flex;gap:1.5rem;flex-wrap:wrap;align-items:flex-start;margin:1.5rem 0}
.holder img{max-height:16rem;max-width:100%;border:1px solid var(--line)}
dl{display:grid;grid-template-columns:auto 1fr;gap:.2rem 1rem;margin:0}
dt{opacity:.7}dd{margin:0;overflow-wrap:anywhere}
table{border-collapse:collapse;width:100%;margin-bottom:1.5rem}
th,td{text-align:left;vertical-align:top;padding:.4rem .6rem;border-bottom:1px solid var(--line)}
tbody th{font-weight:normal}small{display:block;opacity:.6}td:nth-child(2){white-space:nowrap}
`;

const ESCAPES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (char) => ESCAPES[char]!);

const join = (...parts: readonly (string | null)[]): string => parts.filter(Boolean).join(" ");

const definitions = (rows: readonly (readonly [string, string | null])[]): string =>
  `<dl>${rows
    .filter((row): row is readonly [string, string] => Boolean(row[1]))
    .map(([term, text]) => `<dt>${escapeHtml(term)}</dt><dd>${escapeHtml(text)}</dd>`)
    .join("")}</dl>`;

const portraitHtml = ({ mediaType, bytes }: DisplayableImage): string =>
  `<img alt="Portrait from the chip" src="data:${mediaType};base64,${Buffer.from(bytes).toString("base64")}">`;
