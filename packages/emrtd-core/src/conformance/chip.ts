import type { ConformanceCase } from "../crypto/conformance/case.js";
import { portableCrypto } from "../crypto/portable.js";
import type { CryptoProvider, RandomBytes } from "../crypto/provider.js";
import { bacCases, paceCases } from "./chip/access.js";
import { fileCases, guardedCases } from "./chip/files.js";
import { activeAuthenticationCases, chipAuthenticationCases, mappingCases } from "./chip/proofs.js";
import { secureMessagingCases } from "./chip/secure-messaging.js";
import { selectionCases } from "./chip/selection.js";
import type { ChipClaim, ChipSubject, ChipUnderTest } from "./chip/subject.js";

export type { ChipClaim, ChipUnderTest };

/** Cases of a claim; those that every chip must pass have none. */
const CLAIMED: readonly (readonly [
  ChipClaim,
  (subject: ChipSubject) => readonly ConformanceCase[],
])[] = [
  ["bac", bacCases],
  ["pace", paceCases],
  ["active-authentication", activeAuthenticationCases],
  ["chip-authentication", chipAuthenticationCases],
  ["chip-authentication-mapping", mappingCases],
  ["terminal-authentication", guardedCases],
];

/**
 * What every chip of a travel document must do: keep its files until it is opened, take no proof twice,
 * protect all that it says, give what is signed, and prove what it claims. For any test runner; each case
 * begins with a chip without a session.
 *
 * A chip must claim `bac` or `pace`: one that anybody may read has nothing of this to show.
 */
export const chipCases = (
  chip: ChipUnderTest,
  options: { readonly random: RandomBytes; readonly crypto?: CryptoProvider },
): readonly ConformanceCase[] => {
  const subject: ChipSubject = { crypto: portableCrypto, ...chip, ...options };
  const claimed = CLAIMED.filter(([claim]) => chip.claims.includes(claim));
  return [
    ...selectionCases(subject),
    ...claimed.flatMap(([, cases]) => cases(subject)),
    ...secureMessagingCases(subject),
    ...fileCases(subject),
  ];
};
