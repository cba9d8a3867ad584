import { isLongerThan } from "./bytes.js";
import type { Frame } from "./channel.js";
import { SinosecuError } from "./errors.js";
import { LIMITS } from "./limits.js";

const decoder = /* @__PURE__ */ new TextDecoder("utf-8", { fatal: true });

/**
 * The text of a frame within the limit.
 *
 * @throws SinosecuError `MESSAGE_TOO_LARGE`, `NOT_UTF8`
 */
export const frameText = (frame: Frame, limit: number = LIMITS.message): string => {
  if (isLongerThan(frame, limit)) {
    throw new SinosecuError("MESSAGE_TOO_LARGE", `expected at most ${limit} bytes, found more`);
  }
  if (typeof frame === "string") return frame;
  try {
    return decoder.decode(frame);
  } catch {
    throw new SinosecuError("NOT_UTF8", "expected UTF-8 in a binary message, found other bytes");
  }
};
