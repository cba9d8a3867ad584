import { EmrtdError } from "../errors.js";
import { COMMAND_FAULTS, type CommandFault } from "./faults/command.js";
import { DOCUMENT_FAULTS, type DocumentFault } from "./faults/document.js";
import type { FaultEntry, FaultTable } from "./faults/entry.js";
import { LENGTH_FAULTS, type LengthFault } from "./faults/length.js";
import { LINK_FAULTS, type LinkFault } from "./faults/link.js";

/** What goes wrong with a virtual chip: on the way, with lengths, with commands, or with its document. */
export type ChipFault = LinkFault | LengthFault | CommandFault | DocumentFault;

export type ChipFaultName = ChipFault["fault"];

/** Every fault by its name, for commands and their help. */
export const CHIP_FAULTS: FaultTable<ChipFault> = {
  ...LINK_FAULTS,
  ...LENGTH_FAULTS,
  ...COMMAND_FAULTS,
  ...DOCUMENT_FAULTS,
};

/**
 * Reads a fault as a command line names it: `tag-lost`, `le-limit=112:6B00`.
 *
 * @throws EmrtdError `CHIP_FAULT_UNKNOWN` naming the forms that there are.
 */
export const parseChipFault = (text: string): ChipFault => {
  const [name, ...rest] = text.split("=");
  const entry = Object.hasOwn(CHIP_FAULTS, name!)
    ? (CHIP_FAULTS[name as ChipFaultName] as FaultEntry<ChipFault>)
    : undefined;
  const fault = entry?.parse(rest.length === 0 ? undefined : rest.join("="));
  if (!fault) {
    const forms = Object.values(CHIP_FAULTS).map(({ form }) => form);
    throw new EmrtdError(
      "CHIP_FAULT_UNKNOWN",
      `expected one of ${forms.join(", ")}, found ${JSON.stringify(text)}`,
    );
  }
  return fault;
};

/** The faults of one kind. */
export const faultsOf = <Name extends ChipFaultName>(
  faults: readonly ChipFault[],
  name: Name,
): readonly Extract<ChipFault, { fault: Name }>[] =>
  faults.filter((fault): fault is Extract<ChipFault, { fault: Name }> => fault.fault === name);
