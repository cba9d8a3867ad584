import { isArray, isObject, parseJson } from "../json.js";
import type { ProfileName } from "../profiles/profile.js";

/**
 * Which version an answer to discovery is of.
 *
 * The verb tells the later ones; the three that share MOSIPDISC are told by the version that they name
 * first, else by their fields. `undefined` when the list is empty or nothing fits.
 */
export const recogniseProfile = (verb: string, answer: string): ProfileName | undefined => {
  const list = parseJson(answer);
  const first = isArray(list) ? list[0] : undefined;
  if (!isObject(first)) {
    return undefined;
  }
  if (verb === "SBIDISC") {
    return "sbi-1.0";
  }
  if (verb === "POST") {
    return "sbi-draft-1";
  }
  const names = new Set(Object.keys(first).map((name) => name.toLowerCase()));
  const versions = first["specVersion"];
  const named = versions !== undefined && isArray(versions) ? String(versions[0]) : "";
  if (named.startsWith("0.9.2")) {
    return "0.9.2";
  }
  if (/^(0\.9\.[3-9]|1\.)/.test(named)) {
    return "0.9.5";
  }
  if (!names.has("digitalid")) {
    return names.has("subtype") || names.has("devicestatus") ? "0.8.4" : bySpelling(first["error"]);
  }
  return first["deviceStatus"] === "Active" ? "0.9.2" : (bySpelling(first["error"]) ?? "0.9.5");
};

/** `errorCode` since 0.9.5, `errorcode` before. */
const bySpelling = (error: unknown): ProfileName | undefined => {
  if (!isObject(error)) {
    return undefined;
  }
  return "errorCode" in error ? "0.9.5" : "0.8.4";
};
