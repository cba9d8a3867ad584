import type { CloseReason } from "../close-reason.js";
import type { DocvalFiles } from "../file-name.js";
import type { AccessKey } from "../messages/v1/access-key.js";
import type { StatusValue } from "../messages/v1/status.js";
import type { CheckResult } from "../messages/v2/ca-handback.js";
import type { SecureMessagingInfo } from "../messages/v2/secure-messaging-info.js";
import type { EmrtdPassport } from "../result/emrtd-passport.js";
import type { ApduLimits, ChipCommand, Conversation } from "./conversation.js";

/**
 * What a server needs of travel documents. `@org/docval-protocol/emrtd` has one; a session neither knows
 * nor asks what is inside.
 *
 * @typeParam Proof what a chip did to prove itself, for `judge` alone.
 */
export interface ServerChip<Proof = unknown> {
  /** Version 1: reads the whole document, and says before each step which one it is. */
  readDocument(request: ReadRequest): Conversation<ReadStep, ReadOutcome<Proof>>;
  /**
   * Version 2: runs chip authentication in the session that the client handed over, and reads data group
   * 1, under the new keys where there are any. Returns only when its last byte is verified.
   */
  authenticateChip(handover: HandoverRequest): Conversation<ChipCommand, HandoverOutcome<Proof>>;
  /** Judges files and proofs. Never throws for what they hold. */
  judge(subject: JudgeRequest<Proof>): EmrtdPassport;
}

export interface ReadRequest {
  readonly accessKey: AccessKey;
  readonly limits: ApduLimits;
}

/** A command, or the name of the step that the next command begins. */
export type ReadStep = ChipCommand | { readonly type: "status"; readonly status: StatusValue };

/** Why a conversation with a chip ended early, and what is behind it, for diagnosis only. */
export interface ChipFailure<Reason extends CloseReason> {
  readonly outcome: "failed";
  readonly reason: Reason;
  readonly cause?: unknown;
}

export type ReadOutcome<Proof> =
  | { readonly outcome: "read"; readonly files: DocvalFiles; readonly proofs: readonly Proof[] }
  | ChipFailure<
      | "ACCESS_CONTROL_FAILED"
      | "INVALID_ACCESS_KEY_VALUES"
      | "FILE_READ_ERROR"
      | "EMRTD_PASSPORT_READER_ERROR"
    >;

export interface HandoverRequest {
  /** As the client sent it. Whether it is the signed one, `judge` finds out. */
  readonly dg14: Uint8Array;
  readonly session: SecureMessagingInfo;
  readonly limits: ApduLimits;
}

export type HandoverOutcome<Proof> =
  | {
      readonly outcome: "done";
      readonly checkResult: CheckResult;
      /** As read by the server. */
      readonly dg1: Uint8Array;
      /** The session to go on with. */
      readonly session: SecureMessagingInfo;
      readonly proofs: readonly Proof[];
    }
  | ChipFailure<"FILE_READ_ERROR" | "EMRTD_PASSPORT_READER_ERROR" | "PROTOCOL_ERROR">;

export interface JudgeRequest<Proof> {
  readonly files: DocvalFiles;
  readonly proofs: readonly Proof[];
  /** What the chip made of the server's challenge, where a client relayed it. */
  readonly activeAuthentication?: {
    readonly challenge: Uint8Array;
    readonly signature: Uint8Array;
  };
  /** Whether a chip was there at all: not so where only files were sent in. */
  readonly chipPresent: boolean;
}
