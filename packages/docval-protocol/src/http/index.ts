export * from "../delivery/deliver.js";
export {
  COVERED_COMPONENTS,
  createRequestSigner,
  type SignRequestOptions,
} from "../delivery/sign-request.js";
export * from "../delivery/signature-keys.js";
export {
  createSignatureVerifier,
  SIGNATURE_REFUSALS,
  type SignatureRefusal,
  type SignatureVerdict,
  type SignatureVerifierOptions,
} from "../delivery/verify-request.js";
export { createServerSession } from "../server/create-session.js";
export {
  type DeliverEvent,
  type ServeSessionOptions,
  type SessionEnd,
  serveSession,
} from "../server/serve-session.js";
export * from "../server/upgrade.js";
export { fetchPost } from "./fetch-post.js";
export { readBody } from "./read-body.js";
export { createValidateHandler, VALIDATE_PATH, type ValidateOptions } from "./validate.js";
export { createRequestVerifier, type RequestVerifierOptions } from "./verify-request.js";
export {
  type ImportKeyOptions,
  importSigningKey,
  importVerificationKey,
  webSha256,
} from "./web-crypto.js";
