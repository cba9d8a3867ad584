export * from "./admin/index.js";
export { createPushHandler, type PushHandlerOptions } from "./handler.js";
export {
  createWebhook,
  SIGNATURE_HEADER,
  signWebhook,
  verifyWebhook,
  type WebhookOptions,
} from "./webhook.js";
