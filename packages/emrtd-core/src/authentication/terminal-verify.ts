import { mapGenerically } from "../access/pace-mapping.js";
import { equalBytes } from "../bytes.js";
import { readable } from "../cms/readable.js";
import { CURVES, type CurveName } from "../crypto/curves.js";
import { isPoint } from "../crypto/input.js";
import { keyAgreementGroup } from "../crypto/key-agreement.js";
import type { CryptoProvider } from "../crypto/provider.js";
import { standardizedDomainParameters } from "../crypto/standardized-domain-parameters.js";
import { type CvCertificate, decodeCvCertificate } from "../cvc/certificate.js";
import { type CvKey, curveOf, resolveCvKey } from "../cvc/key.js";
import { CVC_LIMITS } from "../cvc/limits.js";
import { terminalAuthenticationProtocol } from "../cvc/protocol.js";
import { verifyPlainSignature } from "../cvc/signature.js";
import type { SecurityInfo } from "../lds/security-info.js";
import { keyAgreementParametersOf } from "./chip-authentication.js";
import { chipAuthenticationOffers } from "./chip-authentication-offers.js";
import type {
  ChipAuthenticationEvidence,
  ChipAuthenticationMappingEvidence,
  ChipEvidence,
  TerminalAuthenticationEvidence,
} from "./evidence.js";
import { chipIdentifierOfMrz, compressKey, terminalMessage } from "./terminal-binding.js";

/** What evidence of terminal authentication comes to. */
export type TerminalProof =
  | { readonly status: "passed"; readonly terminal: CvCertificate }
  | {
      readonly status: "undetermined";
      readonly reason: "TERMINAL_CHAIN_MISSING" | "TERMINAL_KEY_NOT_BOUND" | "TERMINAL_REFUSED";
    }
  | { readonly status: "failed"; readonly reason: "TERMINAL_PROOF_INVALID" };

const INVALID: TerminalProof = { status: "failed", reason: "TERMINAL_PROOF_INVALID" };

/**
 * Judges terminal authentication from bytes: each certificate signed by the one before it, and the terminal's
 * signature over what it is bound to. The first certificate is signed by a key that the chip has: where nobody
 * gives it here, that certificate is taken as it stands. Dates and rights are the chip's to judge.
 *
 * @param options.authorities keys of country verifying authorities, see `trustPointOf`; one of them must
 *   have signed the first certificate.
 */
export const verifyTerminalAuthentication = (
  evidence: TerminalAuthenticationEvidence,
  options: { readonly crypto: CryptoProvider; readonly authorities?: readonly CvKey[] },
): TerminalProof => {
  const { crypto, authorities } = options;
  const { step, statusWord, certificates, challenge, signature } = evidence;
  if (step === "no-chain") return { status: "undetermined", reason: "TERMINAL_CHAIN_MISSING" };
  if (step === "no-bound-key") return { status: "undetermined", reason: "TERMINAL_KEY_NOT_BOUND" };
  if (step !== "external-authenticate" || statusWord !== 0x9000) {
    return { status: "undetermined", reason: "TERMINAL_REFUSED" };
  }
  if (certificates.length > CVC_LIMITS.chain) return INVALID;
  const chain = readable(() => certificates.map(decodeCvCertificate));
  const terminal = chain?.at(-1);
  if (!chain || !terminal) return INVALID;
  const [first] = chain;
  const authority = authorities?.find(({ reference }) => reference === first!.authorityReference);
  if (authorities && !(authority && isSignedBy(first!, authority, crypto))) return INVALID;
  const message = terminalMessage(evidence, challenge);
  const curves = authority ? [curveOf(authority)] : possibleCurves(first!);
  const holds = curves.some(
    (curve) => readable(() => chainSigns(chain, curve, message, signature, crypto)) === true,
  );
  return holds ? { status: "passed", terminal } : INVALID;
};

const isSignedBy = (
  { body, signature }: CvCertificate,
  { key, protocol }: CvKey,
  crypto: CryptoProvider,
): boolean => {
  const algorithm = terminalAuthenticationProtocol(protocol)?.algorithm;
  return algorithm !== undefined && verifyPlainSignature(key, algorithm, body, signature, crypto);
};

/** The curves that the first key may inherit: those that it is a point of. RSA has none. */
const possibleCurves = ({ publicKey }: CvCertificate): readonly (CurveName | undefined)[] =>
  publicKey.type === "RSA"
    ? [undefined]
    : CURVES.map(({ name }) => name).filter((name) => isPoint(name, publicKey.point));

/** @throws EmrtdError for a key that is none. */
const chainSigns = (
  chain: readonly CvCertificate[],
  inherited: CurveName | undefined,
  message: Uint8Array,
  signature: Uint8Array,
  crypto: CryptoProvider,
): boolean => {
  let curve = inherited;
  return chain.every(({ publicKey, holderReference }, index) => {
    const key = resolveCvKey(publicKey, curve);
    if (key.type === "EC") curve = key.curve;
    const algorithm = terminalAuthenticationProtocol(publicKey.protocol)?.algorithm;
    const next = chain[index + 1];
    const signed = next ? next.body : message;
    return (
      algorithm !== undefined &&
      (next === undefined || next.authorityReference === holderReference) &&
      verifyPlainSignature(key, algorithm, signed, next?.signature ?? signature, crypto)
    );
  });
};

/**
 * Whether the terminal signed for the very session and chip that the other evidence speaks of, as far as that
 * can be told.
 *
 * @param infos of DG14, where there are some.
 */
export const isBoundTo = (
  { chipIdentifier, terminalKey }: TerminalAuthenticationEvidence,
  evidence: readonly ChipEvidence[],
  infos: readonly SecurityInfo[],
  crypto: CryptoProvider,
): boolean => {
  const byKey = evidence.find((item) => item.protocol === "chip-authentication");
  const byMapping = evidence.find((item) => item.protocol === "chip-authentication-mapping");
  const access = evidence.find((item) => item.protocol === "access-control");
  const mapped = byMapping && readable(() => mappedKeys(byMapping, crypto));
  const key = (byKey && readable(() => agreedKey(byKey, infos, crypto))) ?? mapped?.terminal;
  const identifier =
    access?.access.protocol === "bac" && access.mrzInformation !== undefined
      ? chipIdentifierOfMrz(access.mrzInformation)
      : mapped?.chip;
  return (
    (!key || equalBytes(key, terminalKey)) &&
    (!identifier || equalBytes(identifier, chipIdentifier))
  );
};

/** Comp(PK_DH,IFD) of chip authentication; undefined where the chip refused it or DG14 has no such key. */
const agreedKey = (
  { oid, keyId, privateKey, statusWord }: ChipAuthenticationEvidence,
  infos: readonly SecurityInfo[],
  crypto: CryptoProvider,
): Uint8Array | undefined => {
  const offer = chipAuthenticationOffers(infos).find(
    (known) => known.protocol.oid === oid && known.keyId === keyId,
  );
  if (!offer || statusWord !== 0x9000) return undefined;
  const group = keyAgreementGroup(keyAgreementParametersOf(offer.publicKey), crypto);
  const publicKey = group.encode(group.power(group.generator, privateKey));
  return compressKey(group.parameters.type, publicKey, crypto);
};

/** Comp(PK_DH,IFD) and Comp(PK_DH,IC) of PACE with chip authentication mapping. */
const mappedKeys = (
  { parameterId, transcript }: ChipAuthenticationMappingEvidence,
  crypto: CryptoProvider,
): { readonly terminal: Uint8Array; readonly chip: Uint8Array } | undefined => {
  const parameters = standardizedDomainParameters(parameterId);
  const { nonce, mapping, agreement } = transcript;
  if (parameters?.type !== "EC" || mapping.type !== "key-agreement") return undefined;
  const group = keyAgreementGroup(parameters, crypto);
  const shared = group.power(mapping.chipPublicKey, mapping.privateKey);
  const publicKey = group.power(mapGenerically(group, nonce, shared), agreement.privateKey);
  return {
    terminal: compressKey("EC", publicKey, crypto),
    chip: compressKey("EC", agreement.chipPublicKey, crypto),
  };
};
