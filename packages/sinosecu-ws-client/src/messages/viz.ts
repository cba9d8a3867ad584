import { exchange } from "./exchange.js";
import { note, truth } from "./values.js";

/**
 * Set VIZ: whether to read the printed zone of a page. Manual, 4.3.1.
 *
 * | | Param | Result |
 * |---|---|---|
 * | request | `True` or `False` | |
 * | reply | | none, or why not |
 *
 * The manual exchanges this parameter's words with those of RFID and answers with the operand `DG`;
 * both are slips of its writer, and `DG` is taken as an answer.
 */
export const VIZ = /* @__PURE__ */ exchange("Set", "VIZ", {
  source: "manual 1.0.2",
  section: "4.3.1",
  replyAliases: ["DG"],
  param: truth,
  result: note,
});
