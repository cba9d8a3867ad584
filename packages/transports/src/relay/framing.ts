import type { Frame } from "../channel.js";

/** How an APDU travels in the frames of a channel. */
export interface ApduFraming {
  /** The frame that carries this APDU. */
  wrap(apdu: Uint8Array): Frame;
  /** The APDU in a frame; undefined where the frame carries something else. */
  unwrap(frame: Frame): Uint8Array | undefined;
}

/** Each binary frame is an APDU as it is, and a text frame is something else. */
export const rawApduFraming: ApduFraming = {
  wrap: (apdu) => apdu,
  unwrap: (frame) => (typeof frame === "string" ? undefined : frame),
};
