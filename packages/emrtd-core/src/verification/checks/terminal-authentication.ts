import type { SecurityInfoType } from "../../lds/security-protocols.js";
import { promisesOf } from "./chip-authentication.js";
import { chipKeyFile } from "./chip-key-file.js";
import { type Judge, notApplicable, undetermined } from "./judgement.js";

const PROMISES: ReadonlySet<SecurityInfoType | undefined> = /* @__PURE__ */ new Set([
  "TerminalAuthenticationInfo",
]);

/**
 * Whether the terminal proved to the chip that it may read fingerprints and irises (Doc 9303-11, 7.1). It
 * says nothing of the document, and does not decide.
 */
export const judgeTerminalAuthentication: Judge = (subject) => {
  const file = chipKeyFile(subject, 14);
  if ("judgement" in file) return file.judgement;
  const promised = promisesOf("covered" in file ? file.covered : file.uncovered, PROMISES);
  return promised ? undetermined("NOT_ATTEMPTED") : notApplicable("NOT_OFFERED");
};
