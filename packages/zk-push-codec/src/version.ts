import type { Context } from "./context.js";
import type { ProtocolVersion } from "./protocol-version.js";

/** Released versions of the protocol: appendix 6. */
export const PROTOCOL_VERSIONS = ["2.2.14", "2.3.0", "2.4.0", "2.4.1"] as const;

/** What a party that announces nothing speaks: appendix 6. */
export const DEFAULT_VERSION: ProtocolVersion = "2.2.14";

/** First version with encrypted traffic: appendix 6. */
export const ENCRYPTION_VERSION: ProtocolVersion = "2.4.0";

/** Numbers of a version text; words and signs after them do not count (`2.4.1-20200320`). */
const numbersOf = (version: string): readonly number[] => {
  let numbers = parsed.get(version);
  if (numbers === undefined) {
    numbers = /^\s*(\d+(?:\.\d+)*)/.exec(version)?.[1]?.split(".").map(Number) ?? [];
    if (parsed.size < MOST_PARSED) parsed.set(version, numbers);
  }
  return numbers;
};

/** There are few versions, and every request compares two. */
const parsed = /* @__PURE__ */ new Map<string, readonly number[]>();
const MOST_PARSED = 100;

/** Order of two versions: negative, zero or positive. */
export const compareVersions = (a: string, b: string): number => {
  if (a === b) return 0;
  const left = numbersOf(a);
  const right = numbersOf(b);
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    const difference = (left[i] ?? 0) - (right[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
};

/**
 * The version that both sides speak: the lower of the two announced, 2.2.14 for a side that
 * announced none or something unreadable (appendix 6).
 *
 * @param device `pushver` of the handshake.
 * @param server `PushProtVer` of the reply.
 */
export const negotiateVersion = (
  device: string | undefined,
  server: string | undefined,
): string => {
  const a = announced(device);
  const b = announced(server);
  return compareVersions(a, b) <= 0 ? a : b;
};

const announced = (version: string | undefined): string =>
  version === undefined || numbersOf(version).length === 0 ? DEFAULT_VERSION : version.trim();

/** Reports an interaction that is newer than the version both sides speak. It is read all the same. */
export const checkVersion = (context: Context, interaction: { readonly since: string }): void => {
  if (context.version !== undefined && !supports(context.version, interaction)) {
    context.report({ code: "VERSION_TOO_OLD" });
  }
};

/** Whether a version has an interaction: every codec says since when it exists. */
export const supports = (version: string, interaction: { readonly since: string }): boolean =>
  compareVersions(version, interaction.since) >= 0;
