import { CommandError, listen, type Output, untilAborted } from "@org/command";
import { checkZone, isSerialNumber, type ServerStore, ZkPushError } from "@org/zk-push-codec";
import { newToken } from "./random.js";
import { createZkServer } from "./server.js";

/** What the command line says. */
interface RunContext {
  readonly flags: {
    readonly host: string;
    readonly port: number;
    readonly db: string;
    readonly pairing: string;
    readonly allow: readonly string[];
    readonly "comm-key": readonly string[];
    readonly "time-zone": string | undefined;
    readonly "admin-token": string | undefined;
    readonly "allow-dangerous": boolean;
  };
  readonly output: Output;
  readonly signal: AbortSignal;
}

/** Serves until the signal. */
export const run = async ({ flags, output, signal }: RunContext): Promise<void> => {
  const timeZone = checkZone(
    flags["time-zone"] ?? Intl.DateTimeFormat().resolvedOptions().timeZone,
  );
  const keys = parseKeys(flags["comm-key"]);
  const given = parseToken(flags["admin-token"]);
  for (const sn of flags.allow) checkSerialNumber("--allow", sn);
  const store = await openStore(flags.db);
  const token = given ?? newToken();
  if (given === undefined) output.note(`admin token: ${token}`);
  const zk = createZkServer({
    store,
    token,
    pairing: flags.pairing as "approve" | "open" | "closed",
    timeZone,
    commKey: (sn) => keys.get(sn),
    allowDangerous: flags["allow-dangerous"],
    warn: (text) => output.note(`warning: ${text}`),
  });
  try {
    for (const sn of flags.allow) await approve(store, sn);
    await listen(zk.server, output, flags);
    await untilAborted(signal);
  } finally {
    await zk.close();
  }
};

const usage = (message: string): CommandError => new CommandError("USAGE", message);

/** Each home is loaded only when it is used: the other's driver need not be there. */
const openStore = async (db: string): Promise<ServerStore> => {
  try {
    if (/^postgres(?:ql)?:\/\//i.test(db)) {
      const { openPostgresStore } = await import("@org/zk-push-codec/node/postgres");
      return await openPostgresStore({ url: db });
    }
    if (/^[a-z+]+:\/\//i.test(db)) throw usage("expected a path or postgres://… for --db");
    const { openSqliteStore } = await import("@org/zk-push-codec/node/sqlite");
    return await openSqliteStore({ file: db });
  } catch (cause) {
    const known = cause instanceof ZkPushError && cause.code !== "STORE_FAILED";
    if (known || cause instanceof CommandError || process.env["DEBUG"]) throw cause;
    throw usage("expected a database for --db that can be opened or made");
  }
};

const checkSerialNumber = (flag: string, sn: string): string => {
  if (!isSerialNumber(sn)) throw usage(`expected 6 to 32 letters, digits or - for ${flag}`);
  return sn;
};

const parseKeys = (pairs: readonly string[]): ReadonlyMap<string, string> =>
  new Map(
    pairs.map((pair) => {
      const at = pair.indexOf("=");
      const key = pair.slice(at + 1);
      if (at < 0 || key === "") throw usage("expected SN=KEY for --comm-key");
      return [checkSerialNumber("--comm-key", pair.slice(0, at)), key];
    }),
  );

const parseToken = (token: string | undefined): string | undefined => {
  if (token !== undefined && !/^[\x21-\x7e]+$/.test(token)) {
    throw usage("expected printable characters without spaces for --admin-token");
  }
  return token;
};

const approve = async (store: ServerStore, sn: string): Promise<void> => {
  await store.commit({ sn, receivedAt: Date.now(), device: { create: "approved" } });
  await store.changeDevice(sn, { standing: "approved" });
};
