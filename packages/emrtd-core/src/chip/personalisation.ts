import type { MrzPassword } from "../access/password.js";
import type { ActiveAuthenticationSigning } from "../authentication/active.js";
import type { PrivateKey } from "../crypto/private-key.js";
import type { ChipFiles, DataGroupNumber } from "../lds/files.js";

/** What a virtual chip is made of. */
export interface ChipPersonalisation {
  readonly files: ChipFiles;
  /** How it is opened; nothing here: anybody may read. */
  readonly access: {
    /** Basic access control with this machine readable zone. */
    readonly bac?: MrzPassword;
  };
  readonly keys: {
    /** Of DG15: active authentication. */
    readonly dg15?: PrivateKey;
  };
  /** How active authentication signs, where not as the standard has it. */
  readonly signing?: ActiveAuthenticationSigning;
  /** Groups that terminal authentication alone would open. */
  readonly extendedAccess: readonly DataGroupNumber[];
  /** Whether it takes extended length; default true. */
  readonly extendedLength?: boolean;
}
