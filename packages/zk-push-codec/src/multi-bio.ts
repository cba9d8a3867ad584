import { invalid, type Kind } from "./kind.js";

/**
 * A value for each biometric type, in the order of appendix 10: `0:10:0:7:0:0:0:0:0:0`. Ten
 * positions in the document, eleven in later firmware; versions may be `13.0`.
 */
export type MultiBio = readonly string[];

const POSITION = /^\d{1,9}(\.\d{1,3})?$/;

export const multiBio: Kind<MultiBio> = {
  name: "multiBio",
  decode(raw, context, key) {
    const values = raw.split(":").map((value) => value.trim());
    if (values.every((value) => POSITION.test(value))) return values;
    if (raw.trim() !== "") context.report({ code: "FIELD_UNREADABLE", field: key });
    return undefined;
  },
  encode(values, _context, path) {
    if (values.length === 0 || !values.every((value) => POSITION.test(value))) {
      throw invalid(path, "numbers, one for each biometric type");
    }
    return values.join(":");
  },
};

/** Whether a type is switched on: any value but 0. */
export const supportsType = (values: MultiBio | undefined, type: number): boolean =>
  Number(values?.[type] ?? 0) > 0;

/**
 * The types that both sides support (3.1): what may be sent as BIODATA or BIOPHOTO. A side that
 * says nothing does not speak the hybrid protocol, and then no type is supported.
 */
export const negotiateTypes = (
  device: MultiBio | undefined,
  server: MultiBio | undefined,
): readonly number[] => {
  const length = Math.min(device?.length ?? 0, server?.length ?? 0);
  return Array.from({ length }, (_, type) => type).filter(
    (type) => supportsType(device, type) && supportsType(server, type),
  );
};

/** What to give a terminal for a person: a template saves it the work of making one (3.1). */
export type Issue = "template" | "photo" | "nothing";

/**
 * Template or photo: the template when one of exactly the terminal's algorithm version is at hand,
 * or else the photo where the terminal makes templates of photos.
 *
 * @param templateVersion `10.0` as MajorVer and MinorVer of BIODATA; absent: there is no template.
 */
export const chooseIssue = (
  type: number,
  terminal: {
    readonly dataSupport?: MultiBio;
    readonly photoSupport?: MultiBio;
    readonly version?: MultiBio;
  },
  templateVersion: string | undefined,
  hasPhoto: boolean,
): Issue => {
  const wanted = terminal.version?.[type];
  if (
    templateVersion !== undefined &&
    wanted !== undefined &&
    supportsType(terminal.dataSupport, type) &&
    sameVersion(wanted, templateVersion)
  ) {
    return "template";
  }
  return hasPhoto && supportsType(terminal.photoSupport, type) ? "photo" : "nothing";
};

/** `10` and `10.0` are one version. */
const sameVersion = (a: string, b: string): boolean => {
  const [major = "0", minor = "0"] = a.split(".");
  const [otherMajor = "0", otherMinor = "0"] = b.split(".");
  return Number(major) === Number(otherMajor) && Number(minor) === Number(otherMinor);
};

/**
 * Newest fingerprint algorithm that FINGERTMP carries; later ones go as BIODATA (12.1.1.3).
 *
 * The document names a query for the number of templates (3.1, item 4) and gives it no form on the
 * wire: the numbers come with the options push, as MultiBioDataCount and MultiBioPhotoCount.
 */
export const FINGERTMP_LAST_ALGORITHM = 10;
