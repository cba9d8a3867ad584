import type { HandoverOutcome, ReadOutcome, ServerChip } from "../../src/chip/server-chip.js";
import type { EmrtdPassport } from "../../src/index.js";

/** A result of a document that does not exist. */
export const A_PASSPORT: EmrtdPassport = {
  sodInfo: null,
  mrzInfo: null,
  facePhoto: null,
  signaturePhotos: [],
  additionalPersonalDetails: null,
  additionalDocumentDetails: null,
  passiveAuthentication: true,
  passiveAuthenticationDetails: null,
  chipAuthenticationResult: "SUCCESS",
  activeAuthenticationResult: "UNAVAILABLE",
  errors: [],
};

export const COMMAND = Uint8Array.of(0x00, 0xa4, 0x04, 0x0c);
export const ANSWER = Uint8Array.of(0x90, 0x00);

/**
 * A chip's side without a chip: it sends one command, and what the answer begins with decides what comes
 * of it. So a test of a session can have every outcome.
 */
export const scriptedChip = (
  outcomes: {
    readonly read?: ReadOutcome<unknown>;
    readonly handover?: HandoverOutcome<unknown>;
    readonly commands?: number;
    readonly judge?: () => EmrtdPassport;
  } = {},
): ServerChip => {
  const { commands = 1 } = outcomes;
  return {
    *readDocument() {
      yield { type: "status", status: "READ_ATR_INFO" };
      for (let sent = 0; sent < commands; sent++) yield { type: "command", apdu: COMMAND };
      const files = new Map([["sod", Uint8Array.of(0x77)] as const]);
      return outcomes.read ?? { outcome: "read", files, proofs: [] };
    },
    *authenticateChip({ session }) {
      for (let sent = 0; sent < commands; sent++) yield { type: "command", apdu: COMMAND };
      return (
        outcomes.handover ?? {
          outcome: "done",
          checkResult: "SUCCESS",
          dg1: Uint8Array.of(0x61),
          session,
          proofs: [],
        }
      );
    },
    judge: outcomes.judge ?? (() => A_PASSPORT),
  };
};
