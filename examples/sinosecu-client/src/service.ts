import { readFile } from "node:fs/promises";
import { CommandError, EXIT } from "@org/command";
import {
  openReader,
  type Reader,
  type ReaderOptions,
  SinosecuError,
} from "@org/sinosecu-ws-client";
import { DEFAULT_URL, systemClock } from "@org/sinosecu-ws-client/web";
import type { Channel } from "@org/transports";
import { openWebSocket } from "@org/transports/node/websocket";

/** Which service, and whom to trust on the way to it. */
export const SERVICE_FLAGS = {
  url: { type: "text", value: "URL", default: DEFAULT_URL, help: "where the service listens" },
  ca: { type: "text", value: "FILE", help: "certificate of a service that speaks wss" },
} as const;

export interface ServiceFlagValues {
  readonly url: string;
  readonly ca: string | undefined;
}

/** Opens a channel to the service that the flags name. */
export const serviceOpener = async (
  flags: ServiceFlagValues,
): Promise<(signal?: AbortSignal) => Promise<Channel>> => {
  const ca = flags.ca === undefined ? undefined : await readFile(flags.ca);
  return (signal) => openWebSocket(flags.url, { signal, ...(ca ? { tls: { ca } } : {}) });
};

/** What a command says of the reader that it wants. */
interface HowToHold<Report> extends Partial<ReaderOptions<Report>> {
  /** Told of each attempt that failed, where the reader goes on trying. */
  readonly onUnreachable?: (why: unknown) => void;
}

/** Holds a reader for as long as it is used; an unreachable service is not waited for unless it reconnects. */
export const withReader = async <T, Report = unknown>(
  flags: ServiceFlagValues,
  signal: AbortSignal,
  use: (reader: Reader<Report>) => Promise<T>,
  { onUnreachable, ...options }: HowToHold<Report> = {},
): Promise<T> => {
  const open = await serviceOpener(flags);
  const reader = openReader<Report>({
    reconnect: false,
    ...options,
    clock: systemClock,
    open: async (attempt) => {
      try {
        return await open(attempt as AbortSignal);
      } catch (why) {
        if (!signal.aborted) onUnreachable?.(why);
        throw why;
      }
    },
  });
  try {
    await reader.ready({ signal });
    return await use(reader);
  } catch (error) {
    throw explained(error);
  } finally {
    await reader.close();
  }
};

/**
 * A refusal is told with the service's own sentence, which speaks of the command and of nobody; a
 * service that cannot be reached, with the reason that the way to it gave.
 */
const explained = (error: unknown): unknown => {
  if (!(error instanceof SinosecuError)) return error;
  if (error.serviceText) {
    return new CommandError(error.code, `${error.message}: ${error.serviceText}`, EXIT.no);
  }
  return error.code === "UNREACHABLE" && error.cause instanceof Error ? error.cause : error;
};
