import { CommandError } from "@org/command";
import type {
  Password,
  RandomBytes,
  TerminalCredentials,
  Transceive,
  TrustSource,
} from "@org/emrtd-core";
import { openFolderChip } from "./folder.js";
import { CHIP_FORMS, CHIP_KINDS, type ChipKind, isChipKind } from "./forms.js";
import { openPcscChip } from "./pcsc.js";
import { openReplay } from "./replay.js";
import { openSimulator } from "./simulator.js";
import { openVpcdChip } from "./vpcd.js";

export { CHIP_FORMS, CHIP_HELP } from "./forms.js";

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

type OpenKind = (rest: string, context: OpenChipContext) => Promise<OpenChip>;

const OPEN: { readonly [kind in ChipKind]: OpenKind } = {
  sim: openSimulator,
  dir: openFolderChip,
  pcsc: openPcscChip,
  vpcd: openVpcdChip,
  replay: openReplay,
};

/** Opens the chip that `--chip` names. */
export const openChip = (name: string, context: OpenChipContext): Promise<OpenChip> => {
  const colon = name.indexOf(":");
  const kind = colon < 0 ? name : name.slice(0, colon);
  // A form without brackets needs what stands behind the colon.
  if (!isChipKind(kind) || (colon < 0 && !CHIP_KINDS[kind].form.includes("["))) {
    throw new CommandError(
      "USAGE",
      `expected one of ${CHIP_FORMS} for --chip, found ${JSON.stringify(name)}`,
    );
  }
  return OPEN[kind](colon < 0 ? "" : name.slice(colon + 1), context);
};
