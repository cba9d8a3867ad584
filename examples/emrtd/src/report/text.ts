import { type Output, table } from "@org/command";
import type { CheckStatus, Verdict, VerificationReport } from "@org/emrtd-core";
import { VERDICT_WORDS, verdictGrounds } from "./words.js";

const STATUS_STYLE = {
  passed: "green",
  failed: "red",
  undetermined: "yellow",
  "not-applicable": "gray",
} as const satisfies Record<CheckStatus, string>;

const VERDICT_STYLE = {
  authentic: "green",
  "not-authentic": "red",
  undetermined: "yellow",
} as const satisfies Record<Verdict, string>;

/** A report for a person at a terminal. */
export const reportText = (report: VerificationReport, output: Output): string => {
  const { verdict, checks, document, signer, dataGroups, deviations, access } = report;
  const parts = [
    output.style(["bold", VERDICT_STYLE[verdict]], VERDICT_WORDS[verdict]),
    verdictGrounds(verdict, checks),
    "",
    table(
      checks.map(({ id, status, reason }) => [
        `  ${id}`,
        output.style(STATUS_STYLE[status], status),
        reason ?? "",
      ]),
    ),
    "",
    table([
      ...facts("document", [
        [document.documentCode, document.issuer, document.number],
        [document.surname, document.givenNames],
        [
          document.nationality,
          document.birth && `born ${document.birth}`,
          document.sex,
          document.expiry && `expires ${document.expiry}`,
        ],
      ]),
      ...facts("signer", [
        [signer.subject],
        [
          signer.signatureAlgorithm,
          signer.notBefore && signer.notAfter && `${signer.notBefore} to ${signer.notAfter}`,
        ],
      ]),
      ...facts("access", [
        [access.protocol, access.variant, access.cipher, access.domainParameters],
        [access.downgraded ? "weaker than what was on offer" : null],
      ]),
      ...facts("data groups", [
        [
          Object.entries(dataGroups)
            .map(([group, { hash }]) => `DG${group} ${hash}`)
            .join(", "),
        ],
      ]),
      ...facts(
        "deviations",
        deviations.map(({ code, where }) => [code, where]),
      ),
    ]),
  ];
  return parts.join("\n");
};

/** Rows under one heading; what is null is left out. */
const facts = (
  heading: string,
  rows: readonly (readonly (string | null | undefined)[])[],
): string[][] =>
  rows
    .map((row) =>
      row.filter((cell) => cell !== null && cell !== undefined && cell !== "").join("  "),
    )
    .filter((text) => text !== "")
    .map((text, index) => [index === 0 ? `  ${heading}` : "  ", text]);
