import {
  createSignatureVerifier,
  type SignatureVerdict,
  type SignatureVerifierOptions,
} from "../delivery/verify-request.js";
import { webSha256 } from "./web-crypto.js";

export interface RequestVerifierOptions extends Omit<SignatureVerifierOptions, "sha256"> {
  /** The URL that the sender was told, where a proxy stands in between; default that of the request. */
  readonly targetUri?: string;
}

/** Verifies requests of the platform: for result servers. The body is handed over, read already. */
export const createRequestVerifier = (
  options: RequestVerifierOptions,
): ((request: Request, body: Uint8Array) => Promise<SignatureVerdict>) => {
  const verify = createSignatureVerifier({ ...options, sha256: webSha256 });
  const told = options.targetUri === undefined ? undefined : new URL(options.targetUri).href;
  return (request, body) =>
    verify({
      method: request.method,
      targetUri: told ?? request.url,
      headers: Object.fromEntries(request.headers),
      body,
    });
};
