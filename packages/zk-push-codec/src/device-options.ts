import type { Context } from "./context.js";
import { type Fields, optional, type ValuesOf } from "./fields.js";
import { integer, text } from "./kind.js";
import { multiBio } from "./multi-bio.js";

/**
 * Options of a terminal, pushed on its own (chapter 8) or sent for INFO (12.4.3). The document
 * names the hybrid ones; the others are what terminals send. Each terminal has more: they are in
 * `extra`. A tilde before a key marks what cannot be set.
 */
export const DEVICE_OPTION_FIELDS = {
  serialNumber: optional("~SerialNumber", text),
  deviceName: optional("~DeviceName", text),
  /** A comma stands in it as a rule. */
  vendor: optional("~OEMVendor", text),
  platform: optional("~Platform", text),
  firmware: optional("FWVersion", text, "FirmVer"),
  pushVersion: optional("PushVersion", text),
  mac: optional("MAC", text),
  address: optional("IPAddress", text),
  language: optional("Language", integer),
  timeZone: optional("TZAdj", text),
  fingerprintVersion: optional("~ZKFPVersion", text),
  faceVersion: optional("FaceVersion", text),
  fingerprintFunction: optional("FingerFunOn", integer),
  faceFunction: optional("FaceFunOn", integer),
  fingerVeinFunction: optional("FvFunOn", integer),
  palmFunction: optional("PvFunOn", integer),
  photoFunction: optional("PhotoFunOn", integer),
  comparisonPhotoFunction: optional("BioPhotoFun", integer),
  visibleLightTemplateFunction: optional("BioDataFun", integer),
  visibleLightFunction: optional("VisilightFun", integer),
  /** User photos may be issued by URL. */
  userPhotoByUrl: optional("UserPicURLFunOn", integer),
  userCount: optional("UserCount", integer),
  fingerprintCount: optional("FPCount", integer),
  faceCount: optional("FaceCount", integer),
  attendanceCount: optional("TransactionCount", integer),
  /** In tens of thousands: see {@link attendanceCapacity}. */
  maxAttendance: optional("~MaxAttLogCount", integer),
  /** In hundreds: see {@link userCapacity}. */
  maxUsers: optional("~MaxUserCount", integer),
  multiBioDataSupport: optional("MultiBioDataSupport", multiBio),
  multiBioPhotoSupport: optional("MultiBioPhotoSupport", multiBio),
  multiBioVersion: optional("MultiBioVersion", multiBio),
  /** Chapter 8 calls it MultiBioCount, appendix 10 MultiBioDataCount. */
  multiBioDataCount: optional("MultiBioDataCount", multiBio, "MultiBioCount"),
  multiBioPhotoCount: optional("MultiBioPhotoCount", multiBio),
  maxMultiBioDataCount: optional("MaxMultiBioDataCount", multiBio),
  maxMultiBioPhotoCount: optional("MaxMultiBioPhotoCount", multiBio),
} as const;

/** Attendance records that a terminal holds. */
export const attendanceCapacity = (options: {
  readonly maxAttendance?: number;
}): number | undefined =>
  options.maxAttendance === undefined ? undefined : options.maxAttendance * 10_000;

/** Users that a terminal holds. */
export const userCapacity = (options: { readonly maxUsers?: number }): number | undefined =>
  options.maxUsers === undefined ? undefined : options.maxUsers * 100;

/** Options worth asking for with PushOptions: what decides dialect, capacity and templates. */
export const WANTED_OPTIONS = [
  "FingerFunOn",
  "FaceFunOn",
  "FvFunOn",
  "PvFunOn",
  "BioPhotoFun",
  "BioDataFun",
  "VisilightFun",
  "UserPicURLFunOn",
  "MultiBioDataSupport",
  "MultiBioPhotoSupport",
  "MultiBioVersion",
  "MultiBioDataCount",
  "MultiBioPhotoCount",
  "MaxMultiBioDataCount",
  "MaxMultiBioPhotoCount",
  "~DeviceName",
  "~OEMVendor",
  "~Platform",
  "FWVersion",
  "PushVersion",
  "~MaxAttLogCount",
  "~MaxUserCount",
] as const;

/** Options as keys and texts, the known ones by the document's spelling, without tildes. */
export const optionPairs = (
  options: ValuesOf<typeof DEVICE_OPTION_FIELDS>,
): Readonly<Record<string, string>> => {
  const values: Readonly<Record<string, unknown>> = { ...options };
  const fields: Fields = DEVICE_OPTION_FIELDS;
  const context: Context = { charset: "utf-8", report: () => {} };
  const known = Object.entries(fields).flatMap(([name, { key, kind }]) => {
    const value = values[name];
    return value === undefined ? [] : [[key, kind.encode(value, context, key)] as const];
  });
  const unknown = (options.extra ?? []).map(({ key, value }) => [key, value] as const);
  return Object.fromEntries(
    [...unknown, ...known].map(([key, value]) => [key.trim().replace(/^~/, ""), value]),
  );
};
