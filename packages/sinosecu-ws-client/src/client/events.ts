import type { SinosecuError } from "../errors.js";
import type { SentenceMeaning } from "../sentences.js";
import type { Attachment, CardRecord, UncertainReason } from "../session/card-record.js";
import type { ConnectionState } from "./connection.js";

/** Whether a reader is plugged in, as far as the service said so in words that are understood. */
export type DeviceState = "connected" | "absent" | "unknown";

export interface ReaderStatus {
  readonly connection: ConnectionState;
  readonly device: DeviceState;
}

/** Why the service speaks up; `other` where its sentence is not one of those known. */
export type MessageReason =
  | Exclude<SentenceMeaning, "command-refused">
  | "reconnect"
  | "restart"
  | "support"
  | "other";

/** What a client's machine tells. */
export type ClientEvent =
  | { readonly type: "status"; readonly status: ReaderStatus }
  | { readonly type: "card"; readonly card: "detected" | "taken-away" }
  | { readonly type: "record"; readonly record: CardRecord }
  | { readonly type: "uncertain"; readonly part: Attachment; readonly reason: UncertainReason }
  /** A sentence for the person at the desk, in the service's language; it may be empty. */
  | { readonly type: "message"; readonly reason: MessageReason; readonly text: string }
  /** Something on the wire was not as it should be; the connection goes on unless it says so. */
  | { readonly type: "protocol-error"; readonly error: SinosecuError };
