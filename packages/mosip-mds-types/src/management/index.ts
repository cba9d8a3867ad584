export * from "./deregister.js";
export * from "./endpoints.js";
export * from "./managed-device.js";
export {
  MANAGEMENT_COMMANDS,
  type ManagementCommand,
  ManagementReply,
  ManagementRequest,
} from "./messages.js";
export * from "./register.js";
export * from "./register-answer.js";
export * from "./registration-check.js";
export * from "./server-client.js";
export * from "./synced-clock.js";
