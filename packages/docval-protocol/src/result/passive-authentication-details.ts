import * as z from "zod/mini";
import { fields } from "../json/schemas.js";
import { orNull } from "./optional.js";

/** What passive authentication is made of. `false` is also what could not be proved. */
export const PassiveAuthenticationDetails = /* @__PURE__ */ fields(() => ({
  sodSignatureValid: z.boolean(),
  documentCertificateValid: z.boolean(),
  allHashesValid: z.boolean(),
  /** Every data group that was read. */
  dataGroupsChecked: z.array(z.int()),
  dataGroupsWithValidHash: z.array(z.int()),
  error: orNull(z.string()),
}));
export type PassiveAuthenticationDetails = z.output<typeof PassiveAuthenticationDetails>;
