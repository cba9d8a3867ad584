import { CommandError } from "@org/command";
import type {
  Password,
  RandomBytes,
  TerminalCredentials,
  Transceive,
  TrustSource,
} from "@org/emrtd-core";
import { openFolderChip } from "./folder.js";
import { openPcscChip } from "./pcsc.js";
import { openReplay } from "./replay.js";
import { openSimulator } from "./simulator.js";
import { openVpcdChip } from "./vpcd.js";

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
  /** What opens its fingerprints and irises, where the chip is our own. */
  readonly terminal?: TerminalCredentials;
  /** Resolves when a chip that was lost is there again; absent where it cannot come back. */
  readonly returned?: () => Promise<void>;
  close(): Promise<void>;
}

/** What opening a chip may use: a way to tell what it waits for, and the end of the wait. */
export interface OpenChipContext {
  readonly note: (text: string) => void;
  readonly signal: AbortSignal;
}

interface ChipKind {
  readonly form: string;
  readonly help: string;
  open(rest: string, context: OpenChipContext): Promise<OpenChip>;
}

const KINDS: Readonly<Record<string, ChipKind>> = {
  sim: { form: "sim[:PROFILE]", help: "a virtual chip of a profile", open: openSimulator },
  dir: { form: "dir:DIR", help: "a virtual chip made from files and keys", open: openFolderChip },
  pcsc: {
    form: "pcsc[:READER]",
    help: "a document on a card reader, by name, part of a name, or number",
    open: openPcscChip,
  },
  vpcd: {
    form: "vpcd[:PORT]",
    help: "we listen as the reader, and a virtual card dials in",
    open: openVpcdChip,
  },
  replay: { form: "replay:FILE", help: "a recorded reading, byte for byte", open: openReplay },
};

export const CHIP_FORMS = Object.values(KINDS)
  .map(({ form }) => form)
  .join(", ");

export const CHIP_HELP = Object.values(KINDS)
  .map(({ form, help }) => `  ${form.padEnd(14)} ${help}`)
  .join("\n");

/** Opens the chip that `--chip` names. */
export const openChip = (name: string, context: OpenChipContext): Promise<OpenChip> => {
  const colon = name.indexOf(":");
  const kind = colon < 0 ? name : name.slice(0, colon);
  const found = Object.hasOwn(KINDS, kind) ? KINDS[kind] : undefined;
  // A form without brackets needs what stands behind the colon.
  if (!found || (colon < 0 && !found.form.includes("["))) {
    throw new CommandError(
      "USAGE",
      `expected one of ${CHIP_FORMS} for --chip, found ${JSON.stringify(name)}`,
    );
  }
  return found.open(colon < 0 ? "" : name.slice(colon + 1), context);
};
