import type { Report } from "@org/mosip-mds-types";
import { element, row } from "./element.js";

/** A report: the verdict, and a row for each check that had something to look at. */
export const reportOf = ({ verdict, checks }: Report): HTMLElement =>
  element(
    "div",
    {},
    element("h2", { className: verdict }, verdict),
    element(
      "table",
      {},
      ...checks
        .filter(({ reason }) => reason !== "NOT_IN_THIS_ANSWER")
        .map(({ id, status, reason }) =>
          row(id, element("span", { className: status }, status), inWords(reason ?? "")),
        ),
    ),
  );

/** A code as a person reads it; it may be broken between its words. */
const inWords = (code: string): string => code.toLowerCase().replaceAll("_", " ");
