import { readFile } from "node:fs/promises";
import { CommandError, listen, type Output, untilAborted } from "@org/command";
import type { ClientSettings } from "@org/docval-protocol";
import {
  createRequestSigner,
  importSigningKey,
  type SignRequest,
  webSha256,
} from "@org/docval-protocol/server";
import type { TrustStore } from "@org/emrtd-core";
import { loadTrust, type TrustFlagValues } from "@org/example-emrtd/trust";
import { type Logger, pino } from "pino";
import { randomBytes } from "./random.js";
import { createDocvalServer } from "./server.js";
import { transcriptFolder } from "./transcript-folder.js";

/** What the command line says. */
interface RunContext {
  readonly flags: TrustFlagValues & {
    readonly host: string;
    readonly port: number;
    readonly client: readonly string[];
    readonly authorization: string | undefined;
    readonly "allow-origin": readonly string[];
    readonly "tls-cert": string | undefined;
    readonly "tls-key": string | undefined;
    readonly "include-files": boolean;
    readonly "require-chip-proof": boolean;
    readonly "sign-results": string | undefined;
    readonly "key-id": string;
    readonly strict: boolean;
    readonly "max-sessions": number;
    readonly "start-timeout": number;
    readonly "apdu-timeout": number;
    readonly "handover-timeout": number;
    readonly "session-timeout": number;
    readonly grace: number;
    readonly transcript: string | undefined;
    readonly "log-level": string;
  };
  readonly output: Output;
  readonly signal: AbortSignal;
}

/** Serves until the signal. */
export const run = async ({ flags, output, signal }: RunContext): Promise<void> => {
  const clients = parseClients(flags.client);
  const tls = await readTls(flags["tls-cert"], flags["tls-key"]);
  const sign = await loadSigner(flags["sign-results"], flags["key-id"]);
  if (flags.authorization !== undefined && !/^[\x21-\x7e]+$/.test(flags.authorization)) {
    throw usage("expected printable characters without spaces for --authorization");
  }
  const log = pino(
    { level: flags["log-level"], base: null, formatters: { level: (level) => ({ level }) } },
    { write: (line: string) => output.note(line.trimEnd()) },
  );
  const load = () => loadTrust(flags, [], (text) => output.note(text));
  let trust = await load();
  const transcript = flags.transcript === undefined ? {} : await transcriptFolder(flags.transcript);
  const { server, metrics, renewTls, close } = await createDocvalServer({
    client: (id) => clients.get(id),
    trust: () => trust,
    ...(flags.authorization === undefined ? {} : { authorization: flags.authorization }),
    origins: flags["allow-origin"],
    ...(tls ? { tls } : {}),
    ...(sign ? { sign } : {}),
    ...transcript,
    includeFiles: flags["include-files"],
    requireChipProof: flags["require-chip-proof"],
    strict: flags.strict,
    maxSessions: flags["max-sessions"],
    timeouts: {
      start: 1_000 * flags["start-timeout"],
      apdu: 1_000 * flags["apdu-timeout"],
      handover: 1_000 * flags["handover-timeout"],
      session: 1_000 * flags["session-timeout"],
    },
    graceMs: 1_000 * flags.grace,
    log,
  });
  const loaded = (store: TrustStore) => {
    trust = store;
    metrics.trustLoaded(store.anchors.length);
    log.info({ anchors: store.anchors.length }, "trust anchors loaded");
  };
  loaded(trust);
  const renew = async () => {
    const files = await readTls(flags["tls-cert"], flags["tls-key"]);
    if (!files) return;
    renewTls(files);
    log.info("certificate loaded");
  };
  const reloads = { "trust anchors": async () => loaded(await load()), certificate: renew };
  const stopReloading = onHangup(reloads, log);
  try {
    const scheme = tls ? "https" : "http";
    await listen(server, output, { host: flags.host, port: flags.port, scheme });
    await untilAborted(signal);
    log.info("closing: no new sessions");
  } finally {
    stopReloading();
    await close();
  }
};

const usage = (message: string): CommandError => new CommandError("USAGE", message);

const parseClients = (pairs: readonly string[]): ReadonlyMap<string, ClientSettings> => {
  const clients = new Map<string, ClientSettings>();
  for (const pair of pairs) {
    const at = pair.indexOf("=");
    const id = at < 0 ? pair : pair.slice(0, at);
    const url = at < 0 ? undefined : pair.slice(at + 1);
    if (id === "") throw usage("expected ID or ID=RESULT_URL for --client, found no id");
    if (clients.has(id)) throw usage("expected each --client once, found one twice");
    if (url !== undefined && !(URL.canParse(url) && /^https?:\/\//.test(url))) {
      throw usage("expected an http or https URL behind ID= for --client");
    }
    clients.set(id, url === undefined ? {} : { resultServer: url });
  }
  return clients;
};

const readTls = async (cert: string | undefined, key: string | undefined) => {
  if (cert === undefined && key === undefined) return undefined;
  if (cert === undefined || key === undefined) {
    throw usage("expected --tls-cert and --tls-key together, found one of them");
  }
  return { cert: await readFile(cert), key: await readFile(key) };
};

const loadSigner = async (
  path: string | undefined,
  keyId: string,
): Promise<SignRequest | undefined> => {
  if (path === undefined) return undefined;
  const file = await readFile(path);
  const isPem = file.includes("-----BEGIN");
  const key = await importSigningKey(isPem ? file.toString("latin1") : file, { keyId });
  return createRequestSigner({
    key,
    sha256: webSha256,
    random: randomBytes,
    now: () => new Date(),
  });
};

/** What cannot be loaded leaves in place what was loaded before. */
const onHangup = (reloads: Record<string, () => Promise<void>>, log: Logger): (() => void) => {
  const listener = () => {
    for (const [what, reload] of Object.entries(reloads)) {
      reload().catch((error: unknown) => {
        const cause = error instanceof Error ? error.message : String(error);
        log.error({ cause }, `${what} not loaded; what was loaded before stays`);
      });
    }
  };
  process.on("SIGHUP", listener);
  return () => process.removeListener("SIGHUP", listener);
};
