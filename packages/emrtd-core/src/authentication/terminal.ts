import type { PrivateKey } from "../crypto/private-key.js";
import type { CryptoProvider, RandomBytes } from "../crypto/provider.js";
import type { CvCertificate } from "../cvc/certificate.js";
import { terminalAuthenticationProtocol } from "../cvc/protocol.js";
import { signPlain } from "../cvc/signature.js";
import { EmrtdError } from "../errors.js";
import type { CommandApdu } from "../iso7816/command-apdu.js";
import { chainCommand } from "../iso7816/command-chaining.js";
import type { ResponseApdu } from "../iso7816/response-apdu.js";
import { isSuccess } from "../iso7816/status-word.js";
import type { Protocol } from "../protocol.js";
import { type TerminalBinding, terminalMessage } from "./terminal-binding.js";
import {
  externalAuthenticate,
  getChallenge,
  isLong,
  SHORT_COMMAND_ROOM,
  selectAuthenticationKey,
  selectVerificationKey,
  TERMINAL_CHALLENGE_LENGTH,
  verifyCertificate,
} from "./terminal-messages.js";

/** The commands of terminal authentication, as far as a chip may refuse them. */
export type TerminalAuthenticationStep =
  | "select-verification-key"
  | "verify-certificate"
  | "select-authentication-key"
  | "get-challenge"
  | "external-authenticate";

/** What the terminal has after terminal authentication. A chip that refuses is a result, not an error. */
export interface TerminalAuthenticationRun {
  /** The last command that was sent. */
  readonly step: TerminalAuthenticationStep;
  /** Its status word; 9000 after `external-authenticate` and nothing else opens the guarded files. */
  readonly statusWord: number;
  /** r_IC; empty where it did not come to that. */
  readonly challenge: Uint8Array;
  /** s_IFD, likewise. */
  readonly signature: Uint8Array;
}

export interface TerminalAuthenticationOptions {
  readonly crypto: CryptoProvider;
  /** Asked for the salt of RSASSA-PSS alone. */
  readonly random: RandomBytes;
  /**
   * How a command leaves that is too long for a short one: certificates mostly are. Extended length unless
   * the chip says in EF.ATR/INFO that it wants chains instead.
   */
  readonly longCommands?: "extended" | "chained";
  /** Told of each command before it is sent: a chip can end the session over any of them. */
  readonly onStep?: (step: TerminalAuthenticationStep) => void;
}

const NOTHING = /* @__PURE__ */ new Uint8Array(0);

/**
 * Terminal authentication version 1, the terminal's side (Doc 9303-11, 7.1): shows the chip a chain of
 * certificates and signs its challenge. Runs in the session that chip authentication, or PACE with chip
 * authentication mapping, has set up, and leaves it as it is.
 *
 * @param chain from a certificate that the chip can verify down to the terminal's; see `terminalChain`.
 * @param privateKey of the last certificate.
 * @throws EmrtdError `CRYPTO_INPUT` where key and protocol of the terminal's certificate do not go together.
 */
export function* terminalAuthentication(
  chain: readonly CvCertificate[],
  privateKey: PrivateKey,
  binding: TerminalBinding,
  options: TerminalAuthenticationOptions,
): Protocol<TerminalAuthenticationRun> {
  const { onStep = () => {} } = options;
  const refused = (step: TerminalAuthenticationStep, { statusWord }: ResponseApdu) =>
    ({ step, statusWord, challenge: NOTHING, signature: NOTHING }) as const;
  for (const certificate of chain) {
    onStep("select-verification-key");
    const selected = yield selectVerificationKey(certificate.authorityReference);
    if (!isSuccess(selected)) return refused("select-verification-key", selected);
    onStep("verify-certificate");
    const verified = yield* send(verifyCertificate(certificate), options);
    if (!isSuccess(verified)) return refused("verify-certificate", verified);
  }
  const terminal = chain.at(-1);
  const protocol = terminal && terminalAuthenticationProtocol(terminal.publicKey.protocol);
  if (!protocol) throw new EmrtdError("CRYPTO_INPUT", "expected the certificate of a terminal");
  onStep("select-authentication-key");
  const selected = yield selectAuthenticationKey(terminal.holderReference);
  if (!isSuccess(selected)) return refused("select-authentication-key", selected);
  onStep("get-challenge");
  const answer = yield getChallenge();
  const { data: challenge } = answer;
  if (!isSuccess(answer)) return refused("get-challenge", answer);
  // A shorter challenge could be one that was signed before.
  if (challenge.length !== TERMINAL_CHALLENGE_LENGTH) {
    return { ...refused("get-challenge", answer), challenge };
  }
  const message = terminalMessage(binding, challenge);
  const signature = signPlain(privateKey, protocol.algorithm, message, options);
  onStep("external-authenticate");
  const { statusWord } = yield* send(externalAuthenticate(signature), options);
  return { step: "external-authenticate", statusWord, challenge, signature };
}

/** A command, in pieces where it is long and the chip wants pieces. The first refusal is the answer. */
function* send(
  command: CommandApdu,
  { longCommands = "extended" }: TerminalAuthenticationOptions,
): Protocol<ResponseApdu> {
  if (longCommands === "extended" || !isLong(command)) return yield command;
  const pieces = chainCommand(command, SHORT_COMMAND_ROOM);
  for (const piece of pieces.slice(0, -1)) {
    const answer = yield piece;
    if (!isSuccess(answer)) return answer;
  }
  return yield pieces.at(-1)!;
}
