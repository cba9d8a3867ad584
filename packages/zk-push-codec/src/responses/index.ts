export * from "./acknowledgement.js";
export * from "./commands.js";
export * from "./exchange.js";
export { InitializationReply } from "./initialization.js";
export * from "./remote-attendance.js";
export * from "./response.js";
