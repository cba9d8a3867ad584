import { CommandError, EXIT, type ExitCode, listen, type Output, untilAborted } from "@org/command";
import { checkZone, isSerialNumber, type ServerStore, ZkPushError } from "@org/zk-push-codec";
import { createAdministration, Problem, RETAINED } from "@org/zk-push-codec/http";
import { newCommandId, newToken } from "./random.js";
import { createZkServer } from "./server.js";
import { openSinks, type SinkTerms } from "./sinks.js";

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
    readonly webhook: string | undefined;
    readonly "webhook-secret": string | undefined;
    readonly events: string | undefined;
    readonly keep: readonly string[];
    readonly erase: readonly string[];
  };
  readonly output: Output;
  readonly signal: AbortSignal;
}

/** Serves until the signal. */
export const run = async ({ flags, output, signal }: RunContext): Promise<ExitCode | undefined> => {
  const timeZone = checkZone(
    flags["time-zone"] ?? Intl.DateTimeFormat().resolvedOptions().timeZone,
  );
  const keys = parseKeys(flags["comm-key"]);
  const given = parseToken(flags["admin-token"]);
  for (const sn of flags.allow) checkSerialNumber("--allow", sn);
  const keep = parseKeep(flags.keep);
  if (flags.erase.includes("")) throw usage("expected a number of a person for --erase");
  const sinks = await openSinks(parseSinks(flags));
  const store = await openStore(
    flags.db,
    sinks.map(({ name }) => name),
  );
  if (flags.erase.length > 0) return erase(store, flags.erase, output);
  const token = given ?? newToken();
  if (given === undefined) output.note(`admin token: ${token}`);
  const zk = createZkServer({
    store,
    token,
    pairing: flags.pairing as "approve" | "open" | "closed",
    timeZone,
    commKey: (sn) => keys.get(sn),
    allowDangerous: flags["allow-dangerous"],
    sinks,
    keep,
    warn: (text) => output.note(`warning: ${text}`),
  });
  try {
    for (const sn of flags.allow) await approve(store, sn);
    await listen(zk.server, output, flags);
    await untilAborted(signal);
    return undefined;
  } finally {
    await zk.close();
  }
};

const usage = (message: string): CommandError => new CommandError("USAGE", message);

/** Each home is loaded only when it is used: the other's driver need not be there. */
const openStore = async (db: string, sinks: readonly string[]): Promise<ServerStore> => {
  try {
    if (/^postgres(?:ql)?:\/\//i.test(db)) {
      const { openPostgresStore } = await import("@org/zk-push-codec/node/postgres");
      return await openPostgresStore({ url: db, sinks });
    }
    if (/^[a-z+]+:\/\//i.test(db)) throw usage("expected a path or postgres://… for --db");
    const { openSqliteStore } = await import("@org/zk-push-codec/node/sqlite");
    return await openSqliteStore({ file: db, sinks });
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

const parseSinks = (flags: RunContext["flags"]): SinkTerms => {
  const { webhook: url, "webhook-secret": secret, events } = flags;
  if ((url === undefined) !== (secret === undefined)) {
    throw usage("expected --webhook and --webhook-secret together");
  }
  checkUrl("--webhook", url, ["http:", "https:"]);
  checkUrl("--events", events, ["nats:", "tls:"]);
  return {
    ...(url === undefined || secret === undefined ? {} : { webhook: { url, secret } }),
    ...(events === undefined ? {} : { events }),
  };
};

const checkUrl = (flag: string, text: string | undefined, protocols: readonly string[]): void => {
  if (text === undefined) return;
  if (!URL.canParse(text) || !protocols.includes(new URL(text).protocol)) {
    throw usage(
      `expected an address of ${protocols.map((one) => `${one}//`).join(" or ")} for ${flag}`,
    );
  }
};

const parseKeep = (pairs: readonly string[]): Partial<Record<(typeof RETAINED)[number], number>> =>
  Object.fromEntries(
    pairs.map((pair) => {
      const [, what, days] = /^(\w+)=([1-9]\d{0,4})$/.exec(pair) ?? [];
      if (what === undefined || !RETAINED.some((known) => known === what)) {
        throw usage(`expected WHAT=DAYS for --keep, WHAT one of ${RETAINED.join(", ")}`);
      }
      return [what, Number(days)];
    }),
  );

/** Erases people and ends: their terminals are told when they ask next. */
const erase = async (
  store: ServerStore,
  pins: readonly string[],
  output: Output,
): Promise<ExitCode> => {
  try {
    const administration = createAdministration({ store, newCommandId });
    let erased = 0;
    for (const pin of pins) {
      try {
        await administration.erasePerson(pin);
        erased++;
      } catch (error) {
        if (!(error instanceof Problem)) throw error;
      }
    }
    output.result(
      { asked: pins.length, erased },
      `${erased} of ${pins.length} erased; their terminals are told when they ask next`,
    );
    return erased === pins.length ? EXIT.yes : EXIT.no;
  } finally {
    await store.close();
  }
};

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
