import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { readPemOrDer } from "../signature/pem.js";
import {
  ROLES,
  type Role,
  type StoredMember,
  type TestTrust,
  trustOfMembers,
} from "../testing/trust.js";
import { trustFileNames } from "../testing/trust-files.js";

/**
 * The trust whose files, see `trustFiles` of the subpath `testing`, stand in a folder.
 *
 * @throws MdsError `KEY_INVALID`; the system's error where a file is missing.
 */
export const readTrust = async (folder: string): Promise<TestTrust> => {
  const first = async (label: "CERTIFICATE" | "PRIVATE KEY", name: string): Promise<Uint8Array> =>
    readPemOrDer(label, new Uint8Array(await readFile(join(folder, name))))[0]!;
  const stored: Partial<Record<Role, StoredMember>> = {};
  for (const role of ROLES) {
    const names = trustFileNames(role);
    stored[role] = {
      certificate: await first("CERTIFICATE", names.certificate),
      privateKey: await first("PRIVATE KEY", names.key),
    };
  }
  return trustOfMembers(stored as Readonly<Record<Role, StoredMember>>);
};
