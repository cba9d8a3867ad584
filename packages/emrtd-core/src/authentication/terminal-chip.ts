import { readable } from "../cms/readable.js";
import type { CryptoProvider, RandomBytes } from "../crypto/provider.js";
import type { HolderAuthorization } from "../cvc/authorization.js";
import { decodeCvObjects } from "../cvc/certificate.js";
import type { CvKey } from "../cvc/key.js";
import { terminalAuthenticationProtocol } from "../cvc/protocol.js";
import { decodeCvReference } from "../cvc/reference.js";
import { verifyPlainSignature } from "../cvc/signature.js";
import { type CvVerifierState, cvKeyByReference, importCvCertificate } from "../cvc/verify.js";
import { type TerminalBinding, terminalMessage } from "./terminal-binding.js";
import { TERMINAL_CHALLENGE_LENGTH } from "./terminal-messages.js";

/** What outlives the power: trust points and the current date. */
export type TerminalTrust = Pick<CvVerifierState, "currentDate" | "trustPoints">;

export interface TerminalChipOptions {
  /** As it was kept. */
  readonly trust: TerminalTrust;
  /** Told of what is to be kept; each time all of it. */
  readonly onTrust: (trust: TerminalTrust) => void;
  /** Asked for challenges. */
  readonly random: RandomBytes;
  readonly crypto: CryptoProvider;
}

/**
 * Terminal authentication, the chip's side, for one session (Doc 9303-11, 7.1). Every method is a command
 * and gives its status word. That secure messaging carries them is for the chip to see to.
 */
export interface TerminalChip {
  /** MSE:Set DST, the reference as it came. */
  selectVerificationKey(reference: Uint8Array | undefined): number;
  /** PSO:Verify Certificate: body and signature. A trust point may change by it, and the current date. */
  verifyCertificate(objects: Uint8Array): number;
  /** MSE:Set AT. */
  selectAuthenticationKey(reference: Uint8Array | undefined): number;
  /** GET CHALLENGE; undefined before a key is selected. */
  challenge(): Uint8Array | undefined;
  /**
   * EXTERNAL AUTHENTICATE. A challenge is good for one attempt, a session for one success.
   *
   * @param binding undefined where no key of the terminal is bound to the session.
   */
  authenticate(signature: Uint8Array, binding: TerminalBinding | undefined): number;
  /** Of the terminal that authenticated itself: what it may do. */
  readonly authorization: HolderAuthorization | undefined;
  readonly trust: TerminalTrust;
}

const SUCCESS = 0x9000;
const REFERENCE_NOT_FOUND = 0x6a88;
const BAD_DATA = 0x6a80;
const CONDITIONS = 0x6985;
const SECURITY_STATUS = 0x6982;
const VERIFICATION_FAILED = 0x6300;

export const createTerminalChip = (options: TerminalChipOptions): TerminalChip => {
  const { random, crypto, onTrust } = options;
  let state: CvVerifierState = options.trust;
  /** The name of the key that verifies the next certificate. */
  let verification: string | undefined;
  let authentication: CvKey | undefined;
  let challenge: Uint8Array | undefined;
  let authorization: HolderAuthorization | undefined;

  return {
    get authorization() {
      return authorization;
    },
    get trust() {
      return { currentDate: state.currentDate, trustPoints: state.trustPoints };
    },
    selectVerificationKey(bytes) {
      const reference = readReference(bytes);
      verification = undefined;
      if (reference === undefined) return BAD_DATA;
      if (!cvKeyByReference(state, reference)) return REFERENCE_NOT_FOUND;
      verification = reference;
      return SUCCESS;
    },
    verifyCertificate(objects) {
      const certificate = readable(() => decodeCvObjects(objects));
      if (certificate === undefined) return BAD_DATA;
      if (certificate.authorityReference !== verification) return CONDITIONS;
      verification = undefined;
      const result = importCvCertificate(certificate, state, crypto);
      if (result.status === "failed") return VERIFICATION_FAILED;
      state = result.state;
      onTrust({ currentDate: state.currentDate, trustPoints: state.trustPoints });
      return SUCCESS;
    },
    selectAuthenticationKey(bytes) {
      const reference = readReference(bytes);
      authentication = undefined;
      challenge = undefined;
      if (reference === undefined) return BAD_DATA;
      const { imported } = state;
      if (imported?.reference !== reference) return REFERENCE_NOT_FOUND;
      if (imported.authorization.role !== "terminal") return CONDITIONS;
      authentication = imported;
      return SUCCESS;
    },
    challenge() {
      challenge = authentication && Uint8Array.from(random(TERMINAL_CHALLENGE_LENGTH));
      return challenge;
    },
    authenticate(signature, binding) {
      const given = challenge;
      challenge = undefined;
      if (!binding || authorization) return SECURITY_STATUS;
      if (!given || !authentication) return CONDITIONS;
      const { key, protocol } = authentication;
      const algorithm = terminalAuthenticationProtocol(protocol)?.algorithm;
      const message = terminalMessage(binding, given);
      if (!algorithm || !verifyPlainSignature(key, algorithm, message, signature, crypto)) {
        return VERIFICATION_FAILED;
      }
      ({ authorization } = authentication);
      return SUCCESS;
    },
  };
};

const readReference = (bytes: Uint8Array | undefined): string | undefined =>
  bytes && readable(() => decodeCvReference(bytes, "reference"));
