/** In which a client differs from others, where the documents leave it open or do not say. */
export interface ClientBehaviour {
  /** As it spells its platform. */
  readonly platform: string;
  /** START of version 2 always says whether diagnostics are wanted; that of version 1 only if they are. */
  readonly diagnosticsKey: "always" | "when-true";
  /** What is put into FINISH where the chip signed nothing. */
  readonly noSignature: "absent" | "null";
  /** The order of FILE messages before FINISH. */
  readonly fileOrder: "ascending-sod-last" | "sod-first" | "random";
  /** What the server is told when the chip does not answer while the server drives it. */
  readonly chipLost: "close" | "6F00";
  /** Files without which nothing is finished: the client leaves instead. */
  readonly requiredFiles: readonly ("sod" | "dg1" | "dg2")[];
  /** Whether the chip signs the challenge also after chip authentication was a success. */
  readonly signAlways: boolean;
  /** Version 1: reads EF.ATR/INFO itself, to tell the longest APDUs. */
  readonly readsChipLengths: boolean;
  /** Sends what it is doing while diagnostics are on. */
  readonly monitoring: boolean;
  /** Acts on a close message; else only on the close itself. */
  readonly heedsCloseMessage: boolean;
  /** Milliseconds. */
  readonly patience: {
    /** For ACCEPT. */
    readonly accept: number;
    /** From CA_HANDOVER to CA_HANDBACK. */
    readonly handback: number;
    /** From RESULT or a close message to the close. */
    readonly close: number;
    /** For everything. */
    readonly session: number;
  };
}

/** A client that does what the documents say, and is lenient where they say nothing. */
export const SPEC_BEHAVIOUR: ClientBehaviour = {
  platform: "node",
  diagnosticsKey: "always",
  noSignature: "absent",
  fileOrder: "ascending-sod-last",
  chipLost: "close",
  requiredFiles: ["sod", "dg1"],
  signAlways: true,
  readsChipLengths: false,
  monitoring: true,
  heedsCloseMessage: true,
  patience: { accept: 10_000, handback: 20_000, close: 3_000, session: 120_000 },
};
