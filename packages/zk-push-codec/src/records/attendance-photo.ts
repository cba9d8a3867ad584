import { canonicalBase64, decodeBase64, encodeBase64 } from "../base64.js";
import { bytesOf, concatBytes, wireOf } from "../bytes.js";
import { type CodecOptions, contextOf } from "../context.js";
import { ZkPushError } from "../errors.js";
import { optional, required, type ValuesOf } from "../fields.js";
import { keyValues } from "../key-values.js";
import { type Codec, keysOf } from "../keyed-message.js";
import { base64, integer, text } from "../kind.js";
import { LINES } from "../style.js";

const HEADER_FIELDS = {
  /** Name of the file, which holds time and PIN: see `parsePhotoName`. Data, never a path. */
  fileName: required("PIN", text),
  sn: optional("SN", text),
  /** Size of the picture in bytes. */
  size: optional("size", integer),
  /** `uploadphoto`, or `realupload` from some terminals. */
  command: optional("CMD", text),
  /** The picture inside the header, as some terminals send it when ATTPHOTOBase64 is on. */
  inline: optional("photo", base64, "picture"),
} as const;

const HEADER = /* @__PURE__ */ keyValues(LINES, HEADER_FIELDS);

/** A picture taken at a punch. */
export type AttendancePhoto = Omit<ValuesOf<typeof HEADER_FIELDS>, "inline"> & {
  /** The picture: JPEG as a rule. Look at its bytes, not at its name. */
  readonly content: Uint8Array;
  /**
   * How it stood in the body: after the NUL as it is, after the NUL in base64 (ATTPHOTOBase64), as
   * `photo=` in base64, or not at all.
   */
  readonly encoding: "raw" | "base64" | "inline" | "none";
  /** The base64 text, where writing it afresh gives another one. */
  readonly writtenAs?: string;
};

/** A header is a few short lines; a picture that starts without one is not looked through. */
const LONGEST_HEADER = 4_096;

/**
 * Body of an ATTPHOTO upload: a header, NUL, and the picture.
 *
 * Attendance PUSH 3.7, 11.3, and for identity cards 11.8.
 *
 *     PIN=20150731103012-123.jpg LF SN=… LF size=… LF CMD=uploadphoto NUL picture
 */
export const AttendancePhoto: Codec<AttendancePhoto> = {
  name: "ATTPHOTO",
  section: "11.3",
  since: "2.2.14",
  schema: keysOf(HEADER_FIELDS),
  decode(body, options: CodecOptions = {}) {
    const context = contextOf(options);
    const nul = body.indexOf(0);
    const end = nul < 0 ? body.length : nul;
    if (nul < 0) context.report({ code: "PHOTO_WITHOUT_SEPARATOR" });
    if (nul > LONGEST_HEADER || (nul < 0 && !/photo=|picture=/i.test(wireOf(body)))) {
      throw new ZkPushError("RECORD_MALFORMED", "expected NUL after the header of a photo");
    }
    const header = wireOf(body.subarray(0, end));
    const { inline, ...fields } = HEADER.decode(header, context, "ATTPHOTO");
    const rest = nul < 0 ? body.subarray(end) : body.subarray(end + 1);
    const photo = { ...fields, ...contentOf(inline, rest, nul < 0) };
    if (photo.size !== undefined && photo.size !== photo.content.length) {
      context.report({ code: "PHOTO_SIZE_MISMATCH", field: "size" });
    }
    return photo;
  },
  encode(photo, options: CodecOptions = {}) {
    const { content, encoding, writtenAs, ...fields } = photo;
    const base64Text = (): string => sameContent(writtenAs, content) ?? encodeBase64(content);
    const values = encoding === "inline" ? { ...fields, inline: encodeBase64(content) } : fields;
    const header = bytesOf(HEADER.encode(values, contextOf(options), "ATTPHOTO"));
    switch (encoding) {
      case "raw":
        return concatBytes(header, Uint8Array.of(0), content);
      case "base64":
        return concatBytes(header, Uint8Array.of(0), bytesOf(base64Text()));
      case "none":
        return concatBytes(header, Uint8Array.of(0));
      case "inline":
        return header;
    }
  },
};

type Content = Pick<AttendancePhoto, "content" | "encoding" | "writtenAs">;

const contentOf = (inline: string | undefined, rest: Uint8Array, noNul: boolean): Content => {
  if (inline !== undefined && noNul) return { encoding: "inline", content: decodeBase64(inline) };
  if (rest.length === 0) return { encoding: "none", content: rest };
  const decoded = isJpeg(rest) ? undefined : asBase64Jpeg(rest);
  return decoded ?? { encoding: "raw", content: rest };
};

const isJpeg = (bytes: Uint8Array): boolean => bytes[0] === 0xff && bytes[1] === 0xd8;

/** Base64 of something that starts as a JPEG: no raw picture looks so. */
const asBase64Jpeg = (bytes: Uint8Array): Content | undefined => {
  const written = wireOf(bytes);
  const canonical = canonicalBase64(written);
  if (canonical === undefined) return undefined;
  const content = decodeBase64(canonical);
  if (!isJpeg(content)) return undefined;
  return {
    encoding: "base64",
    content,
    ...(encodeBase64(content) === written ? {} : { writtenAs: written }),
  };
};

const sameContent = (written: string | undefined, content: Uint8Array): string | undefined => {
  if (written === undefined) return undefined;
  const canonical = canonicalBase64(written);
  return canonical === encodeBase64(content) ? written : undefined;
};
