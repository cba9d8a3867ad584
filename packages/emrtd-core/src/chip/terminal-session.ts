import type { PaceChipStep } from "../access/pace-chip.js";
import { mrzInformation } from "../access/password.js";
import {
  chipIdentifierOfMrz,
  compressKey,
  type TerminalBinding,
} from "../authentication/terminal-binding.js";
import { createTerminalChip, type TerminalChip } from "../authentication/terminal-chip.js";
import type { KeyAgreementParameters } from "../crypto/key-agreement.js";
import type { ChipContext } from "./chip-context.js";

/**
 * Terminal authentication of this session, or the status word where there can be none: the chip does not know
 * it, or the session does not protect it.
 */
export const terminalOf = (context: ChipContext): TerminalChip | number => {
  const { personalisation, state, random, crypto, remember } = context;
  const { terminalTrust: trust } = personalisation;
  if (!trust) return 0x6d00;
  if (!state.session) return 0x6982;
  state.terminal ??= createTerminalChip({ trust, onTrust: remember, random, crypto });
  return state.terminal;
};

/** Remembers who the chip is in this session, and with its mapping the key of the terminal. */
export const bindPace = (
  context: ChipContext,
  step: Extract<PaceChipStep, { state: "done" }>,
): void => {
  const { publicKey, terminalPublicKey, protocol, parameters } = step;
  context.state.chipIdentifier = compressKey(parameters.type, publicKey, context.crypto);
  if (protocol.mapping === "CAM") bindTerminalKey(context, parameters.type, terminalPublicKey);
};

/** Ties the session to a key of the terminal. Rights under an earlier one end with it (7.1.3). */
export const bindTerminalKey = (
  { state, crypto }: ChipContext,
  type: KeyAgreementParameters["type"],
  publicKey: Uint8Array,
): void => {
  state.terminalKey = compressKey(type, publicKey, crypto);
  state.terminal = undefined;
};

/** What a terminal has to sign beside the challenge; undefined before the chip was authenticated. */
export const bindingOf = ({ personalisation, state }: ChipContext): TerminalBinding | undefined => {
  const { bac } = personalisation.access;
  const { terminalKey } = state;
  const chipIdentifier = state.chipIdentifier ?? (bac && chipIdentifierOfMrz(mrzInformation(bac)));
  return terminalKey && chipIdentifier && { chipIdentifier, terminalKey };
};
