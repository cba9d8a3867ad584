export * from "./get-file.js";
export * from "./info.js";
export * from "./put-file.js";
export * from "./replies.js";
export * from "./return.js";
export * from "./shell.js";
export * from "./verify-sum.js";
