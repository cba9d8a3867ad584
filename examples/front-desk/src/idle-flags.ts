import { CommandError } from "@org/command";
import type { WorldFault } from "./faults.js";

/** The flags that say something of another one only. */
export interface DependentFlags {
  readonly simulate: boolean;
  readonly auto: boolean;
  readonly fault: readonly string[];
  readonly sinosecu: string | undefined;
  readonly mds: string | undefined;
  readonly "mds-trust": readonly string[];
  readonly modality: string | undefined;
  readonly zk: string | undefined;
  readonly "zk-token": string | undefined;
  readonly "zk-terminal": string | undefined;
  readonly docval: string | undefined;
  readonly "docval-client": string | undefined;
  readonly "docval-authorization": string | undefined;
  readonly "docval-key": string | undefined;
  readonly "docval-key-id": string | undefined;
  readonly "public-url": string | undefined;
}

/** The device that a fault is one of. */
const FAULTY: Readonly<Record<WorldFault, "sinosecu" | "zk" | "mds">> = {
  "reader-unplugged": "sinosecu",
  "clock-offline": "zk",
  "low-quality": "mds",
};

/**
 * Refuses what would be taken and not heeded.
 *
 * @param namesTrust whether the trust flags name anybody.
 * @throws CommandError `USAGE`.
 */
export const refuseIdleFlags = (flags: DependentFlags, namesTrust: boolean): void => {
  const need = (given: boolean, flag: string, needed: string, there: boolean) => {
    if (given && !there)
      throw new CommandError("USAGE", `expected ${needed} with ${flag}, found none`);
  };
  const clash = (given: boolean, flag: string, other: string, there: boolean) => {
    if (given && there) throw new CommandError("USAGE", `expected ${flag} or ${other}, found both`);
  };
  need(flags.auto, "--auto, which lays a passport down by itself", "--simulate", flags.simulate);
  need(flags.fault.length > 0, "--fault", "--simulate", flags.simulate);
  for (const fault of flags.fault) {
    const device = FAULTY[fault as WorldFault] ?? "sinosecu";
    clash(true, `--fault ${fault}`, `--${device}`, flags[device] !== undefined);
  }
  clash(flags.auto, "--auto", "--sinosecu", flags.sinosecu !== undefined);
  clash(flags.auto, "--auto", "--zk", flags.zk !== undefined);
  for (const name of ["zk-token", "zk-terminal"] as const) {
    need(flags[name] !== undefined, `--${name}`, "--zk", flags.zk !== undefined);
  }
  for (const name of [
    "docval-client",
    "docval-authorization",
    "docval-key",
    "docval-key-id",
    "public-url",
  ] as const) {
    need(flags[name] !== undefined, `--${name}`, "--docval", flags.docval !== undefined);
  }
  clash(namesTrust, "trust flags", "--docval, which has its own", flags.docval !== undefined);
  const device = flags.mds !== undefined || !flags.simulate;
  need(flags["mds-trust"].length > 0, "--mds-trust", "--mds", device);
  clash(flags.modality !== undefined, "--modality", "a device of --mds", device);
};
