import type { Certificate } from "../../cms/certificate.js";
import { ATTRIBUTE, attributeOf } from "../../cms/name.js";
import { readable } from "../../cms/readable.js";
import { sameCountry } from "../countries.js";
import { failed, type Judge, passed, undetermined } from "./judgement.js";

/**
 * Whether document, signer and trust anchor say that they are of one country (Doc 9303-11, 5.1.1). A
 * certificate may say it in its subject's name and in its alternative names; each must fit.
 */
export const judgeCountryConsistency: Judge = ({ dg1, passive: { signer, path } }) => {
  const detail = {
    document: "mrz" in dg1 ? [dg1.mrz.issuer] : [],
    signer: signer.status === "passed" ? countriesOf(signer.certificate) : [],
    anchor: path.status === "passed" ? countriesOf(path.anchor.certificate) : [],
  };
  const stated = Object.values(detail);
  const codes = stated.flat();
  const fits = codes.every((code, i) =>
    codes.slice(i + 1).every((other) => sameCountry(code, other)),
  );
  if (!fits) return failed("COUNTRY_MISMATCH", detail);
  if ("reason" in dg1) return undetermined(dg1.reason, detail);
  if (path.status !== "passed") return undetermined(path.reason, detail);
  return stated.every((list) => list.length > 0)
    ? passed(detail)
    : undetermined("COUNTRY_UNKNOWN", detail);
};

/** Country codes of a certificate, of two letters from the subject, of three from its alternative names. */
const countriesOf = (certificate: Certificate | undefined): readonly string[] => {
  if (certificate === undefined) return [];
  const country = readable(() => attributeOf(certificate.subject, ATTRIBUTE.countryName));
  const alternatives = readable(() =>
    certificate.subjectAltNames.map((name) => attributeOf(name, ATTRIBUTE.localityName)),
  );
  return [country, ...(alternatives ?? [])].filter(
    (code) => code !== undefined && code !== "",
  ) as string[];
};
