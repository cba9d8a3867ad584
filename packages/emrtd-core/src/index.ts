export * from "./bytes.js";
export * from "./crypto/curves.js";
export { portableCrypto } from "./crypto/portable.js";
export * from "./crypto/provider.js";
export * from "./errors.js";
export * from "./oid.js";
export * from "./tlv.js";
