import type { DocvalFileName, DocvalFiles } from "../file-name.js";
import type { CheckResult } from "../messages/v2/ca-handback.js";
import type { SecureMessagingInfo } from "../messages/v2/secure-messaging-info.js";
import type { ChipCommand, Conversation } from "./conversation.js";

/** What a client of version 2 needs of a chip. `@org/docval-protocol/emrtd` has one. */
export interface ClientChip {
  /**
   * Opens the chip, reads it, hands it over in between where it has DG14, and has it sign the challenge.
   * It begins with a command, and hands over once.
   */
  read(request: ClientReadRequest): Generator<ClientReadStep, ClientReading, ClientReadAnswer>;
}

/** What a client of version 1 can tell of a chip before it begins: bytes of the longest APDUs. */
export interface ChipLengths {
  readonly command: number;
  readonly response: number;
}

/** Reads EF.ATR/INFO, for clients that do so themselves; undefined where it states no lengths. */
export type ReadChipLengths = () => Conversation<ChipCommand, ChipLengths | undefined>;

export interface ClientReadRequest {
  /** Of ACCEPT. */
  readonly challenge: Uint8Array;
  /** Whether the chip signs the challenge also after chip authentication was a success. */
  readonly signAlways: boolean;
}

export type ClientReadStep =
  | ChipCommand
  /** The server is to drive the chip; the answer is `handed-back`. */
  | { readonly type: "hand-over"; readonly dg14: Uint8Array; readonly session: SecureMessagingInfo }
  /** What is being done, for whoever shows it. */
  | { readonly type: "step"; readonly step: string };

export type ClientReadAnswer =
  | { readonly type: "answer"; readonly apdu: Uint8Array }
  | {
      readonly type: "handed-back";
      readonly checkResult: CheckResult;
      readonly session: SecureMessagingInfo;
      readonly dg1: Uint8Array;
    }
  /** After a `step`. */
  | { readonly type: "go-on" };

export type ClientReading =
  | {
      readonly outcome: "read";
      /** Those that the server has already may be among them. */
      readonly files: DocvalFiles;
      /** Of the challenge. */
      readonly signature?: Uint8Array;
    }
  | {
      readonly outcome: "failed";
      readonly reason:
        | "ACCESS_CONTROL_FAILED"
        | "FILE_READ_ERROR"
        | "NFC_CHIP_COMMUNICATION_FAILED";
      readonly cause?: unknown;
    };

/** The files that clients read, where the document has them. */
export const CLIENT_FILES: readonly DocvalFileName[] = [
  "sod",
  "dg14",
  "dg1",
  "dg2",
  "dg7",
  "dg11",
  "dg12",
  "dg15",
];
