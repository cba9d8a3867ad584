import * as z from "zod/mini";
import { base64, fields } from "../json/schemas.js";

/** What the document security object lists. */
export const SodInfo = /* @__PURE__ */ fields(() => ({
  /** `SHA-256`, ... */
  hashAlgorithm: z.string(),
  /** By the number of the data group, in decimal digits. */
  hashForDataGroup: z.record(z.string(), base64()),
}));
export type SodInfo = z.output<typeof SodInfo>;
