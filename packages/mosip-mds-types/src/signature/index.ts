export type { WebKey } from "../web-crypto.js";
export * from "./certificate.js";
export * from "./chain.js";
export * from "./detached.js";
export * from "./jws.js";
export * from "./pem.js";
export * from "./signer.js";
