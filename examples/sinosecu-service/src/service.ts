import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { createServer as createTlsServer } from "node:https";
import { CommandError, command, LISTEN_FLAGS, listen, untilAborted } from "@org/command";
import {
  createSimulator,
  QUIRKS,
  type QuirkName,
  type ServiceLocale,
  type Simulator,
  specimenPassport,
} from "@org/sinosecu-ws-client/testing";
import { systemClock } from "@org/sinosecu-ws-client/web";
import { acceptWebSockets } from "@org/transports/node/websocket";
import { readDocumentFolder } from "./document-folder.js";

/** Fragments need a channel that can send them, which a library's user may have and this command has not. */
const CHOICES = (Object.keys(QUIRKS) as QuirkName[]).filter((name) => name !== "fragments");

export const service = command({
  name: "sinosecu-service",
  summary: "Plays the background service of a Sinosecu passport reader, at /echo",
  flags: {
    ...LISTEN_FLAGS,
    port: { ...LISTEN_FLAGS.port, default: 9090 },
    document: { type: "text", value: "DIR", help: "the document to lay; default a drawn passport" },
    interval: {
      type: "number",
      value: "S",
      min: 1,
      max: 86_400,
      default: 10,
      help: "seconds from one laying down to the next",
    },
    quirk: { type: "text", value: "QUIRK", many: true, choices: CHOICES, help: "a way to differ" },
    locale: {
      type: "text",
      value: "LANGUAGE",
      choices: ["en", "zh"],
      default: "en",
      help: "language of its sentences and fields",
    },
    "tls-cert": { type: "text", value: "FILE", help: "certificate, for wss" },
    "tls-key": { type: "text", value: "FILE", help: "its private key" },
  },
  details: `Quirks:\n${CHOICES.map((name) => `  ${name.padEnd(26)}${QUIRKS[name].meaning}`).join("\n")}`,
  async run({ flags, output, signal }) {
    const tls = await readTls(flags["tls-cert"], flags["tls-key"]);
    const document = flags.document ? await readDocumentFolder(flags.document) : specimenPassport();
    const simulator = createSimulator({
      clock: systemClock,
      quirks: flags.quirk as readonly QuirkName[],
      locale: flags.locale as ServiceLocale,
      readMs: 300,
      imagesMs: 100,
      onDiagnostic: (text) => output.note(text),
    });
    const server = tls ? createTlsServer(tls) : createServer();
    server.on("request", (_, response) => response.writeHead(426, { Connection: "close" }).end());
    const acceptor = acceptWebSockets(server, {
      paths: ["/echo", "/echo/"],
      // The real service asks no page where it comes from.
      decide: () => ({ status: 101 }),
      onChannel: (channel) => void simulator.serve(channel),
    });
    const scheme = tls ? "https" : "http";
    const url = await listen(server, output, { host: flags.host, port: flags.port, scheme });
    const socketUrl = `${url.replace(/^http/, "ws")}/echo`;
    const trust = flags["tls-cert"] ? ` --ca ${flags["tls-cert"]}` : "";
    output.note(`try: pnpm sinosecu-client watch --url ${socketUrl}${trust}`);
    const stopLaying = layAgainAndAgain(simulator, document, flags.interval * 1_000);
    await untilAborted(signal);
    stopLaying();
    await acceptor.close();
    server.close();
    server.closeAllConnections();
  },
});

/** Lays the document now and at every interval, and takes it away in between. */
const layAgainAndAgain = (
  simulator: Simulator,
  document: Parameters<Simulator["lay"]>[0],
  intervalMs: number,
): (() => void) => {
  let away: NodeJS.Timeout | undefined;
  const lay = (): void => {
    simulator.lay(document);
    away = setTimeout(() => simulator.takeAway(), Math.min(intervalMs / 2, 3_000));
  };
  lay();
  const timer = setInterval(lay, intervalMs);
  return () => {
    clearInterval(timer);
    clearTimeout(away);
    simulator.close();
  };
};

const readTls = async (
  cert: string | undefined,
  key: string | undefined,
): Promise<{ cert: Buffer; key: Buffer } | undefined> => {
  if (cert === undefined && key === undefined) return undefined;
  if (cert === undefined || key === undefined) {
    throw new CommandError(
      "USAGE",
      "expected --tls-cert and --tls-key together, found one of them",
    );
  }
  return { cert: await readFile(cert), key: await readFile(key) };
};
