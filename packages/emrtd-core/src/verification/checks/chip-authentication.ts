import { readable } from "../../cms/readable.js";
import { decodeDg14 } from "../../lds/dg14.js";
import { type SecurityInfoType, securityInfoType } from "../../lds/security-protocols.js";
import { chipKeyFile } from "./chip-key-file.js";
import { failed, type Judge, notApplicable, undetermined } from "./judgement.js";

const PROMISES: ReadonlySet<SecurityInfoType | undefined> = /* @__PURE__ */ new Set([
  "ChipAuthenticationInfo",
  "ChipAuthenticationPublicKeyInfo",
]);

/**
 * Whether the chip proved to own a key of DG14 (Doc 9303-11, 6.2). The reader does not ask for this proof
 * yet, so a promise of it leaves the question open.
 */
export const judgeChipAuthentication: Judge = (subject) => {
  const file = chipKeyFile(subject, 14);
  if ("judgement" in file) return file.judgement;
  const promised = promisesOf("covered" in file ? file.covered : file.uncovered, PROMISES);
  if ("uncovered" in file) {
    return promised === false ? notApplicable("NOT_OFFERED") : undetermined("KEY_NOT_COVERED");
  }
  if (promised === undefined) return failed("KEY_MALFORMED", file.detail);
  return promised ? undetermined("NOT_ATTEMPTED", file.detail) : notApplicable("NOT_OFFERED");
};

/** Whether DG14 names one of these protocols, well formed or not; undefined where it cannot be read. */
export const promisesOf = (
  dg14: Uint8Array,
  types: ReadonlySet<SecurityInfoType | undefined>,
): boolean | undefined =>
  readable(() =>
    decodeDg14(dg14).securityInfos.some(({ protocol }) => types.has(securityInfoType(protocol))),
  );
