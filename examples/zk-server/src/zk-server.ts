import { CommandError, command, LISTEN_FLAGS, listen, untilAborted } from "@org/command";
import { checkZone, isSerialNumber, type ServerStore } from "@org/zk-push-codec";
import { openSqliteStore } from "@org/zk-push-codec/node/sqlite";
import { newToken } from "./random.js";
import { createZkServer } from "./server.js";

export const zkServer = command({
  name: "zk-server",
  summary: "Serves ZKTeco attendance terminals: /iclock for them, /api for programs, / for people",
  details: `
A punch is on disk before its terminal hears OK. Terminals that nobody approved are refused and keep
theirs; approve them on the page or with POST /api/devices/SN/approve. /healthz and /metrics need no
token; everything below /api does, as Authorization: Bearer TOKEN.`,
  flags: {
    ...LISTEN_FLAGS,
    port: { ...LISTEN_FLAGS.port, default: 8080 },
    db: { type: "text", value: "FILE", default: "./zk.sqlite", help: "where everything is kept" },
    pairing: {
      type: "text",
      value: "HOW",
      choices: ["approve", "open", "closed"],
      default: "approve",
      help: "terminals that were never seen: wait for approval, are served, are refused",
    },
    allow: {
      type: "text",
      value: "SN",
      many: true,
      help: "a terminal that is approved from the start",
    },
    "comm-key": {
      type: "text",
      value: "SN=KEY",
      many: true,
      help: "the pushcommkey that a terminal must show",
    },
    "time-zone": {
      type: "text",
      value: "ZONE",
      help: "where terminals are that have no zone of their own, as Asia/Kolkata or +05:30 (default: here)",
    },
    "admin-token": {
      type: "text",
      value: "T",
      help: "secret of the page and the API (default: made up, and shown once)",
    },
    "allow-dangerous": {
      type: "switch",
      help: "lets SHELL, GetFile, PutFile, UPGRADE, CLEAR and unknown commands through",
    },
  },
  async run({ flags, output, signal }) {
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
  },
});

const usage = (message: string): CommandError => new CommandError("USAGE", message);

const openStore = (db: string): Promise<ServerStore> => {
  if (/^[a-z+]+:\/\//i.test(db)) throw usage("expected the path of a file for --db, found a URL");
  return openSqliteStore({ file: db });
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
