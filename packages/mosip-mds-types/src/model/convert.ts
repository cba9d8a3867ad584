import type { Profile } from "../profiles/profile.js";
import type { Converted } from "./mapping.js";

/** Messages that can be carried from one version to another: nothing in them is signed. */
export const CONVERTIBLE = [
  "digitalId",
  "discoveryRequest",
  "captureRequest",
  "captureBlock",
  "streamRequest",
  "registrationCaptureRequest",
  "registrationCaptureBlock",
] as const;
export type Convertible = (typeof CONVERTIBLE)[number];

/**
 * A message of one version in the words of another.
 *
 * `lost` has what the first version said and the second cannot, in both steps; `assumed` what the second
 * demands and the first did not say. The version that a request names becomes the second's own. A data block that was signed is not signed any more.
 *
 * @throws MdsError `MESSAGE_INVALID` when the text is no message of the first version,
 * `MESSAGE_UNENCODABLE` when the second cannot do without something that is missing.
 */
export const convertMessage = (
  kind: Convertible,
  text: string,
  from: Profile,
  to: Profile,
): Converted<string> => {
  const up = from[kind].read(text);
  const neutral =
    "specVersion" in up.value ? { ...up.value, specVersion: to.specVersion } : up.value;
  const down = (to[kind] as { write(value: unknown): Converted<string> }).write(neutral);
  return {
    value: down.value,
    lost: [...new Set([...up.lost, ...down.lost])],
    assumed: down.assumed,
  };
};
