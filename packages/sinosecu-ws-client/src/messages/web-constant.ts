import { exchange } from "./exchange.js";
import { text } from "./values.js";

/**
 * Get WebConstant: a sentence of the service in the language that it runs in. Manual, 4.6.
 *
 * | | Param | Result |
 * |---|---|---|
 * | request | id of the sentence, also one that an integrator added to the service's file | |
 * | reply | the same id | text |
 *
 * The manual names the reply's operand `WebConstants`; the service writes `WebConstant`.
 */
export const WebConstant = /* @__PURE__ */ exchange("Get", "WebConstant", {
  source: "manual 1.0.2",
  section: "4.6",
  replyAliases: ["WebConstants"],
  echoesParam: true,
  param: text,
  result: text,
});
