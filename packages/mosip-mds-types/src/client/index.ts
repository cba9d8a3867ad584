export * from "./callback.js";
export * from "./client.js";
export * from "./discovery.js";
export * from "./mjpeg.js";
export * from "./recognise.js";
export {
  type HttpCall,
  type HttpReply,
  MAX_ANSWER_BYTES,
  readText,
  type Send,
} from "./transport.js";
