import { CommandError } from "@org/command";
import { decodePrivateKey, type Tape, type TerminalCredentials, toHex } from "@org/emrtd-core";
import { nodeCrypto } from "@org/emrtd-core/node";
import { simulatorTerminal } from "@org/emrtd-core/testing";
import { readSmallFile } from "./read-file.js";

/** What the terminal shows a chip that guards fingerprints and irises. */
export const TERMINAL_FLAGS = {
  "terminal-cert": {
    type: "text",
    value: "FILE|sim",
    many: true,
    group: "terminal",
    help: "card verifiable certificate of the terminal, its document verifier, or a link; or the simulator's",
  },
  "terminal-key": {
    type: "text",
    value: "FILE",
    group: "terminal",
    help: "private key of the terminal, PKCS#8",
  },
} as const;

export interface TerminalFlagValues {
  readonly "terminal-cert": readonly string[];
  readonly "terminal-key": string | undefined;
}

const SIMULATOR = "sim";

/**
 * The credentials that the flags name, or undefined where they name none.
 *
 * @throws CommandError `USAGE` for certificates without a key, or a key without certificates.
 */
export const terminalOf = async (
  flags: TerminalFlagValues,
): Promise<TerminalCredentials | undefined> => {
  const { "terminal-cert": certificates, "terminal-key": key } = flags;
  if (certificates.length === 0 && key === undefined) return undefined;
  if (key === undefined && certificates.length === 1 && certificates[0] === SIMULATOR) {
    return simulatorTerminal(nodeCrypto);
  }
  if (key === undefined || certificates.length === 0 || certificates.includes(SIMULATOR)) {
    throw new CommandError(
      "USAGE",
      "expected files for --terminal-cert and --terminal-key together, or --terminal-cert sim alone",
    );
  }
  return {
    certificates: await Promise.all(certificates.map((path) => readSmallFile(path))),
    privateKey: decodePrivateKey(await readSmallFile(key)),
  };
};

/** How a tape keeps who the terminal was: by name where it was the simulator's, and nobody's private key. */
export const inputsOfTerminal = (terminal: TerminalCredentials | undefined): Tape["inputs"] =>
  terminal && namesOf(terminal) === namesOf(simulatorTerminal(nodeCrypto))
    ? { terminal: SIMULATOR }
    : {};

export const terminalOfInputs = (inputs: Tape["inputs"]): TerminalCredentials | undefined =>
  inputs["terminal"] === SIMULATOR ? simulatorTerminal(nodeCrypto) : undefined;

const namesOf = ({ certificates }: TerminalCredentials): string =>
  certificates.map(toHex).sort().join();
