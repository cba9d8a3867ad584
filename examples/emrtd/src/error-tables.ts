import type { ErrorTable } from "@org/command";
import { EMRTD_ERRORS } from "@org/emrtd-core";
import { TRANSPORT_ERRORS } from "@org/transports";

/** A reader or card that is not there is, for whoever reads a document, somebody who cannot be reached. */
const unreachable = (table: ErrorTable): ErrorTable =>
  Object.fromEntries(
    Object.entries(table).map(([code, { fault }]) => [
      code,
      { fault: fault === "device" || fault === "peer" ? "transport" : fault },
    ]),
  );

export const ERROR_TABLES: readonly ErrorTable[] = [EMRTD_ERRORS, unreachable(TRANSPORT_ERRORS)];
