export * from "./get-file.js";
export * from "./info.js";
export * from "./put-file.js";
export { type CommandReplies, type CommandReply, decodeReplies, encodeReplies } from "./replies.js";
export { ReturnReply } from "./return.js";
export * from "./shell.js";
export * from "./verify-sum.js";
