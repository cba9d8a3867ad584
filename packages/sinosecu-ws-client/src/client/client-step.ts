import type { CloseInfo, Frame } from "../channel.js";
import type { Question } from "../client-message.js";
import type { SinosecuError } from "../errors.js";
import type { Notification } from "../messages/notification.js";
import type { CardSessionOptions } from "../session/card-session.js";
import type { BackoffOptions } from "./connection.js";
import type { Settled } from "./correlator.js";
import type { ClientEvent } from "./events.js";
import type { Settings } from "./greeting.js";

export interface ClientMachineOptions extends CardSessionOptions {
  /** Default: both notices of cards on, everything else as the service has it. */
  readonly settings?: Settings;
  /** Ask for the chip's files too (Set DGSource). Default false. */
  readonly chipFiles?: boolean;
  /** How long an answer may take, in milliseconds; images may take three times as long. */
  readonly requestMs?: number;
  /** How long an attempt to connect may take, in milliseconds. */
  readonly connectMs?: number;
  /** Connect again when the connection ends. Default true. */
  readonly reconnect?: boolean;
  readonly backoff?: BackoffOptions;
  /** Pause before a new connection when the service says that it restarts, in milliseconds. */
  readonly restartMs?: number;
  /** Bytes of one message at most; default 32 MiB. */
  readonly maxMessage?: number;
}

/** What the machine hears. Ids are the caller's own, not negative, each used once. */
export type ClientInput =
  | { readonly kind: "start" }
  | { readonly kind: "opened" }
  | { readonly kind: "lost"; readonly close: CloseInfo }
  | { readonly kind: "frame"; readonly frame: Frame }
  | { readonly kind: "due" }
  | {
      readonly kind: "ask";
      readonly id: number;
      readonly questions: readonly Question[];
      readonly timeoutMs?: number;
    }
  | {
      readonly kind: "notify";
      readonly id: number;
      readonly notification: Notification;
      readonly value: unknown;
      /** It asks for a reading; a document may follow for so long. */
      readonly readingMs?: number;
    }
  | { readonly kind: "abort"; readonly id: number; readonly error: SinosecuError }
  | { readonly kind: "reconnect" }
  | { readonly kind: "stop" };

/** What is to be done now. */
export interface ClientStep {
  readonly send: readonly string[];
  /** Open a channel. */
  readonly open: boolean;
  /** Close the channel that is open or being opened. */
  readonly close?: { readonly code: number; readonly reason: string };
  readonly events: readonly ClientEvent[];
  readonly settled: readonly Settled[];
  /** When to come back with `due`, if nothing comes before. */
  readonly wakeAt?: number;
}
