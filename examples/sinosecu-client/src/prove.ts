import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { CommandError } from "@org/command";
import {
  createTrustStore,
  type TrustSource,
  type VerificationReport,
  verifyDocument,
} from "@org/emrtd-core";
import { nodeCrypto } from "@org/emrtd-core/node";
import { simulatorAnchors } from "@org/emrtd-core/testing";
import type { ChipFiles } from "@org/sinosecu-ws-client";

/** Whom to believe when chips are proved. */
export const PROVE_FLAGS = {
  prove: { type: "switch", help: "ask for the chip's files and judge them", group: "proof" },
  csca: {
    type: "text",
    value: "FILE|DIR|sim",
    many: true,
    group: "proof",
    help: "country signing certificate, a folder of them, or the simulator's",
  },
} as const;

const CERTIFICATE_FILE = /\.(cer|crt|der|pem)$/i;
const MAX_CERTIFICATE_BYTES = 1024 * 1024;

/** The verifier that the flags ask for, or none. */
export const chipVerifier = async (flags: {
  readonly prove: boolean;
  readonly csca: readonly string[];
}): Promise<((files: ChipFiles) => VerificationReport) | undefined> => {
  if (!flags.prove) {
    if (flags.csca.length === 0) return undefined;
    throw new CommandError("USAGE", "expected --prove with --csca, found --csca alone");
  }
  const sources = (await Promise.all(flags.csca.map(certificates))).flat();
  const trust = createTrustStore(sources, { crypto: nodeCrypto });
  return (files) => verifyDocument(files, trust, { at: new Date(), crypto: nodeCrypto });
};

const certificates = async (path: string): Promise<TrustSource[]> => {
  if (path === "sim") {
    return simulatorAnchors(nodeCrypto).map((bytes) => ({
      type: "certificate",
      bytes,
      origin: path,
    }));
  }
  if (!(await stat(path)).isDirectory()) return [await certificate(path)];
  const names = (await readdir(path)).filter((name) => CERTIFICATE_FILE.test(name)).sort();
  if (names.length === 0) {
    throw new CommandError("NO_CERTIFICATES", `expected .cer, .crt, .der or .pem files in ${path}`);
  }
  return Promise.all(names.map((name) => certificate(join(path, name))));
};

const certificate = async (path: string): Promise<TrustSource> => {
  const { size } = await stat(path);
  if (size > MAX_CERTIFICATE_BYTES) {
    throw new CommandError(
      "FILE_TOO_LARGE",
      `expected at most ${MAX_CERTIFICATE_BYTES} bytes, found ${size} in ${path}`,
    );
  }
  return { type: "certificate", bytes: new Uint8Array(await readFile(path)), origin: path };
};
