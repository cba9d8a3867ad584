import { encodeBase64 } from "../base64.js";
import { MdsError } from "../errors.js";
import {
  type Certificate,
  parseCertificate,
  rs256Key,
  rs256Keys,
} from "../signature/certificate.js";
import { type ChainResult, isOpen, verifyChain } from "../signature/chain.js";
import { MAX_DER_LENGTH } from "../signature/der.js";
import { signerOf } from "../signature/detached.js";
import { isTokenSignedBy, type Token } from "../signature/jws.js";
import type { JudgedDigitalId } from "./digital-id-check.js";
import { type Check, failed, passed, undetermined } from "./report.js";

/** What a signature proves: two checks, and the signer when there is one. */
export interface SignedPart {
  readonly signature: Check;
  readonly chain: Check;
  readonly signer?: Certificate;
}

/** Remembers what every segment of an answer brings again: certificates, their chains, digital ids. */
export interface SignerCache {
  /** By the anchors that they were judged with. */
  readonly chains: Map<readonly Certificate[], Map<string, Promise<ChainResult>>>;
  readonly digitalIds: Map<string, Promise<JudgedDigitalId>>;
  readonly certificates: Map<string, Certificate | undefined>;
}
export const signerCache = (): SignerCache => ({
  chains: new Map(),
  digitalIds: new Map(),
  certificates: new Map(),
});

const neither = (reason: Parameters<typeof undetermined>[1]): SignedPart => ({
  signature: undetermined("signature", reason),
  chain: undetermined("certificate-chain", reason),
});

/**
 * Judges the signature of a token over the bytes received, and the way from its signer to an anchor.
 *
 * When the signature is wrong and the certificate itself is forged, the certificate is what failed: a key
 * that nobody vouches for says nothing about the rest, so the signature stays open.
 *
 * @param signedAt time of signing that the token claims; believed only if the signature holds, else `at`.
 */
export const judgeToken = async (
  token: Token,
  anchors: readonly Certificate[],
  candidates: readonly Certificate[],
  signedAt: Date | undefined,
  at: Date,
  cache: SignerCache,
): Promise<SignedPart> => {
  const { signed } = token;
  if (signed === undefined) {
    return neither("UNSIGNED");
  }
  if (signed.algorithm !== "RS256") {
    return {
      signature: failed("signature", "ALGORITHM_NOT_ALLOWED"),
      chain: undetermined("certificate-chain", "ALGORITHM_NOT_ALLOWED"),
    };
  }
  const [own, ...links] = signed.certificates;
  if (own === undefined) {
    return judgeByCandidates(token, anchors, candidates, at);
  }
  const ownName = fingerprint(own);
  const signer = remembered(cache.certificates, ownName, () => tryParse(own));
  const holds = signer !== undefined && (await verifies(token, signer));
  const time = holds ? (signedAt ?? at) : at;
  const result = await remembered(
    remembered(cache.chains, anchors, () => new Map()),
    `${signed.certificates.map((bytes) => bytes.length).join()}:${time.getTime()}:${ownName}`,
    () => verifyChain(own, [...links, ...known(candidates)], anchors, time),
  );
  return {
    chain: judgeChain(result),
    signature: judgeSignature(holds, result),
    ...(holds && signer !== undefined ? { signer } : {}),
  };
};

const judgeByCandidates = async (
  token: Token,
  anchors: readonly Certificate[],
  candidates: readonly Certificate[],
  at: Date,
): Promise<SignedPart> => {
  if (candidates.length === 0) {
    return neither("SIGNER_UNKNOWN");
  }
  for (const { certificate, key } of await rs256Keys(candidates)) {
    if (await isTokenSignedBy(token, key)) {
      return knownSigner(certificate, anchors, candidates, at);
    }
  }
  return {
    signature: failed("signature", "SIGNATURE_WRONG"),
    chain: undetermined("certificate-chain", "SIGNER_UNKNOWN"),
  };
};

/** Judges a detached signature of 0.8.4: it brings no certificate, so the device must be known. */
export const judgeDetached = async (
  text: string,
  signature: string | undefined,
  anchors: readonly Certificate[],
  devices: readonly Certificate[],
  at: Date,
): Promise<SignedPart> => {
  if (signature === undefined || signature === "") {
    return neither("UNSIGNED");
  }
  if (devices.length === 0) {
    return neither("SIGNER_UNKNOWN");
  }
  const signer = await signerOf(text, signature, devices);
  return signer === undefined
    ? {
        signature: failed("signature", "SIGNATURE_WRONG"),
        chain: undetermined("certificate-chain", "SIGNER_UNKNOWN"),
      }
    : knownSigner(signer, anchors, devices, at);
};

/** Certificates that the caller knows may be links of the way, as those that come with a signature. */
const known = (certificates: readonly Certificate[]): readonly Uint8Array[] =>
  certificates.map(({ bytes }) => bytes);

const knownSigner = async (
  signer: Certificate,
  anchors: readonly Certificate[],
  others: readonly Certificate[],
  at: Date,
): Promise<SignedPart> => ({
  signature: passed("signature"),
  chain: judgeChain(await verifyChain(signer.bytes, known(others), anchors, at)),
  signer,
});

const judgeChain = (result: ChainResult): Check => {
  if (result.trusted) {
    return passed("certificate-chain", { length: result.path.length });
  }
  return isOpen(result.reason)
    ? undetermined("certificate-chain", result.reason)
    : failed("certificate-chain", result.reason);
};

const FORGED = ["CERTIFICATE_MALFORMED", "CERTIFICATE_SIGNATURE"];

const judgeSignature = (holds: boolean, chain: ChainResult): Check => {
  if (holds) {
    return passed("signature");
  }
  return !chain.trusted && FORGED.includes(chain.reason)
    ? undetermined("signature", "CERTIFICATE_NOT_BELIEVED")
    : failed("signature", "SIGNATURE_WRONG");
};

const verifies = async (token: Token, signer: Certificate): Promise<boolean> => {
  try {
    return await isTokenSignedBy(token, await rs256Key(signer));
  } catch (error) {
    if (error instanceof MdsError) {
      return false;
    }
    throw error;
  }
};

const tryParse = (bytes: Uint8Array): Certificate | undefined => {
  try {
    return parseCertificate(bytes);
  } catch {
    return undefined;
  }
};

/** The bytes as a key of a map; no certificate that is longer than the limit is ever good. */
const fingerprint = (bytes: Uint8Array): string =>
  encodeBase64(bytes.subarray(0, MAX_DER_LENGTH + 1));

/** What the map has for a key, or what is made for it now. */
export const remembered = <Key, T>(known: Map<Key, T>, key: Key, make: () => T): T => {
  if (!known.has(key)) {
    known.set(key, make());
  }
  return known.get(key) as T;
};
