import { type HashedBlock, type LinkVerdict, verifyHashChain } from "./chain.js";
import { HASH_RULES, type HashRule } from "./rule.js";

/** What a device's own blocks say about the rule that it follows. */
export interface HashRuleFinding {
  /** Rules that no known link contradicts and at least one confirms. */
  readonly rules: readonly HashRule[];
  /** The first block links to a capture that was not shown: all later links fit. */
  readonly startsElsewhere: boolean;
  /** Links that could be looked at under some rule. */
  readonly links: number;
}

/**
 * Which rule a device follows.
 *
 * Links inside an answer do not depend on what came before it, so the rule shows even when the first
 * block continues an unknown capture.
 */
export const detectHashRule = async (
  previous: string | undefined,
  blocks: readonly HashedBlock[],
): Promise<HashRuleFinding> => {
  const verdicts = new Map<HashRule, readonly LinkVerdict[]>();
  for (const rule of HASH_RULES) {
    verdicts.set(rule, await verifyHashChain(rule, previous, blocks));
  }
  const fits = (links: readonly LinkVerdict[]): boolean =>
    links.includes("match") && !links.includes("mismatch");
  const links = Math.max(
    0,
    ...[...verdicts.values()].map((all) => all.filter((one) => one !== "undetermined").length),
  );
  const whole = HASH_RULES.filter((rule) => fits(verdicts.get(rule)!));
  if (whole.length > 0) {
    return { rules: whole, startsElsewhere: false, links };
  }
  const inner = HASH_RULES.filter((rule) => fits(verdicts.get(rule)!.slice(1)));
  return { rules: inner, startsElsewhere: inner.length > 0, links };
};
