export * from "./admin/index.js";
export { createPushHandler, type PushHandlerOptions } from "./handler.js";
