import { decodeBase64, sizedBase64 } from "../base64.js";
import { ZkPushError } from "../errors.js";
import { optional, required } from "../fields.js";
import { keyedMessage, type ValueOf } from "../keyed-message.js";
import { base64, integer, pin } from "../kind.js";

/**
 * FACE, one near-infrared face template, in an OPERLOG body.
 *
 * Attendance PUSH 3.7, 11.10. A terminal puts 16 random bytes before the template that it uploads
 * and expects none before one that it is given (12.1.1.4): {@link issuedFaceTemplate} and
 * {@link uploadedFaceTemplate} go between the two.
 *
 *     FACE SP PIN= HT FID= HT SIZE= HT VALID= HT TMP=
 */
export const FaceRecord = /* @__PURE__ */ keyedMessage(
  "record",
  "FACE",
  { section: "11.10", sized: ["size", "template"] },
  {
    pin: required("PIN", pin),
    /** Number of the template, from 0. */
    index: optional("FID", integer),
    /** Length of the base64 text. */
    size: optional("SIZE", integer),
    /** 0 or 1: see `TEMPLATE_VALIDITY`. */
    valid: optional("VALID", integer),
    /** With 16 random bytes in front. */
    template: optional("TMP", base64, "Template"),
  },
);
export type FaceRecord = ValueOf<typeof FaceRecord>;

/** Bytes of no meaning before an uploaded template. */
export const FACE_PREFIX_LENGTH = 16;

/**
 * The template of an uploaded FACE record as a terminal wants to be given it.
 *
 * @throws ZkPushError `RECORD_MALFORMED` when it is too short to have the 16 bytes in front.
 */
export const issuedFaceTemplate = (uploaded: string): { size: number; data: string } => {
  const bytes = decodeBase64(uploaded);
  if (bytes.length <= FACE_PREFIX_LENGTH) {
    throw new ZkPushError(
      "RECORD_MALFORMED",
      `expected more than ${FACE_PREFIX_LENGTH} bytes in an uploaded face template, found ${bytes.length}`,
    );
  }
  return sizedBase64(bytes.subarray(FACE_PREFIX_LENGTH));
};

/** The other direction, the terminal's side. */
export const uploadedFaceTemplate = (
  issued: string,
  random: (length: number) => Uint8Array,
): { size: number; data: string } => {
  const bytes = decodeBase64(issued);
  const prefixed = new Uint8Array(FACE_PREFIX_LENGTH + bytes.length);
  prefixed.set(random(FACE_PREFIX_LENGTH).subarray(0, FACE_PREFIX_LENGTH));
  prefixed.set(bytes, FACE_PREFIX_LENGTH);
  return sizedBase64(prefixed);
};
