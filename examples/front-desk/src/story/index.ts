export * from "./advance.js";
export * from "./compare.js";
export * from "./gate.js";
export * from "./steps.js";
export * from "./story.js";
export * from "./visitor.js";
