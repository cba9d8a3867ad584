/** Document codes of passports, binding for issuance from 2028 (Doc 9303-4, 4.4; PU: Doc 9303-8). */
export const PASSPORT_CODES: Readonly<Record<string, string>> = {
  PP: "national passport",
  PE: "emergency passport",
  PD: "diplomatic passport",
  PO: "official or service passport",
  PR: "refugee passport",
  PT: "alien or non-citizen passport",
  PS: "stateless passport",
  PL: "laissez-passer",
  PM: "military passport",
  PU: "emergency travel document of a single sheet",
};
