import type { DataGroupNumber } from "../lds/files.js";
import type { CheckedField } from "../mrz/mrz.js";
import type { DeviatingMrzField, DeviationParameter } from "../trust/deviation-parameter.js";
import { DEVIATION_RULES, type DeviationRule } from "./deviation-rules.js";
import type { Listed } from "./listed.js";
import type { Check, Deviation } from "./report.js";

/**
 * Changes a check by what lists say of the document: the first rule that fits decides. The check keeps
 * what it found before, and what changed it, in its detail.
 */
export const applyListed = (
  check: Check,
  listed: readonly Listed[],
  rules: readonly DeviationRule[] = DEVIATION_RULES,
): Check => {
  for (const rule of rules) {
    if (!concerns(rule, check)) continue;
    const entries = listed.filter((entry) => speaksOf(rule, entry));
    const [entry] = entries;
    if (entry === undefined || !coversFailure(check, entries)) continue;
    return {
      id: check.id,
      status: rule.becomes,
      reason: rule.reason,
      detail: {
        ...check.detail,
        listed: entries.map(listedDetail),
        before: { status: check.status, reason: check.reason },
      },
    };
  }
  return check;
};

const concerns = ({ check: id, found, reasons }: DeviationRule, check: Check): boolean =>
  id === check.id &&
  found.includes(check.status) &&
  (reasons === undefined || (check.reason !== null && reasons.includes(check.reason)));

const speaksOf = (rule: DeviationRule, { type, certain, parameters }: Listed): boolean =>
  type === rule.listed &&
  (certain || rule.evenIfUncertain === true) &&
  (rule.files === undefined ||
    parameters.some((where) => "file" in where && rule.files?.includes(where.file))) &&
  (rule.fields === undefined ||
    parameters.some(
      (where) => "certificateField" in where && rule.fields?.includes(where.certificateField),
    ));

/**
 * Whether everything that failed is what the lists speak of: of two groups that do not match, and one
 * that is listed, the other one still fails.
 */
const coversFailure = ({ id, reason, detail }: Check, entries: readonly Listed[]): boolean => {
  const parameters = entries.flatMap((entry) => entry.parameters);
  if (id === "data-group-hashes" && reason === "HASH_MISMATCH") {
    // A list that says that the whole object is invalid speaks of every group.
    if (entries.some(({ type }) => type === "SODInvalid")) return true;
    return (detail["mismatch"] as readonly DataGroupNumber[]).every((group) =>
      parameters.some((where) => "file" in where && where.file === group),
    );
  }
  if (id === "mrz-consistency" && reason === "CHECK_DIGIT_WRONG") {
    return (detail["wrongCheckDigits"] as readonly CheckedField[]).every((field) =>
      coversCheckDigit(parameters, field),
    );
  }
  return true;
};

/** The composite digit is over all of them; `generic` is any. */
const coversCheckDigit = (
  parameters: readonly DeviationParameter[],
  field: CheckedField,
): boolean => {
  const fields = parameters.flatMap((where): DeviatingMrzField[] =>
    "mrzField" in where ? [where.mrzField] : [],
  );
  return (
    fields.includes("generic") ||
    (field === "composite" ? fields.length > 0 : fields.includes(field))
  );
};

const listedDetail = ({ type, oid, detail, certain, origin }: Listed) => ({
  type,
  oid,
  where: detail,
  certain,
  origin: origin ?? null,
});

/** One finding for each thing that a list says of the document, whether it changes a check or not. */
export const listedFindings = (listed: readonly Listed[]): readonly Deviation[] =>
  listed.map(({ kind, type, oid, detail, certain, origin }) => ({
    code: kind === "deviation" ? "DEVIATION_LISTED" : "DEFECT_LISTED",
    where: [
      type.startsWith("unknown") ? `${type} ${oid}` : type,
      ...(detail === null ? [] : [detail]),
      ...(certain ? [] : ["perhaps"]),
      ...(origin === undefined ? [] : [origin]),
    ].join(", "),
  }));
