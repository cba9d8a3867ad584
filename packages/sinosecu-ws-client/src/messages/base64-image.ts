import * as z from "zod/mini";
import { exchange } from "./exchange.js";
import { imageMask, imagesResult } from "./image-kinds.js";
import type { Value } from "./values.js";

const optionalMask: Value<number | undefined> = /* @__PURE__ */ z.optional(imageMask);

/**
 * Get Base64Image: images of the document on the reader. Manual, 4.5.
 *
 * | | Param | Result |
 * |---|---|---|
 * | request | mask 1 to 31, see {@link IMAGE_KINDS}; none after a TakePhoto | |
 * | reply | | object from image kind to base64, or nothing |
 *
 * The manual's table puts the images into the reply and its example waits for a notification
 * {@link Images}: both happen, so a client takes whichever comes. The mask stands in the manual as a
 * number and as a text; a number is written.
 */
export const Base64Image = /* @__PURE__ */ exchange("Get", "Base64Image", {
  source: "manual 1.0.2",
  section: "4.5",
  param: optionalMask,
  result: imagesResult,
});
