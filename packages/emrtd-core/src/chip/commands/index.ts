import type { ChipCommand } from "../chip-context.js";
import { EXTERNAL_AUTHENTICATE } from "./external-authenticate.js";
import { GENERAL_AUTHENTICATE } from "./general-authenticate.js";
import { GET_CHALLENGE } from "./get-challenge.js";
import { INTERNAL_AUTHENTICATE } from "./internal-authenticate.js";
import { MANAGE_SECURITY_ENVIRONMENT } from "./manage-security-environment.js";
import { PERFORM_SECURITY_OPERATION } from "./perform-security-operation.js";
import { READ_BINARY_EVEN, READ_BINARY_ODD } from "./read-binary.js";
import { SELECT } from "./select.js";

/** Everything that the virtual chip understands. */
const COMMANDS: readonly ChipCommand[] = [
  SELECT,
  READ_BINARY_EVEN,
  READ_BINARY_ODD,
  MANAGE_SECURITY_ENVIRONMENT,
  GENERAL_AUTHENTICATE,
  PERFORM_SECURITY_OPERATION,
  GET_CHALLENGE,
  EXTERNAL_AUTHENTICATE,
  INTERNAL_AUTHENTICATE,
];

export const commandOf = (ins: number): ChipCommand | undefined =>
  COMMANDS.find((command) => command.ins === ins);
