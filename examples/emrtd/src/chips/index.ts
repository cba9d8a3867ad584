import { CommandError } from "@org/command";
import type { Password, RandomBytes, Transceive, TrustSource } from "@org/emrtd-core";
import { openFolderChip } from "./folder.js";
import { openReplay } from "./replay.js";
import { openSimulator } from "./simulator.js";

/** A chip that is open for reading, and what is known of it beforehand. */
export interface OpenChip {
  /** For notes: `simulator bac-rsa`. */
  readonly label: string;
  readonly transceive: Transceive;
  /** Where the terminal's random bytes come from: the platform, or a tape. */
  readonly random: RandomBytes;
  /** The key that opens it, where the chip is our own. */
  readonly password?: Password;
  /** Whom it is signed by, where the chip is our own. */
  readonly trust?: readonly TrustSource[];
  close(): Promise<void>;
}

interface ChipKind {
  readonly form: string;
  readonly help: string;
  open(rest: string): Promise<OpenChip>;
}

const KINDS: Readonly<Record<string, ChipKind>> = {
  sim: { form: "sim[:PROFILE]", help: "a virtual chip of a profile", open: openSimulator },
  dir: { form: "dir:DIR", help: "a virtual chip made from files and keys", open: openFolderChip },
  replay: { form: "replay:FILE", help: "a recorded reading, byte for byte", open: openReplay },
};

export const CHIP_FORMS = Object.values(KINDS)
  .map(({ form }) => form)
  .join(", ");

export const CHIP_HELP = Object.values(KINDS)
  .map(({ form, help }) => `  ${form.padEnd(14)} ${help}`)
  .join("\n");

/** Opens the chip that `--chip` names. */
export const openChip = (name: string): Promise<OpenChip> => {
  const [kind, rest] = [name.split(":", 1)[0]!, name.slice(name.indexOf(":") + 1)];
  const found = KINDS[kind];
  if (!found || (!name.includes(":") && found.form !== "sim[:PROFILE]")) {
    throw new CommandError(
      "USAGE",
      `expected one of ${CHIP_FORMS} for --chip, found ${JSON.stringify(name)}`,
    );
  }
  return found.open(name.includes(":") ? rest : "");
};
