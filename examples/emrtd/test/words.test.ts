import { type CheckStatus, verifyDocument } from "@org/emrtd-core";
import { createTrustStore } from "@org/emrtd-core/trust";
import { expect, test } from "vitest";
import { verdictGrounds } from "../src/report/words.js";

const at = new Date("2026-01-01T00:00:00Z");
const { checks } = verifyDocument({}, createTrustStore([]), { at });
const grounds = (country: CheckStatus) =>
  verdictGrounds(
    "authentic",
    checks.map((check) =>
      check.id === "country-consistency" ? { ...check, status: country, reason: null } : check,
    ),
  );

test("only what names one country throughout is said to be signed by that country", () => {
  expect(grounds("passed")).toContain("signed by the issuing country");
  expect(grounds("failed")).toContain("not one of the country that issued the document");
  expect(grounds("undetermined")).toContain("under an authority that you trust");
  expect(grounds("undetermined")).not.toContain("country");
});
