import * as z from "zod/mini";
import { fields } from "../json/schemas.js";
import { orNull } from "./optional.js";

/** What a server did not come to say, which it may leave out: it was not proved. */
const proved = () => z._default(z.boolean(), false);
const groups = () => z._default(z.array(z.int()), []);

/** What passive authentication is made of. `false` is also what could not be proved. */
export const PassiveAuthenticationDetails = /* @__PURE__ */ fields(() => ({
  sodSignatureValid: proved(),
  documentCertificateValid: proved(),
  allHashesValid: proved(),
  /** Every data group that was read. */
  dataGroupsChecked: groups(),
  dataGroupsWithValidHash: groups(),
  error: orNull(z.string()),
}));
export type PassiveAuthenticationDetails = z.output<typeof PassiveAuthenticationDetails>;
