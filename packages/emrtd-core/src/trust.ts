/**
 * What is trusted, without what reads and judges documents: certificates, revocation lists, and the lists
 * that states publish. The same exports as in the main entry, for programs that need nothing else.
 */
export { toHex } from "./bytes.js";
export * from "./cms/index.js";
export * from "./errors.js";
export * from "./trust/index.js";
