import * as z from "zod/mini";
import { base64, fields } from "../json/schemas.js";
import { orNull } from "./optional.js";

/** Data group 12. */
export const AdditionalDocumentDetails = /* @__PURE__ */ fields(() => ({
  issuingAuthority: orNull(z.string()),
  /** yyyyMMdd. */
  dateOfIssue: orNull(z.string()),
  /** One text: a client refuses a list. */
  namesOfOtherPersons: orNull(z.string()),
  endorsementsAndObservations: orNull(z.string()),
  taxOrExitRequirements: orNull(z.string()),
  imageOfFront: orNull(base64()),
  imageOfRear: orNull(base64()),
  /** yyyyMMddHHmmss. */
  dateAndTimeOfPersonalization: orNull(z.string()),
  personalizationSystemSerialNumber: orNull(z.string()),
}));
export type AdditionalDocumentDetails = z.output<typeof AdditionalDocumentDetails>;
