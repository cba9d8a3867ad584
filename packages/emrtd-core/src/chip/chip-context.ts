import type { PaceChip } from "../access/pace-chip.js";
import type { ChipAuthenticationProtocol } from "../authentication/chip-authentication-offers.js";
import type { TerminalChip, TerminalTrust } from "../authentication/terminal-chip.js";
import type { CryptoProvider, RandomBytes } from "../crypto/provider.js";
import type { CommandApdu } from "../iso7816/command-apdu.js";
import type { CommandChain } from "../iso7816/command-chaining.js";
import type { ResponseApdu } from "../iso7816/response-apdu.js";
import type { ChipSecureMessaging } from "../iso7816/secure-messaging-chip.js";
import type { FileEntry } from "../lds/files.js";
import type { ChipAuthenticationKey, ChipPersonalisation } from "./personalisation.js";

/** What a chip remembers as long as it has power. */
export interface ChipState {
  directory: "master-file" | "application";
  /** The file that READ BINARY means without a short identifier. */
  file: FileEntry | undefined;
  /** RND.IC, good for one answer. */
  challenge: Uint8Array | undefined;
  session: ChipSecureMessaging | undefined;
  /** A run of PACE that MSE:Set AT began. */
  pace: PaceChip | undefined;
  /** What MSE:Set AT selected for the next GENERAL AUTHENTICATE. */
  chipAuthentication: SelectedChipAuthentication | undefined;
  /** Terminal authentication in this session, once a command of it came. */
  terminal: TerminalChip | undefined;
  /** Comp(PK_DH,IC), where PACE opened the chip. */
  chipIdentifier: Uint8Array | undefined;
  /** Comp(PK_DH,IFD) of the key agreement that authenticated the chip to the terminal. */
  terminalKey: Uint8Array | undefined;
  /** Whether a terminal has proved that it knows the document; ends with the session. */
  opened: boolean;
  chain: CommandChain | undefined;
}

/** A protocol and the key to run it with. */
export interface SelectedChipAuthentication {
  readonly protocol: ChipAuthenticationProtocol;
  readonly key: ChipAuthenticationKey;
}

/** A chip that was just laid on the reader. */
export const poweredOn = (): ChipState => ({
  directory: "master-file",
  file: undefined,
  challenge: undefined,
  session: undefined,
  pace: undefined,
  chipAuthentication: undefined,
  terminal: undefined,
  chipIdentifier: undefined,
  terminalKey: undefined,
  opened: false,
  chain: undefined,
});

/** Deletes session keys and resets access rights (Doc 9303-11, 9.8.3). */
export const endSession = (state: ChipState): void => {
  state.session = undefined;
  state.pace = undefined;
  state.chipAuthentication = undefined;
  state.terminal = undefined;
  state.chipIdentifier = undefined;
  state.terminalKey = undefined;
  state.opened = false;
  state.file = undefined;
  state.challenge = undefined;
  state.chain = undefined;
};

/** All that a command can see. */
export interface ChipContext {
  readonly personalisation: ChipPersonalisation;
  readonly state: ChipState;
  readonly crypto: CryptoProvider;
  readonly random: RandomBytes;
  /** Keeps what terminal authentication changes, power or no power. */
  readonly remember: (trust: TerminalTrust) => void;
  /** Most bytes of data that the answer can carry, protection included where there is one. */
  readonly room: number;
}

/** A command of the chip, after secure messaging and chaining. */
export interface ChipCommand {
  readonly ins: number;
  readonly name: string;
  /**
   * What the chaining bit means: pieces of one command's data (ISO/IEC 7816-4, 5.3.3), or steps of one
   * protocol, each answered by itself (Doc 9303-11, 4.4.4.3). Default: the bit is refused.
   */
  readonly chaining?: "data" | "steps";
  answer(command: CommandApdu, context: ChipContext): ResponseApdu;
}
