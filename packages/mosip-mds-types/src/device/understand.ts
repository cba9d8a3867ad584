import { MdsError } from "../errors.js";
import type { DiscoveryRequest } from "../model/types.js";
import type { Profile, Translator } from "../profiles/profile.js";
import { type DeviceError, deviceError } from "../vocabulary/error-code.js";
import type { DeviceIdentity } from "./setup.js";

/** A request that was understood, or the error object that answers it. */
export type Understood<T> =
  | { readonly value: T; readonly error?: undefined }
  | { readonly error: DeviceError };

/** Nothing hangs on it, and the registration client of MOSIP sends it without a zone. */
const UNUSED: readonly string[] = ["captureTime"];

/**
 * Reads a request; what cannot be read is answered, with the reason, and never thrown.
 *
 * Since 0.9.5 a field that the version does not know is an error, and so is a word without a meaning;
 * before it, only a type without a meaning is.
 */
export const understand = <T>(
  translator: Translator<T>,
  body: string,
  profile: Profile,
): Understood<T> => {
  const strict = profile.refusesUnknownFields;
  try {
    const { value, lost } = translator.read(body, { unknownFields: strict ? "refuse" : "keep" });
    const meaningless = lost.filter((field) =>
      strict ? !UNUSED.includes(field) : field === "type" || field === "bio.type",
    );
    return meaningless.length === 0
      ? { value }
      : { error: deviceError("500", `No meaning is known for ${meaningless.join(", ")}`) };
  } catch (error) {
    if (error instanceof MdsError) {
      return { error: deviceError("500", error.message) };
    }
    throw error;
  }
};

/**
 * The devices that answer: those of the type that is looked for, or all for "Biometric Device"; and, where
 * the request names a version, only if it is this one.
 */
export const matching = <Unit extends { readonly identity: DeviceIdentity }>(
  units: readonly Unit[],
  asked: DiscoveryRequest,
  profile: Profile,
): readonly Unit[] => {
  const { specVersion } = asked;
  const spoken = [undefined, profile.specVersion, `${profile.specVersion}.0`];
  return spoken.includes(specVersion)
    ? units.filter(
        ({ identity }) => asked.modality === undefined || identity.modality === asked.modality,
      )
    : [];
};

/** What comes instead of a stream. */
export const streamError = (error: DeviceError, profile: Profile): string =>
  profile.saysSuccess
    ? JSON.stringify({ error: { errorCode: error.code, errorInfo: error.info } })
    : JSON.stringify({ error: { errorcode: error.code, errorinfo: error.info } });
