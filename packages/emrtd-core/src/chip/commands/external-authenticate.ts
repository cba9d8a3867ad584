import { answerBac, BAC_LENGTHS, basicAccessKeys } from "../../access/bac.js";
import type { CommandApdu } from "../../iso7816/command-apdu.js";
import { type ResponseApdu, statusOnly } from "../../iso7816/response-apdu.js";
import { createChipSecureMessaging } from "../../iso7816/secure-messaging-chip.js";
import type { ChipCommand, ChipContext } from "../chip-context.js";
import { bindingOf, terminalOf } from "../terminal-session.js";

/**
 * EXTERNAL AUTHENTICATE. Inside a session: terminal authentication (Doc 9303-11, 7.1.5.5). Outside: basic
 * access control (4.3.4.2), whose answer is plain; what follows is protected with the keys that were agreed.
 * A challenge is good for one attempt.
 */
export const EXTERNAL_AUTHENTICATE: ChipCommand = {
  ins: 0x82,
  name: "EXTERNAL AUTHENTICATE",
  chaining: "data",
  answer(command, context) {
    return context.state.session && context.personalisation.terminalTrust
      ? authenticateTerminal(command, context)
      : authenticateMutually(command, context);
  },
};

const authenticateTerminal = (
  { p1, p2, data }: CommandApdu,
  context: ChipContext,
): ResponseApdu => {
  const terminal = terminalOf(context);
  if (typeof terminal === "number") return statusOnly(terminal);
  if (p1 !== 0 || p2 !== 0) return statusOnly(0x6a86);
  if (!data) return statusOnly(0x6700);
  return statusOnly(terminal.authenticate(data, bindingOf(context)));
};

const authenticateMutually = (
  { p1, p2, data }: CommandApdu,
  { personalisation, state, crypto, random }: ChipContext,
): ResponseApdu => {
  const { bac } = personalisation.access;
  if (!bac) return statusOnly(0x6d00);
  if (p1 !== 0 || p2 !== 0) return statusOnly(0x6a86);
  const { challenge } = state;
  state.challenge = undefined;
  if (!challenge || state.opened) return statusOnly(0x6985);
  if (data?.length !== BAC_LENGTHS.message) return statusOnly(0x6700);
  const keys = basicAccessKeys(crypto, bac);
  const result = answerBac(keys, challenge, data, { random, crypto });
  if (!result) return statusOnly(0x6300);
  state.session = createChipSecureMessaging(result.session, crypto);
  state.opened = true;
  return { data: result.data, statusWord: 0x9000 };
};
