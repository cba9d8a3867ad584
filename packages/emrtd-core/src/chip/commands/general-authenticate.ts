import { decodeAuthenticationData, encodeAuthenticationData } from "../../access/pace-messages.js";
import { answerChipAuthentication } from "../../authentication/chip-authentication-chip.js";
import type { CommandApdu } from "../../iso7816/command-apdu.js";
import { type ResponseApdu, statusOnly } from "../../iso7816/response-apdu.js";
import { createChipSecureMessaging } from "../../iso7816/secure-messaging-chip.js";
import type { ChipCommand, ChipContext } from "../chip-context.js";
import { bindPace, bindTerminalKey } from "../terminal-session.js";

/** GENERAL AUTHENTICATE: the steps of PACE (Doc 9303-11, 4.4.4.2), or chip authentication (6.2.4.2). */
export const GENERAL_AUTHENTICATE: ChipCommand = {
  ins: 0x86,
  name: "GENERAL AUTHENTICATE",
  chaining: "steps",
  answer(command, context) {
    const { p1, p2, data } = command;
    if (p1 !== 0 || p2 !== 0) return statusOnly(0x6a86);
    if (!data) return statusOnly(0x6700);
    if (context.state.pace) return continuePace(command, data, context);
    return context.state.chipAuthentication ? authenticateChip(data, context) : statusOnly(0x6985);
  },
};

const continuePace = (
  { cla }: CommandApdu,
  data: Uint8Array,
  context: ChipContext,
): ResponseApdu => {
  const { state, crypto } = context;
  const step = state.pace!.step(data);
  const last = (cla & 0x10) === 0;
  // The chaining bit must say what the protocol says: all steps but the last are followed by another.
  if (step.state === "refused" || last !== (step.state === "done")) {
    state.pace = undefined;
    return statusOnly(step.state === "refused" ? step.statusWord : 0x6883);
  }
  if (step.state === "done") {
    state.pace = undefined;
    state.session = createChipSecureMessaging(step.session, crypto);
    state.opened = true;
    bindPace(context, step);
  }
  return { data: step.data, statusWord: 0x9000 };
};

const authenticateChip = (data: Uint8Array, context: ChipContext): ResponseApdu => {
  const { state, crypto } = context;
  const { protocol, key } = state.chipAuthentication!;
  state.chipAuthentication = undefined;
  const terminalKey = decodeAuthenticationData(data)?.get(0x80);
  const session = terminalKey && answerChipAuthentication(key.key, protocol, terminalKey, crypto);
  if (!session) return statusOnly(0x6a80);
  // The answer to this command still leaves under the old keys.
  state.session = createChipSecureMessaging(session, crypto);
  bindTerminalKey(context, key.key.type, terminalKey);
  return { data: encodeAuthenticationData([]), statusWord: 0x9000 };
};
