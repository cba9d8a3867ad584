import type { ConformanceCase } from "./conformance/case.js";
import { ellipticCurveCases } from "./conformance/elliptic-curves.js";
import { modularCases } from "./conformance/modular.js";
import { symmetricCases } from "./conformance/symmetric.js";
import type { CryptoProvider } from "./provider.js";

export type { ConformanceCase };

/**
 * What every {@link CryptoProvider} must do: known answers of FIPS, NIST, RFC and ICAO, laws that hold
 * between the operations, and the refusal of everything out of range. For any test runner.
 */
export const cryptoProviderCases = (crypto: CryptoProvider): readonly ConformanceCase[] => [
  ...symmetricCases(crypto),
  ...ellipticCurveCases(crypto),
  ...modularCases(crypto),
];
