import * as z from "zod/mini";
import { fields } from "../json/schemas.js";
import { orNull } from "./optional.js";

/** The machine readable zone in data group 1, without fillers. */
export const MrzInfo = /* @__PURE__ */ fields(() => ({
  /** `TD1`, `TD2`, `TD3`. */
  documentType: z.string(),
  documentCode: z.string(),
  issuingState: z.string(),
  primaryIdentifier: z.string(),
  /** Given names, one an item. */
  secondaryIdentifier: z.array(z.string()),
  nationality: z.string(),
  documentNumber: z.string(),
  /** yyMMdd. */
  dateOfBirth: z.string(),
  /** `MALE`, `FEMALE`; others as a server has them. */
  gender: z.string(),
  /** yyMMdd. */
  dateOfExpiry: z.string(),
  /** Empty where there is none; clients ask for the key. */
  optionalData1: z._default(z.string(), ""),
  optionalData2: orNull(z.string()),
}));
export type MrzInfo = z.output<typeof MrzInfo>;
