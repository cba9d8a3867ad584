export { AccessKey, isAccessKey } from "./access-key.js";
export { Close } from "./close.js";
export { decodeServerText, type ServerText } from "./server-text.js";
export { Start } from "./start.js";
export { STATUSES, Status, type StatusValue } from "./status.js";
