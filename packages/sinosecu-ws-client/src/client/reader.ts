import type { Clock, OpenChannel } from "../channel.js";
import type { Question } from "../client-message.js";
import type { SinosecuError } from "../errors.js";
import type { Exchange } from "../messages/exchange.js";
import type { ImageKind } from "../messages/image-kinds.js";
import type { ChipFiles } from "../record/chip-files.js";
import type { DocumentRecord, RecordImage } from "../record/document-record.js";
import type { ParseMrz } from "../record/mrz.js";
import type { SwitchName } from "../registry.js";
import type { Attachment, UncertainReason } from "../session/card-record.js";
import type { ClientMachineOptions } from "./client-step.js";
import type { MessageReason, ReaderStatus } from "./events.js";
import type { Outcome } from "./outcome.js";

/** A verifier's word on the chip's files, or why there is none. Nothing is proved without `report`. */
export type ChipVerdict<Report> =
  | { readonly status: "verified"; readonly report: Report }
  | {
      readonly status: "undetermined";
      readonly reason: "NO_VERIFIER" | "VERIFIER_FAILED" | "HEX_INVALID";
    };

/** A document, and what the verifier that was passed in says of its chip. */
export interface ReaderDocument<Report = unknown> extends DocumentRecord {
  /** Absent where the reader gave no files of a chip. */
  readonly chipVerdict?: ChipVerdict<Report>;
}

export interface ReaderEvents<Report = unknown> {
  /** A document was read, or could not be (`failure`). */
  readonly document: ReaderDocument<Report>;
  readonly card: { readonly card: "detected" | "taken-away" };
  readonly status: ReaderStatus;
  /** The service has something to say to the person at the desk. */
  readonly message: { readonly reason: MessageReason; readonly text: string };
  /** A part that may be of this document or of another, and was given to none. */
  readonly uncertain: { readonly part: Attachment; readonly reason: UncertainReason };
  /** Something on the wire was not as it should be, or a listener threw. */
  readonly "protocol-error": SinosecuError;
}

export interface ReaderOptions<Report = unknown> extends ClientMachineOptions {
  /** Opens the channel; called anew for each connection. */
  readonly open: OpenChannel;
  readonly clock: Clock;
  /** Reads the MRZ lines, such as `parseMrz` of `@org/emrtd-core`. */
  readonly parseMrz?: ParseMrz;
  /** Judges the chip's files, such as `verifyDocument` of `@org/emrtd-core`; sets `chipFiles`. */
  readonly verifyChip?: (files: ChipFiles) => Report | Promise<Report>;
}

export interface RequestOptions {
  readonly signal?: AbortSignal;
  readonly timeoutMs?: number;
}

/** What a trigger led to: a document, or the service's sentence why there is none. */
export type TriggerOutcome<Report = unknown> =
  | { readonly document: ReaderDocument<Report> }
  | { readonly message: string };

export interface DeviceInfo {
  readonly online: string | undefined;
  readonly device: ReaderStatus["device"];
  readonly name: string | undefined;
  readonly serialNumber: string | undefined;
  readonly type: string | undefined;
  readonly version: string | undefined;
}

/** A passport reader, held by one connection. */
export interface Reader<Report = unknown> {
  readonly status: ReaderStatus;
  /** Listens; the answer takes it back. */
  on<K extends keyof ReaderEvents<Report>>(
    event: K,
    listener: (value: ReaderEvents<Report>[K]) => void,
  ): () => void;
  /** Resolves when the service is connected; rejects with `UNREACHABLE` when the client gave up. */
  ready(options?: Pick<RequestOptions, "signal">): Promise<void>;
  /** Asks one question. @throws SinosecuError `REQUEST_REFUSED`, `REQUEST_TIMEOUT`, `CONNECTION_LOST`, ... */
  request<P, R>(exchange: Exchange<P, R>, param: P, options?: RequestOptions): Promise<R>;
  /** Asks several in one message; an item that failed or is missing spoils no other. */
  batch(questions: readonly Question[], options?: RequestOptions): Promise<readonly Outcome[]>;
  /** What the service says of the reader; what it refuses to say is undefined. */
  info(options?: RequestOptions): Promise<DeviceInfo>;
  set(name: SwitchName, on: boolean, options?: RequestOptions): Promise<void>;
  /** Images of the document on the reader, by kinds or as a mask of 1 to 31. */
  images(
    which: number | readonly ImageKind[],
    options?: RequestOptions,
  ): Promise<readonly RecordImage[]>;
  /** A sentence of the service by its id, also one of the integrator's own. */
  constant(id: string, options?: RequestOptions): Promise<string>;
  /** Reads what lies there, waiting so many seconds for it. @throws SinosecuError `TRIGGER_TIMEOUT` */
  trigger(
    seconds: number,
    options?: Pick<RequestOptions, "signal">,
  ): Promise<TriggerOutcome<Report>>;
  /** The same for a scanner, which has to be told the kind of document. */
  triggerEx(
    documentId: number,
    options?: Pick<RequestOptions, "signal">,
  ): Promise<TriggerOutcome<Report>>;
  /** Closes the connection and opens a new one: after settings were changed in the service's own window. */
  reconnect(): void;
  /** Ends everything; open requests reject with `CLIENT_CLOSED`. */
  close(): Promise<void>;
}
