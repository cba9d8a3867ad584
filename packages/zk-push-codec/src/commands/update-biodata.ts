import { keyedMessage, type ValueOf } from "../keyed-message.js";
import { BIODATA_FIELDS } from "../records/biodata.js";

/**
 * Adds or changes a unified template of any type.
 *
 * Attendance PUSH 3.7, 12.1.1.6.
 *
 *     DATA UPDATE BIODATA Pin= HT No= HT Index= HT … HT Format= HT Tmp=
 */
export const UpdateBiodata = /* @__PURE__ */ keyedMessage(
  "command",
  "DATA UPDATE BIODATA",
  { section: "12.1.1.6" },
  BIODATA_FIELDS,
);
export type UpdateBiodata = ValueOf<typeof UpdateBiodata>;
