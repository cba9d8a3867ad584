import * as z from "zod/mini";
import { base64, fields } from "../json/schemas.js";
import { isJsonObject, type JsonObject } from "../json/value.js";
import { CHECK_RESULTS } from "../messages/v2/ca-handback.js";
import { AdditionalDocumentDetails } from "./additional-document-details.js";
import { AdditionalPersonalDetails } from "./additional-personal-details.js";
import { MrzInfo } from "./mrz-info.js";
import { orNull } from "./optional.js";
import { PassiveAuthenticationDetails } from "./passive-authentication-details.js";
import { SodInfo } from "./sod-info.js";
import { type Spelling, toCamel, toSnake } from "./spelling.js";

const checkResult = () => z.enum(CHECK_RESULTS);

/** What a document said and what was proved of it: one structure, two spellings of its keys. */
export const EmrtdPassport = /* @__PURE__ */ fields(() => ({
  sodInfo: orNull(SodInfo),
  mrzInfo: orNull(MrzInfo),
  /** JPEG. */
  facePhoto: orNull(base64()),
  /** JPEG, of data group 7. */
  signaturePhotos: z._default(z.array(base64()), []),
  additionalPersonalDetails: orNull(AdditionalPersonalDetails),
  additionalDocumentDetails: orNull(AdditionalDocumentDetails),
  /** Signature, certificate chain and all hashes were proved. */
  passiveAuthentication: z.boolean(),
  passiveAuthenticationDetails: orNull(PassiveAuthenticationDetails),
  chipAuthenticationResult: checkResult(),
  activeAuthenticationResult: checkResult(),
  /** Codes of what failed or could not be proved. */
  errors: z._default(z.array(z.string()), []),
  /** Every file as it was read, by its name; only from servers that are told to send it. */
  filesBinary: z.exactOptional(z.record(z.string(), base64())),
}));
export type EmrtdPassport = z.output<typeof EmrtdPassport>;

const object = () => z.custom<JsonObject>(isJsonObject);

/** The result in JSON: written in one spelling, read in either. */
export const spelt = (spelling: Spelling) =>
  z.pipe(
    z.codec(object(), object(), {
      decode: (json) => toCamel(json) as JsonObject,
      encode: (json) => (spelling === "snake" ? (toSnake(json) as JsonObject) : json),
    }),
    EmrtdPassport,
  );
