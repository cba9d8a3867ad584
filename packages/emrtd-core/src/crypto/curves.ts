/** Elliptic curves of travel documents: NIST (FIPS 186-4) and brainpool (RFC 5639). */
export type CurveName =
  | "P-192"
  | "P-224"
  | "P-256"
  | "P-384"
  | "P-521"
  | "brainpoolP192r1"
  | "brainpoolP224r1"
  | "brainpoolP256r1"
  | "brainpoolP320r1"
  | "brainpoolP384r1"
  | "brainpoolP512r1";
