import type { ServerStore } from "../../src/index.js";
import { openPostgresStore } from "../../src/node/postgres/index.js";
import { openSqliteStore } from "../../src/node/sqlite/index.js";

/** The terminal of the rounds. */
export const SN = "0316144680030";

/** Opens a store by an address of PostgreSQL, or by the path of a file. */
export const openHome = (home: string): Promise<ServerStore> =>
  home.startsWith("postgres:") ? openPostgresStore({ url: home }) : openSqliteStore({ file: home });
