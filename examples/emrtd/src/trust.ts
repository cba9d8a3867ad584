import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { CommandError } from "@org/command";
import { createTrustStore, type TrustSource, type TrustStore } from "@org/emrtd-core";
import { nodeCrypto } from "@org/emrtd-core/node";
import { simulatorAnchors } from "@org/emrtd-core/testing";
import { readSmallFile } from "./folder.js";

/** Whom to believe. Nothing is trusted that is not named here. */
export const TRUST_FLAGS = {
  csca: {
    type: "text",
    value: "FILE|DIR|sim",
    many: true,
    group: "trust",
    help: "country signing certificate, a folder of them, or the simulator's",
  },
} as const;

export interface TrustFlagValues {
  readonly csca: readonly string[];
}

/** The simulator's own authorities: test keys that everybody knows. */
export const simulatorTrust = (): TrustSource[] =>
  simulatorAnchors(nodeCrypto).map((bytes) => ({
    type: "certificate",
    bytes,
    origin: "simulator",
  }));

const CERTIFICATE_FILE = /\.(cer|crt|der|pem)$/i;

/** Reads all that the trust flags name. */
export const loadTrust = async (
  flags: TrustFlagValues,
  others: readonly TrustSource[] = [],
): Promise<TrustStore> => {
  const named = (await Promise.all(flags.csca.map(certificates))).flat();
  return createTrustStore([...named, ...others], { crypto: nodeCrypto });
};

/** Whether the flags name anybody to trust. */
export const namesTrust = (flags: TrustFlagValues): boolean => flags.csca.length > 0;

const certificates = async (path: string): Promise<TrustSource[]> => {
  if (path === "sim") return simulatorTrust();
  if (!(await stat(path)).isDirectory()) return [await certificate(path)];
  const names = (await readdir(path)).filter((name) => CERTIFICATE_FILE.test(name)).sort();
  if (names.length === 0) {
    throw new CommandError("NO_CERTIFICATES", `expected .cer, .crt, .der or .pem files in ${path}`);
  }
  return Promise.all(names.map((name) => certificate(join(path, name))));
};

const certificate = async (path: string): Promise<TrustSource> => ({
  type: "certificate",
  bytes: await readSmallFile(path),
  origin: path,
});
