import { decodeText, encodeText } from "./charset.js";
import type { Kind } from "./kind.js";
import { checkField } from "./safe.js";

/** Values of INFO by position: chapter 9. Missing ones are absent; numbers stay texts as sent. */
export interface DeviceInfo {
  readonly firmware: string;
  readonly users?: string;
  readonly fingerprints?: string;
  readonly attendanceRecords?: string;
  readonly address?: string;
  readonly fingerprintVersion?: string;
  readonly faceVersion?: string;
  /** Pictures needed to enrol one face. */
  readonly facePictures?: string;
  readonly faces?: string;
  /** `111`, a digit a function: see `INFO_FUNCTIONS`. */
  readonly functions?: string;
  /** Values 11 to 13 of later firmware. */
  readonly more?: readonly string[];
}

const POSITIONS = [
  "firmware",
  "users",
  "fingerprints",
  "attendanceRecords",
  "address",
  "fingerprintVersion",
  "faceVersion",
  "facePictures",
  "faces",
  "functions",
] as const;

export const deviceInfo: Kind<DeviceInfo> = {
  name: "deviceInfo",
  decode(raw) {
    const values = raw.split(",").map((value) => decodeText(value, "utf-8").text);
    const named = POSITIONS.slice(0, values.length).map((name, i) => [name, values[i]!] as const);
    const more = values.slice(POSITIONS.length);
    const info = Object.fromEntries(named) as unknown as DeviceInfo;
    return more.length > 0 ? { ...info, more } : info;
  },
  encode(info, _context, path) {
    const values: string[] = [];
    for (const name of POSITIONS) {
      const value = info[name];
      if (value === undefined) break;
      values.push(value);
    }
    return [...values, ...(values.length === POSITIONS.length ? (info.more ?? []) : [])]
      .map((value) => encodeText(checkField(value.replaceAll(",", " "), path), "utf-8"))
      .join(",");
  },
};
