import { TERMINAL_AUTHENTICATION } from "../../authentication/terminal-messages.js";
import { statusOnly } from "../../iso7816/response-apdu.js";
import type { ChipCommand } from "../chip-context.js";
import { terminalOf } from "../terminal-session.js";

/**
 * PERFORM SECURITY OPERATION, VERIFY CERTIFICATE (Doc 9303-11, 7.1.5.2). A terminal may send certificates
 * without any wish to authenticate itself, so that the chip learns of authorities and dates.
 */
export const PERFORM_SECURITY_OPERATION: ChipCommand = {
  ins: 0x2a,
  name: "PERFORM SECURITY OPERATION",
  chaining: "data",
  answer({ p1, p2, data }, context) {
    if (((p1 << 8) | p2) !== TERMINAL_AUTHENTICATION.verifyCertificate) return statusOnly(0x6a86);
    if (!data) return statusOnly(0x6700);
    const terminal = terminalOf(context);
    return statusOnly(typeof terminal === "number" ? terminal : terminal.verifyCertificate(data));
  },
};
