import { utf8 } from "../bytes.js";
import { Result } from "../messages/v2/result.js";
import type { EmrtdPassport } from "../result/emrtd-passport.js";

/** Bytes of a text message that every client takes: one platform refuses more than a mebibyte. */
export const RESULT_BYTES = 1_048_576;

/** What stands in `errors` where a result was made smaller for the client. */
export const RESULT_SHORTENED = "RESULT_SHORTENED";

/**
 * RESULT in a size that the client takes: without the files where it is too large, then without pictures.
 * What is posted is never shortened.
 */
export const encodeResultFor = (passport: EmrtdPassport): string => {
  const { filesBinary: _, ...withoutFiles } = passport;
  const errors = [...passport.errors, RESULT_SHORTENED];
  const smaller: readonly EmrtdPassport[] = [
    passport,
    { ...withoutFiles, errors },
    { ...withoutFiles, errors, facePhoto: null, signaturePhotos: [], ...withoutImages(passport) },
  ];
  const texts = smaller.map(
    (content) => () => Result.encode({ type: "RESULT", passport: content }),
  );
  for (const encode of texts) {
    const text = encode();
    if (utf8(text).length <= RESULT_BYTES) return text;
  }
  return texts.at(-1)!();
};

const withoutImages = (passport: EmrtdPassport) => ({
  additionalPersonalDetails: passport.additionalPersonalDetails && {
    ...passport.additionalPersonalDetails,
    proofOfCitizenshipImage: null,
  },
  additionalDocumentDetails: passport.additionalDocumentDetails && {
    ...passport.additionalDocumentDetails,
    imageOfFront: null,
    imageOfRear: null,
  },
});
