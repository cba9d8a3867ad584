export { createPushListener, type PushListener, type PushListenerOptions } from "./listener.js";
