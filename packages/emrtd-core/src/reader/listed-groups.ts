import { EmrtdError } from "../errors.js";
import { dataGroupsOf, decodeCom } from "../lds/com.js";
import { type ChipFiles, dataGroupName, type FileName } from "../lds/files.js";
import { decodeSod } from "../lds/sod.js";

/**
 * The data groups that EF.SOD or EF.COM names. EF.COM is signed by nobody and may be absent or wrong;
 * a group that only one of them names is read too, and judged later.
 *
 * @returns undefined where neither file says anything: then every group is worth asking for.
 */
export const listedGroups = (files: ChipFiles): ReadonlySet<FileName> | undefined => {
  const bySod = files.SOD && attempt(files.SOD, groupsOfSod);
  const byCom = files.COM && attempt(files.COM, (bytes) => dataGroupsOf(decodeCom(bytes).tagList));
  if (!bySod && !byCom) return undefined;
  return new Set([...(bySod ?? []), ...(byCom ?? [])].map(dataGroupName));
};

const groupsOfSod = (bytes: Uint8Array) => [...decodeSod(bytes).dataGroupHashes.keys()];

const attempt = <T>(bytes: Uint8Array, decode: (bytes: Uint8Array) => T): T | undefined => {
  try {
    return decode(bytes);
  } catch (error) {
    if (error instanceof EmrtdError) return undefined;
    throw error;
  }
};
