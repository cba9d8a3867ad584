import { block, CODE, INTEGER } from "./tagged.js";

/** Blocks that every part of ISO/IEC 39794 shares (part 1). */
export const VERSION = /* @__PURE__ */ block({ generation: [0, INTEGER], year: [1, INTEGER] });

export const DATE_TIME = /* @__PURE__ */ block({
  year: [0, INTEGER],
  month: [1, INTEGER],
  day: [2, INTEGER],
  hour: [3, INTEGER],
  minute: [4, INTEGER],
  second: [5, INTEGER],
  millisecond: [6, INTEGER],
});

export const REGISTRY_ID = /* @__PURE__ */ block({ organization: [0, INTEGER], id: [1, INTEGER] });

/** A score from 0 to 100 of one algorithm, or why there is none. */
export const QUALITY = /* @__PURE__ */ block({
  algorithmIdBlock: [0, REGISTRY_ID],
  scoreOrError: [1, /* @__PURE__ */ block({ score: [0, INTEGER], error: [1, CODE] })],
});
