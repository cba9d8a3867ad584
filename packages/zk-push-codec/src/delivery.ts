import type { Command, CommandName } from "./commands/any.js";

/** How a command may be given to a terminal that could have had it already. */
export interface Delivery {
  /**
   * `atLeastOnce`: giving it twice does no harm, so it is given until there is a reply.
   * `atMostOnce`: a door must not open twice, nor minutes late; it is given once, or never.
   */
  readonly guarantee: "atLeastOnce" | "atMostOnce";
  /** Can destroy data or take the terminal over: off unless somebody allows it. */
  readonly dangerous: boolean;
  /** What follows it in a batch may be lost. */
  readonly endsBatch: boolean;
}

const ONCE: readonly CommandName[] = [
  "AC_UNLOCK",
  "AC_UNALARM",
  "CLEAR LOG",
  "CLEAR PHOTO",
  "CLEAR DATA",
  "CLEAR BIODATA",
  "REBOOT",
  "ENROLL_FP",
  "ENROLL_MF",
  "ENROLL_BIO",
  "SHELL",
  "UPGRADE",
  "PutFile",
];

const DANGEROUS: readonly CommandName[] = [
  "SHELL",
  "GetFile",
  "PutFile",
  "UPGRADE",
  "CLEAR LOG",
  "CLEAR PHOTO",
  "CLEAR DATA",
  "CLEAR BIODATA",
];

/** CHECK, CLEAR DATA and REBOOT by what servers of the maker do; UPGRADE ends in a restart too. */
const LAST: readonly CommandName[] = ["CHECK", "CLEAR DATA", "REBOOT", "UPGRADE"];

/** How a command may be delivered. A command that nobody knows is treated as the worst. */
export const deliveryOf = (command: Command): Delivery => {
  if (command.command === "unknown") {
    return { guarantee: "atMostOnce", dangerous: true, endsBatch: true };
  }
  return {
    guarantee: ONCE.includes(command.command) ? "atMostOnce" : "atLeastOnce",
    dangerous: DANGEROUS.includes(command.command),
    endsBatch: LAST.includes(command.command),
  };
};
