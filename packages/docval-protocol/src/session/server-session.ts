import type { Frame } from "../channel.js";
import type { ServerChip } from "../chip/server-chip.js";
import type { SessionClose } from "../close-reason.js";
import type { StatusValue } from "../messages/v1/status.js";
import type { CheckResult } from "../messages/v2/ca-handback.js";
import type { RandomBytes } from "../random.js";

/** What happens to a session of a server. */
export type ServerInput =
  /** Changes nothing; its step tells when to come back. */
  | { readonly kind: "open" }
  | { readonly kind: "frame"; readonly frame: Frame }
  /** The time that `wakeAt` named. */
  | { readonly kind: "due" }
  /** The result server took the result, or it did not. */
  | { readonly kind: "delivered"; readonly posted: boolean }
  /** The line broke, or the client closed it: with a code and a reason of its own. */
  | { readonly kind: "gone"; readonly end?: { readonly code: number; readonly reason: string } };

/** What a session asks for, or tells. Only `deliver` holds personal data. */
export type ServerEvent =
  | {
      readonly type: "started";
      readonly version: 1 | 2;
      readonly clientId: string;
      readonly platform: string;
      readonly extendedLength: boolean;
      readonly diagnostics: boolean;
    }
  /** Fields that the protocol does not know, by path. */
  | { readonly type: "unknown-fields"; readonly paths: readonly string[] }
  | { readonly type: "status"; readonly status: StatusValue }
  | { readonly type: "chip-authentication"; readonly checkResult: CheckResult }
  /** A note of the client, while diagnostics are on; cleaned, but written by anybody. */
  | { readonly type: "monitoring"; readonly message: string }
  /** A file whose name is not known was passed over. */
  | { readonly type: "file-ignored"; readonly bytes: number }
  /** To be posted to the result server; `delivered` is the answer. */
  | {
      readonly type: "deliver";
      readonly clientId: string;
      readonly validationId: string;
      readonly resultServer: string;
      readonly body: string;
    }
  /** What stands behind a close reason, for diagnosis. */
  | { readonly type: "fault"; readonly reason: string; readonly cause: unknown }
  | { readonly type: "ended"; readonly close: SessionClose; readonly by: "server" | "client" };

/** What to do now. */
export interface ServerStep {
  readonly send: readonly Frame[];
  readonly events: readonly ServerEvent[];
  /** After everything in `send`. */
  readonly close?: SessionClose;
  /** When to come back with `due`, if nothing else happens before; in the time of `now`. */
  readonly wakeAt?: number;
}

/** One connection, from the server's side: no socket, no timer, no chip inside. */
export interface ServerSession {
  readonly state: string;
  /** Whether nothing is to be expected any more, of anybody. */
  readonly over: boolean;
  receive(input: ServerInput, now: number): ServerStep;
}

/** What a server knows of a client. */
export interface ClientSettings {
  /** URL of its result server; without one a result is not posted and counts as delivered. */
  readonly resultServer?: string;
}

/** Milliseconds. */
export interface ServerTimeouts {
  /** From the opening to START. */
  readonly start: number;
  /** For one answer of the chip. */
  readonly apdu: number;
  /** For everything between CA_HANDOVER and CA_HANDBACK; a client gives up after 20 s. */
  readonly handover: number;
  /** For everything until the result is ready to be posted. */
  readonly session: number;
}

export const DEFAULT_TIMEOUTS: ServerTimeouts = {
  start: 10_000,
  apdu: 10_000,
  handover: 18_000,
  session: 120_000,
};

export interface ServerSessionOptions<Proof = unknown> {
  readonly chip: ServerChip<Proof>;
  /** Who a client is; undefined: nobody that this server knows. */
  readonly client: (clientId: string) => ClientSettings | undefined;
  readonly random: RandomBytes;
  readonly timeouts?: Partial<ServerTimeouts>;
  /** Refuses unknown fields and values that are not canonical. Default false. */
  readonly strict?: boolean;
  /** Sends every file along with the result. Default false. */
  readonly includeFiles?: boolean;
}
