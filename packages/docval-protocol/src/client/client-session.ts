import type { ChannelEnd, Frame } from "../channel.js";
import type { CloseReason } from "../close-reason.js";
import type { EmrtdPassport } from "../result/emrtd-passport.js";

/** What happens to a client. */
export type ClientInput =
  /** The connection is open. */
  | { readonly kind: "open" }
  | { readonly kind: "frame"; readonly frame: Frame }
  /** The chip's answer to what was in `transceive`. */
  | { readonly kind: "answer"; readonly apdu: Uint8Array }
  /** The chip did not answer. */
  | { readonly kind: "chip-lost" }
  /** The person gave up. */
  | { readonly kind: "cancel" }
  | { readonly kind: "due" }
  | { readonly kind: "ended"; readonly end: ChannelEnd };

/** Something for whoever shows it. Nothing personal. */
export type ClientEvent =
  | { readonly type: "step"; readonly step: string }
  | { readonly type: "chip-authentication"; readonly checkResult: string }
  /** The chip may be taken away: it is not needed any more. */
  | { readonly type: "chip-released" }
  | { readonly type: "fault"; readonly reason: string; readonly cause: unknown };

export interface ClientStep {
  readonly send: readonly Frame[];
  /** For the chip; `answer` or `chip-lost` is what comes of it. One at a time. */
  readonly transceive?: Uint8Array;
  readonly events: readonly ClientEvent[];
  /** After everything in `send`. */
  readonly close?: { readonly code: number; readonly reason: string };
  readonly wakeAt?: number;
  /** How it ended; nothing follows. */
  readonly report?: ClientReport;
}

/** How a connection ended, and with what. */
export interface ClientReport {
  readonly close: CloseReport;
  readonly result?: EmrtdPassport;
}

export interface CloseReport {
  /** Who ended it: `lost` where the line broke, `timeout` where our own patience did. */
  readonly by: "server" | "client" | "lost" | "timeout";
  readonly code: number;
  readonly reason: CloseReason | (string & {});
  /** Whether the server said that all is done, which it does when the result server has the result. */
  readonly posted: boolean;
}

/** One connection, from the client's side: no socket, no timer, no card reader inside. */
export interface ClientSession {
  readonly state: string;
  receive(input: ClientInput, now: number): ClientStep;
}
