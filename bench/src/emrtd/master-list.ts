import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { decodeTlv } from "@org/emrtd-core";
import { nodeCrypto } from "@org/emrtd-core/node";
import { simulatorMasterList } from "@org/emrtd-core/testing";
import type { Contest } from "../harness.js";
import { masterListCertificates } from "../passive-auth/master-list-certificates.js";

const COUNT = 600;

/** The command as a person runs it, from the root of the repository, without what pnpm adds. */
const COMMAND = ["--conditions=@org/source", "--import", "tsx", "examples/emrtd/src/main.ts"];

/** A list as large as the largest, read, verified and shown. What the start of any command costs is not counted. */
export const masterListCommand = (): Contest => {
  const certificates = decodeTlv(masterListCertificates(COUNT))
    .children()
    .map(({ bytes }) => bytes);
  const { list, root } = simulatorMasterList(nodeCrypto, certificates);
  const folder = mkdtempSync(join(tmpdir(), "bench-master-list-"));
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  const [file, rootFile] = [join(folder, "list.ml"), join(folder, "root.cer")];
  writeFileSync(file, list);
  writeFileSync(rootFile, root);
  const emrtd = (...words: readonly string[]): string =>
    execFileSync(process.execPath, [...COMMAND, ...words], {
      encoding: "utf8",
      maxBuffer: 16 * 1024 * 1024,
    });
  return {
    title: `a master list of ${COUNT} certificates on the command line`,
    baseline: "emrtd --help",
    contestants: {
      "emrtd --help": () => emrtd("--help"),
      "emrtd master-list": () => {
        const answer = JSON.parse(emrtd("master-list", file, "--root", rootFile, "--json"));
        if (answer.trusted !== true || answer.certificates !== COUNT) {
          throw new Error("expected the whole list, trusted");
        }
        return answer;
      },
    },
    budgets: [{ contestant: "emrtd master-list", atMostMsBeyond: 500 }],
  };
};
