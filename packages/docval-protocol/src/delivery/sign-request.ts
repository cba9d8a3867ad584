import { encodeBase64 } from "../base64.js";
import { utf8 } from "../bytes.js";
import type { RandomBytes } from "../random.js";
import type { PostRequest, SignRequest } from "./deliver.js";
import { signatureBase } from "./signature-base.js";
import type { Sha256, SigningKey } from "./signature-keys.js";
import { serializeBytes, serializeString } from "./structured-fields.js";

/** What a signature of a result covers, in this order; a verifier asks for no less. */
export const COVERED_COMPONENTS = [
  "@method",
  "@target-uri",
  "content-type",
  "content-digest",
] as const;

/** The one signature that a request has. */
const LABEL = "result";
const NONCE_LENGTH = 16;

export interface SignRequestOptions {
  readonly key: SigningKey;
  readonly sha256: Sha256;
  readonly random: RandomBytes;
  readonly now: () => Date;
}

/** Signs requests to a result server: HTTP message signatures (RFC 9421) over a digest (RFC 9530). */
export const createRequestSigner =
  ({ key, sha256, random, now }: SignRequestOptions): SignRequest =>
  async ({ method, url, headers, body }: PostRequest) => {
    const digest = `sha-256=${serializeBytes(await sha256(body))}`;
    const names = COVERED_COMPONENTS.map(serializeString).join(" ");
    const created = Math.floor(now().getTime() / 1000);
    const parameters = [
      `created=${created}`,
      `keyid=${serializeString(key.keyId)}`,
      `nonce=${serializeString(encodeBase64(random(NONCE_LENGTH)))}`,
      `alg=${serializeString(key.algorithm)}`,
    ];
    const text = [`(${names})`, ...parameters].join(";");
    const request = { method, targetUri: url, headers: { ...headers, "content-digest": digest } };
    const signature = await key.sign(utf8(signatureBase(request, COVERED_COMPONENTS, text)));
    return {
      "content-digest": digest,
      "signature-input": `${LABEL}=${text}`,
      signature: `${LABEL}=${serializeBytes(signature)}`,
    };
  };
