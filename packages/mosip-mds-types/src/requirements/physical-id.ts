import { MdsError } from "../errors.js";
import { isObject, parseJson } from "../json.js";
import type { Profile } from "../profiles/profile.js";

/** What is printed on a device, and stands in its QR code. */
export interface PhysicalId {
  readonly serialNo: string;
  readonly make: string;
  readonly model: string;
}

/** Serial numbers: 12 digits in 0.8.4, at least 12 in 0.9.2, at least 12 letters or digits later. */
const serialForm = ({ name }: Profile): RegExp =>
  name === "0.8.4" ? /^\d{12}$/ : name === "0.9.2" ? /^\d{12,64}$/ : /^[A-Za-z0-9]{12,64}$/;

/** Why a serial number is none in a version, or `undefined` when it is one. */
export const serialProblem = (serialNo: string, profile: Profile): string | undefined =>
  serialForm(profile).test(serialNo)
    ? undefined
    : profile.name === "0.8.4"
      ? "expected 12 digits"
      : profile.name === "0.9.2"
        ? "expected at least 12 digits"
        : "expected at least 12 letters or digits";

/**
 * Text of the QR code: the documents ask for "the same information" and name no form, so it is JSON with
 * the names of the digital id.
 *
 * @throws MdsError `PHYSICAL_ID_INVALID`.
 */
export const writeQrPayload = (id: PhysicalId, profile: Profile): string => {
  const problem = serialProblem(id.serialNo, profile);
  if (problem !== undefined || id.make === "" || id.model === "") {
    throw new MdsError("PHYSICAL_ID_INVALID", problem ?? "expected make and model, found none");
  }
  return JSON.stringify({ serialNo: id.serialNo, make: id.make, model: id.model });
};

/** @throws MdsError `PHYSICAL_ID_INVALID`, `JSON_MALFORMED`. */
export const readQrPayload = (text: string, profile: Profile): PhysicalId => {
  const value = parseJson(text);
  const { serialNo, make, model } = isObject(value) ? value : {};
  if (typeof serialNo !== "string" || typeof make !== "string" || typeof model !== "string") {
    throw new MdsError("PHYSICAL_ID_INVALID", "expected serialNo, make and model");
  }
  const problem = serialProblem(serialNo, profile);
  if (problem !== undefined) {
    throw new MdsError("PHYSICAL_ID_INVALID", problem);
  }
  return { serialNo, make, model };
};
