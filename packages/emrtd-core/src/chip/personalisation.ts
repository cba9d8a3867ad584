import type { MrzPassword, Password } from "../access/password.js";
import type { ActiveAuthenticationSigning } from "../authentication/active.js";
import type { TerminalTrust } from "../authentication/terminal-chip.js";
import type { DhSecretKey, EcSecretKey, PrivateKey } from "../crypto/private-key.js";
import type { ChipFiles, DataGroupNumber } from "../lds/files.js";

/** A private key for chip authentication, and its identifier where the chip has several. */
export interface ChipAuthenticationKey {
  readonly key: EcSecretKey | DhSecretKey;
  readonly keyId?: number;
}

/** What a virtual chip is made of. */
export interface ChipPersonalisation {
  readonly files: ChipFiles;
  /** How it is opened; nothing here: anybody may read. */
  readonly access: {
    /** Basic access control with this machine readable zone. */
    readonly bac?: MrzPassword;
    /** PACE as EF.CardAccess offers it, with any of these; of each kind the first counts. */
    readonly pace?: readonly Password[];
  };
  readonly keys: {
    /** Of DG14: chip authentication. */
    readonly dg14?: readonly ChipAuthenticationKey[];
    /** Of EF.CardSecurity: chip authentication mapping. */
    readonly cardSecurity?: EcSecretKey;
    /** Of DG15: active authentication. */
    readonly dg15?: PrivateKey;
  };
  /** How active authentication signs, where not as the standard has it. */
  readonly signing?: ActiveAuthenticationSigning;
  /** Groups that terminal authentication alone opens. */
  readonly extendedAccess: readonly DataGroupNumber[];
  /**
   * Authorities whose terminals it knows, and the current date: what it has at first, and moves on by
   * itself. Without it there is no terminal authentication.
   */
  readonly terminalTrust?: TerminalTrust;
  /** Whether it takes extended length; default true. */
  readonly extendedLength?: boolean;
}
