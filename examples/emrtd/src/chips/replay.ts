import { readFile } from "node:fs/promises";
import { CommandError } from "@org/command";
import { decodeTape, type Password, replayTape, type Tape } from "@org/emrtd-core";
import { terminalOfInputs } from "../terminal.js";
import type { OpenChip } from "./index.js";

/** A recorded reading, held again byte for byte with the terminal's own random bytes and inputs. */
export const openReplay = async (path: string): Promise<OpenChip> => {
  if (path === "")
    throw new CommandError("USAGE", "expected replay:FILE for --chip, found no file");
  const replay = replayTape(decodeTape(await readFile(path, "utf8")));
  const password = passwordOfInputs(replay.inputs);
  const terminal = terminalOfInputs(replay.inputs);
  return {
    label: `the recording ${path}`,
    transceive: replay.transceive,
    random: replay.random,
    ...(password === undefined ? {} : { password }),
    ...(terminal === undefined ? {} : { terminal }),
    close: async () => {},
  };
};

/** How a password is kept on a tape. */
export const inputsOfPassword = (password: Password): Tape["inputs"] => {
  if ("can" in password) return { can: password.can };
  if (!("documentNumber" in password)) return {};
  const { documentNumber, dateOfBirth, dateOfExpiry } = password;
  return { documentNumber, dateOfBirth, dateOfExpiry };
};

const passwordOfInputs = (inputs: Tape["inputs"]): Password | undefined => {
  const { documentNumber, dateOfBirth, dateOfExpiry, can } = inputs;
  if (can !== undefined) return { can };
  return documentNumber !== undefined && dateOfBirth !== undefined && dateOfExpiry !== undefined
    ? { documentNumber, dateOfBirth, dateOfExpiry }
    : undefined;
};
