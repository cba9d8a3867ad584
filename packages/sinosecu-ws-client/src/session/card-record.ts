import type { Field } from "../messages/fields.js";
import type { ImageEntry } from "../messages/image-kinds.js";

/**
 * Why a record was closed. `settled`: nothing more came in time; `next-document`: the next one began;
 * `connection-lost`: the service went away, so parts may be missing; `stopped`: the client was closed.
 */
export type ClosedBy = "settled" | "next-document" | "connection-lost" | "stopped";

/** Everything that was received of one document, as it was received. */
export interface CardRecord {
  /** Counts from 1 within a session. */
  readonly number: number;
  /** The service told that it was laid down. */
  readonly detected: boolean;
  readonly takenAway: boolean;
  /** Times of the session's clock, in milliseconds. */
  readonly openedAt: number;
  readonly closedAt: number;
  readonly closedBy: ClosedBy;
  /** Absent where no text came. */
  readonly fields?: readonly Field[];
  readonly images: readonly ImageEntry[];
  /** Data made for one customer, such as a fingerprint. */
  readonly custom: readonly Field[];
  /** The service's own sentence, where it could not read the document. */
  readonly failure?: string;
}

/** Images or custom data, which say nothing of whose they are. */
export type Attachment =
  | { readonly kind: "images"; readonly images: readonly ImageEntry[] }
  | { readonly kind: "custom"; readonly fields: readonly Field[] };

/**
 * Why an attachment was given to nobody. `late`: it may belong to a document that is already closed;
 * `either`: to that or to the open one; `repeated`: the open one has other images of that kind.
 */
export type UncertainReason = "late" | "either" | "repeated";
