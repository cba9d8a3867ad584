import { equalBytes, utf8 } from "../bytes.js";
import { DocvalError } from "../errors.js";
import { COVERED_COMPONENTS } from "./sign-request.js";
import { type SignedRequest, signatureBase } from "./signature-base.js";
import type { Sha256, VerificationKey } from "./signature-keys.js";
import {
  parseByteSequences,
  parseSignatureInput,
  type SignatureInput,
} from "./structured-fields.js";

/** Why a request is not taken for signed. */
export const SIGNATURE_REFUSALS = {
  MISSING: "there is no signature",
  MALFORMED: "a signature header cannot be read",
  UNKNOWN_KEY: "no key that is known made a signature",
  UNCOVERED:
    "the signature leaves out what it must cover, or says no time, nonce or right algorithm",
  OLD: "it was made too long ago",
  EARLY: "it was made in the future",
  DIGEST_MISMATCH: "the body is not the one that was signed",
  INVALID: "the signature is not the key's over this request",
  REPEATED: "it was shown before",
} as const satisfies Record<string, string>;
export type SignatureRefusal = keyof typeof SIGNATURE_REFUSALS;

export type SignatureVerdict =
  | { readonly verified: true; readonly keyId: string; readonly created: Date }
  | { readonly verified: false; readonly reason: SignatureRefusal };

export interface SignatureVerifierOptions {
  readonly keys: readonly VerificationKey[];
  readonly sha256: Sha256;
  readonly now: () => Date;
  /** Seconds that a signature is taken for; default 300. */
  readonly maxAgeS?: number;
  /** Seconds that the clocks may differ by; default 30. */
  readonly skewS?: number;
}

/** Judges requests, and remembers their nonces for as long as they could be shown again. */
export type VerifyRequest = (
  request: SignedRequest & { readonly body: Uint8Array },
) => Promise<SignatureVerdict>;

const MAX_AGE_S = 300;
const SKEW_S = 30;

/**
 * Verifies what {@link createRequestSigner} signs, for result servers: the right key over method, URL,
 * type and body, fresh, and not shown before.
 */
export const createSignatureVerifier = (options: SignatureVerifierOptions): VerifyRequest => {
  const { keys, sha256, now, maxAgeS = MAX_AGE_S, skewS = SKEW_S } = options;
  /** When each nonce may be forgotten, in seconds. Only verified ones get in. */
  const seen = new Map<string, number>();

  const forget = (at: number) => {
    for (const [nonce, until] of seen) {
      if (until >= at) return;
      seen.delete(nonce);
    }
  };

  return async (request) => {
    const { headers, body } = request;
    const found = readSignature(headers, keys);
    if (typeof found === "string") return refused(found);
    const { input, signature, key } = found;
    const created = input.parameters.get("created");
    const nonce = input.parameters.get("nonce");
    const stated = input.parameters.get("alg");
    const covers = COVERED_COMPONENTS.every((name) => input.components.includes(name));
    const rightAlgorithm = stated === undefined || stated === key.algorithm;
    if (!covers || typeof created !== "number" || typeof nonce !== "string" || !rightAlgorithm) {
      return refused("UNCOVERED");
    }
    const at = now().getTime() / 1000;
    const expires = input.parameters.get("expires");
    if (at - created > maxAgeS || (typeof expires === "number" && expires < at)) {
      return refused("OLD");
    }
    if (created - at > skewS) return refused("EARLY");
    const digest = digestOf(headers["content-digest"]);
    if (!digest || !equalBytes(digest, await sha256(body))) return refused("DIGEST_MISMATCH");
    const base = baseOf(request, input);
    if (base === undefined) return refused("MALFORMED");
    if (!(await key.verify(utf8(base), signature))) return refused("INVALID");
    forget(at);
    const id = `${key.keyId} ${nonce}`;
    if (seen.has(id)) return refused("REPEATED");
    seen.set(id, at + maxAgeS + skewS);
    return { verified: true, keyId: key.keyId, created: new Date(created * 1000) };
  };
};

const refused = (reason: SignatureRefusal): SignatureVerdict => ({ verified: false, reason });

interface FoundSignature {
  readonly input: SignatureInput;
  readonly signature: Uint8Array;
  readonly key: VerificationKey;
}

/** The first signature that a known key made; others may stand beside it. */
const readSignature = (
  headers: SignedRequest["headers"],
  keys: readonly VerificationKey[],
): FoundSignature | SignatureRefusal => {
  const { "signature-input": inputField, signature: signatureField } = headers;
  if (inputField === undefined || signatureField === undefined) return "MISSING";
  try {
    const inputs = parseSignatureInput(inputField);
    const signatures = parseByteSequences(signatureField);
    for (const [label, input] of inputs) {
      const key = keys.find(({ keyId }) => keyId === input.parameters.get("keyid"));
      const signature = signatures.get(label);
      if (key && signature) return { input, signature, key };
    }
    return inputs.size === 0 ? "MISSING" : "UNKNOWN_KEY";
  } catch (error) {
    if (error instanceof DocvalError) return "MALFORMED";
    throw error;
  }
};

const digestOf = (field: string | undefined): Uint8Array | undefined => {
  try {
    return field === undefined ? undefined : parseByteSequences(field).get("sha-256");
  } catch (error) {
    if (error instanceof DocvalError) return undefined;
    throw error;
  }
};

const baseOf = (request: SignedRequest, input: SignatureInput): string | undefined => {
  try {
    return signatureBase(request, input.components, input.text);
  } catch (error) {
    if (error instanceof DocvalError) return undefined;
    throw error;
  }
};
