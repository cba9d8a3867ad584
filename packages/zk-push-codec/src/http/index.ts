export { createPushHandler, type PushHandlerOptions } from "./handler.js";
