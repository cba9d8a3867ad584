import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { CommandError } from "@org/command";
import {
  createTrustStore,
  decodeCertificates,
  EmrtdError,
  isLinkCertificate,
  type TrustSource,
  type TrustStore,
} from "@org/emrtd-core";
import { nodeCrypto } from "@org/emrtd-core/node";
import { simulatorAnchors } from "@org/emrtd-core/testing";
import { readListFile, readSmallFile } from "./read-file.js";
import type { TrustFlagValues } from "./trust-flags.js";

export { TRUST_FLAGS, type TrustFlagValues } from "./trust-flags.js";

/** The simulator's own authorities: test keys that everybody knows. */
export const simulatorTrust = (): TrustSource[] =>
  simulatorAnchors(nodeCrypto).map((bytes) => ({
    type: "certificate",
    bytes,
    origin: "simulator",
  }));

const CERTIFICATE_FILE = /\.(cer|crt|der|pem)$/i;

/** Reads all that the trust flags name; `note` is told what is named and not trusted. */
export const loadTrust = async (
  flags: TrustFlagValues,
  others: readonly TrustSource[] = [],
  note: (text: string) => void = () => {},
): Promise<TrustStore> => {
  const named = await Promise.all([
    ...flags.csca.map(certificates),
    masterLists(flags, note),
    ...flags.crl.map((path) => list("crl", path)),
    ...flags["deviation-list"].map((path) => list("deviation-list", path)),
    defectLists(flags),
  ]);
  return createTrustStore([...withLinks(named.flat()), ...others], { crypto: nodeCrypto });
};

/** Whether the flags name anybody to trust. */
export const namesTrust = (flags: TrustFlagValues): boolean =>
  flags.csca.length > 0 || flags["master-list"].length > 0;

/**
 * A link certificate vouches for a newer key by an older one: where other certificates are there, one of
 * them must have signed it. Alone it is what it is given as.
 */
const withLinks = (sources: readonly TrustSource[]): TrustSource[] => {
  const isLink = (source: TrustSource) =>
    source.type === "certificate" && decodeCertificates(source.bytes).every(isLinkCertificate);
  const others = sources.some(
    (source) => (source.type === "certificate" && !isLink(source)) || source.type === "master-list",
  );
  return sources.map((source) =>
    others && isLink(source) ? { ...source, type: "link-certificate" } : source,
  );
};

const masterLists = async (
  flags: TrustFlagValues,
  note: (text: string) => void,
): Promise<TrustSource[]> => {
  const roots = await rootsFor("master-list", flags);
  return Promise.all(
    flags["master-list"].map(async (path, index) => {
      const root = roots[index];
      if (root === undefined) note(`nothing in ${path} is trusted without --master-list-root`);
      const bytes = await readListFile(path);
      return { type: "master-list", bytes, origin: path, ...(root ? { root } : {}) };
    }),
  );
};

const defectLists = async (flags: TrustFlagValues): Promise<TrustSource[]> => {
  const roots = await rootsFor("defect-list", flags);
  return Promise.all(
    flags["defect-list"].map(async (path, index) => {
      const root = roots[index];
      if (root === undefined) throw wrong("--defect-list-root with --defect-list", "none");
      const bytes = await readListFile(path);
      return { type: "defect-list", bytes, origin: path, root };
    }),
  );
};

/** Roots in the order of the lists: one for all of them, or one for each. */
const rootsFor = async (
  name: "master-list" | "defect-list",
  flags: TrustFlagValues,
): Promise<readonly (Uint8Array | undefined)[]> => {
  const lists = flags[name];
  const paths = flags[`${name}-root`];
  if (paths.length > 1 && paths.length !== lists.length) {
    throw wrong(
      `one --${name}-root, or one for each --${name}`,
      `${paths.length} for ${lists.length}`,
    );
  }
  if (paths.length > lists.length) throw wrong(`--${name} with --${name}-root`, "none");
  const roots = await Promise.all(paths.map((path) => readSmallFile(path)));
  return lists.map((_, index) => (roots.length === 1 ? roots[0] : roots[index]));
};

const list = async (type: "crl" | "deviation-list", path: string): Promise<TrustSource[]> => [
  { type, bytes: await readListFile(path), origin: path },
];

const certificates = async (path: string): Promise<TrustSource[]> => {
  if (path === "sim") return simulatorTrust();
  if (!(await stat(path)).isDirectory()) return certificatesOf(path);
  const names = (await readdir(path)).filter((name) => CERTIFICATE_FILE.test(name)).sort();
  if (names.length === 0) {
    throw new CommandError("NO_CERTIFICATES", `expected .cer, .crt, .der or .pem files in ${path}`);
  }
  return (await Promise.all(names.map((name) => certificatesOf(join(path, name))))).flat();
};

/** One source a certificate: a file may hold several. */
const certificatesOf = async (path: string): Promise<TrustSource[]> => {
  const file = await readSmallFile(path);
  try {
    const certificates = decodeCertificates(file);
    return certificates.map(({ bytes }) => ({ type: "certificate", bytes, origin: path }));
  } catch (error) {
    if (error instanceof EmrtdError) {
      throw new EmrtdError("TRUST_SOURCE_INVALID", `${path} is no certificate: ${error.message}`, {
        cause: error,
      });
    }
    throw error;
  }
};

const wrong = (expected: string, found: string): CommandError =>
  new CommandError("USAGE", `expected ${expected}, found ${found}`);
