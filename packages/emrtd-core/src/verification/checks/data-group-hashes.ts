import { hashByOid } from "../../cms/algorithm.js";
import type { DataGroupNumber } from "../../lds/files.js";
import type { DataGroupHash } from "../report.js";
import { failed, type Judge, passed, undetermined } from "./judgement.js";

/**
 * Whether the files that the signed list names are those that were hashed. A listed file that the chip
 * refuses is no mismatch; a document without its DG1 is nobody's document.
 */
export const judgeDataGroupHashes: Judge = ({ passive }) => {
  const { sod, dataGroups, hashUnsupported, signer } = passive;
  if (sod === undefined) return undetermined(signer.reason ?? "NO_SOD");
  const groups = (hash: DataGroupHash): DataGroupNumber[] =>
    [...dataGroups].filter(([, found]) => found === hash).map(([group]) => group);
  const mismatch = groups("mismatch");
  const detail = {
    hashAlgorithm: hashByOid(sod.hashAlgorithm) ?? sod.hashAlgorithm,
    match: groups("match"),
    mismatch,
    notRead: groups("not-read"),
    notInSod: groups("not-in-sod"),
  };
  if (hashUnsupported) return undetermined("ALGORITHM_UNSUPPORTED", detail);
  if (mismatch.length > 0) return failed("HASH_MISMATCH", detail);
  if (dataGroups.get(1) !== "match") return undetermined("DG1_NOT_READ", detail);
  return passed(detail);
};
