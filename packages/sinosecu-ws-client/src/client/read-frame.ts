import type { Frame } from "../channel.js";
import { SinosecuError } from "../errors.js";
import { frameText } from "../frame-text.js";
import { decodeServiceMessage, type ServiceMessage } from "../service-message.js";

/** Reads a frame of the service; whatever is wrong with it is a value, never an exception. */
export const readFrame = (
  frame: Frame,
  limit?: number,
): { message: ServiceMessage; error?: never } | { message?: never; error: SinosecuError } => {
  try {
    return { message: decodeServiceMessage(frameText(frame, limit)) };
  } catch (error) {
    if (error instanceof SinosecuError) return { error };
    return { error: new SinosecuError("MESSAGE_INVALID", "expected a message of the service") };
  }
};
