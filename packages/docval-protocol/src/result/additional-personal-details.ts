import * as z from "zod/mini";
import { base64, fields } from "../json/schemas.js";
import { orNull } from "./optional.js";

/** Data group 11. */
export const AdditionalPersonalDetails = /* @__PURE__ */ fields(() => ({
  fullNameOfHolder: orNull(z.string()),
  otherNames: z._default(z.array(z.string()), []),
  personalNumber: orNull(z.string()),
  /** yyyyMMdd. */
  fullDateOfBirth: orNull(z.string()),
  /** One text, town and country side by side: a client refuses a list. */
  placeOfBirth: orNull(z.string()),
  permanentAddress: orNull(z.array(z.string())),
  telephone: orNull(z.string()),
  profession: orNull(z.string()),
  title: orNull(z.string()),
  personalSummary: orNull(z.string()),
  proofOfCitizenshipImage: orNull(base64()),
  otherValidTravelDocumentNumbers: orNull(z.array(z.string())),
  custodyInformation: orNull(z.string()),
}));
export type AdditionalPersonalDetails = z.output<typeof AdditionalPersonalDetails>;
