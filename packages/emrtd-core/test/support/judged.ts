import { equalBytes } from "../../src/bytes.js";
import { nodeCrypto } from "../../src/node/index.js";
import type { CheckId, VerificationReport } from "../../src/verification/report.js";
import {
  type VerificationOptions,
  verifyDocument,
} from "../../src/verification/verify-document.js";
import { makeAuthority, NOW, trusting } from "./test-document.js";

const trust = trusting(makeAuthority());

/** Judged at a time when the test documents are valid, by a store that trusts their authority. */
export const verify = (
  files: Parameters<typeof verifyDocument>[0],
  options: Partial<VerificationOptions> & { readonly trust?: typeof trust } = {},
): VerificationReport => {
  const { trust: anchors = trust, ...rest } = options;
  return verifyDocument(files, anchors, { at: NOW, crypto: nodeCrypto, ...rest });
};

export const check = (report: VerificationReport, id: CheckId) => {
  const { status, reason } = report.checks.find((entry) => entry.id === id)!;
  return [status, reason];
};

/** Certificates of these tests are no longer than they must be: what their profile misses is left out. */
export const deviations = (report: VerificationReport) =>
  report.deviations.map(({ code }) => code).filter((code) => !code.startsWith("PROFILE_"));

export const indexesOf = (bytes: Uint8Array, part: Uint8Array): number[] =>
  Array.from(bytes.keys()).filter((at) => equalBytes(bytes.subarray(at, at + part.length), part));

export const lastIndexOf = (bytes: Uint8Array, part: Uint8Array): number =>
  indexesOf(bytes, part).at(-1) ?? -1;

export const replaceBytes = (bytes: Uint8Array, from: Uint8Array, to: Uint8Array): Uint8Array => {
  const copy = bytes.slice();
  for (const at of indexesOf(bytes, from)) copy.set(to, at);
  return copy;
};
