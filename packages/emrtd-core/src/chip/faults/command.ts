import type { FileName } from "../../lds/files.js";
import {
  type FaultTable,
  partsOf,
  readChoice,
  readCount,
  readFileName,
  readStatus,
  withoutValue,
} from "./entry.js";

const MASTER_FILE_FORMS = ["identifier", "empty", "none"] as const;
const SIGNING_HABITS = ["der", "cut", "empty", "zero", "refused"] as const;

/** Commands that the chip does not take as others do. */
export type CommandFault =
  /** SELECT of one file is refused. */
  | {
      readonly fault: "refused-file";
      readonly file: FileName;
      readonly statusWord: number;
      /** In the clear, and the session is over. */
      readonly plain?: boolean;
    }
  /**
   * The master file is selected by one form of SELECT only, or by none. The status word answers the
   * others: 9000 as well, after which the chip is where it was.
   */
  | {
      readonly fault: "master-file";
      readonly form: (typeof MASTER_FILE_FORMS)[number];
      readonly statusWord: number;
    }
  /** The eMRTD application is selected when the chip has power, as some phones see to. */
  | { readonly fault: "application-first" }
  /** Reading by short identifier selects nothing: the chip says that the file is not there. */
  | { readonly fault: "no-short-identifiers" }
  /** MSE:Set AT for PACE is refused without the identifier of the parameters. */
  | { readonly fault: "parameter-id-wanted"; readonly statusWord: number }
  /** MSE:Set KAT is refused: chip authentication takes MSE:Set AT, with triple DES as well. */
  | { readonly fault: "no-key-agreement-template"; readonly statusWord: number }
  /**
   * How the chip answers an active authentication: ECDSA as DER; cut to so many bytes unless the command
   * is extended; nothing to an extended command; a zero before the signature; a refusal.
   */
  | {
      readonly fault: "signing";
      readonly habit: (typeof SIGNING_HABITS)[number];
      readonly bytes: number;
    };

export const COMMAND_FAULTS: FaultTable<CommandFault> = {
  "refused-file": {
    form: "refused-file[=FILE[:SW[:plain]]]",
    meaning: "SELECT of a file is refused (COM:6982)",
    parse(value) {
      const [name, status, plain] = partsOf(value, 3) ?? ["none"];
      const file = readFileName(name, "COM");
      const statusWord = readStatus(status, 0x6982);
      if (!file || statusWord === undefined || ![undefined, "plain"].includes(plain)) {
        return undefined;
      }
      return { fault: "refused-file", file, statusWord, ...(plain ? { plain: true } : {}) };
    },
  },
  "master-file": {
    form: "master-file[=FORM[:SW]]",
    meaning: `the master file is selected by ${MASTER_FILE_FORMS.join(", ")} only, else SW (none:6a86)`,
    parse(value) {
      const [formText, status] = partsOf(value, 2) ?? ["?"];
      const form = readChoice(formText, MASTER_FILE_FORMS, "none");
      const statusWord = readStatus(status, 0x6a86);
      return form && statusWord !== undefined
        ? { fault: "master-file", form, statusWord }
        : undefined;
    },
  },
  "application-first": {
    form: "application-first",
    meaning: "the eMRTD application is selected when the chip is laid down",
    parse: withoutValue({ fault: "application-first" }),
  },
  "no-short-identifiers": {
    form: "no-short-identifiers",
    meaning: "no file is found by its short identifier",
    parse: withoutValue({ fault: "no-short-identifiers" }),
  },
  "parameter-id-wanted": {
    form: "parameter-id-wanted[=SW]",
    meaning: "PACE is refused without the identifier of its parameters (6a87)",
    parse(value) {
      const statusWord = readStatus(value, 0x6a87);
      return statusWord === undefined ? undefined : { fault: "parameter-id-wanted", statusWord };
    },
  },
  "no-key-agreement-template": {
    form: "no-key-agreement-template[=SW]",
    meaning: "chip authentication with triple DES refuses MSE:Set KAT (6a86)",
    parse(value) {
      const statusWord = readStatus(value, 0x6a86);
      return statusWord === undefined
        ? undefined
        : { fault: "no-key-agreement-template", statusWord };
    },
  },
  signing: {
    form: "signing[=HABIT[:N]]",
    meaning: `active authentication answers ${SIGNING_HABITS.join(", ")}; cut to N bytes (cut:128)`,
    parse(value) {
      const [habitText, n] = partsOf(value, 2) ?? ["?"];
      const habit = readChoice(habitText, SIGNING_HABITS, "cut");
      const bytes = readCount(n, 128);
      if (!habit || bytes === undefined || (n !== undefined && habit !== "cut")) return undefined;
      return { fault: "signing", habit, bytes };
    },
  },
};
