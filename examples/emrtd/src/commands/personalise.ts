import { join } from "node:path";
import { command, table, writeWholeFile } from "@org/command";
import { decodeCvCertificate, encodePrivateKey } from "@org/emrtd-core";
import { nodeCrypto } from "@org/emrtd-core/node";
import {
  personalise as makeChip,
  PROFILES,
  simulatorAnchors,
  simulatorTerminalAuthority,
} from "@org/emrtd-core/testing";
import { checkProfile, DEFAULT_PROFILE } from "../chips/simulator.js";
import { writeChipFiles } from "../folder.js";
import { testLists } from "../test-lists.js";

export const personalise = command({
  name: "personalise",
  summary: "Writes the files, the keys and the trust anchors of a test document",
  flags: {
    profile: {
      type: "text",
      value: "PROFILE",
      default: DEFAULT_PROFILE,
      help: "what the document is",
    },
    out: { type: "text", value: "DIR", required: true, help: "where to write" },
  },
  details: `
Profiles:
${table(Object.entries(PROFILES).map(([name, { meaning }]) => [`  ${name}`, meaning]))}

Every key is a test key that everybody has. The trust anchors are written to DIR/csca, a master list, revocation
lists and a deviation list to DIR/lists, and what opens fingers and irises to DIR/terminal.

  emrtd personalise --profile bac-ecdsa --out specimen
  emrtd verify --dir specimen --csca specimen/csca --crl specimen/lists/nobody-revoked.crl`,
  async run({ flags, output }) {
    const profile = checkProfile(flags.profile);
    const made = makeChip(profile, { crypto: nodeCrypto });
    const { files, keys, terminal } = made;
    const written = await writeChipFiles(flags.out, files);
    const write = async (name: string, bytes: Uint8Array, mode?: number) => {
      await writeWholeFile(join(flags.out, name), bytes, mode);
      written.push(name);
    };
    const [agreement] = keys.dg14 ?? [];
    if (agreement) await write("DG14_sk.pkcs8", encodePrivateKey(agreement.key), 0o600);
    if (keys.dg15) await write("DG15_sk.pkcs8", encodePrivateKey(keys.dg15), 0o600);
    for (const [index, anchor] of simulatorAnchors(nodeCrypto).entries()) {
      await write(join("csca", `utopia-${index + 1}.cer`), anchor);
    }
    for (const [name, bytes] of Object.entries(testLists(profile))) {
      await write(join("lists", name), bytes);
    }
    if (terminal) {
      await write("CVCA.cvcert", simulatorTerminalAuthority(nodeCrypto));
      for (const bytes of terminal.certificates) {
        const { holderReference } = decodeCvCertificate(bytes);
        await write(join("terminal", `${holderReference}.cvcert`), bytes);
      }
      await write(
        join("terminal", "terminal_sk.pkcs8"),
        encodePrivateKey(terminal.privateKey),
        0o600,
      );
    }
    output.result({ profile: flags.profile, files: written }, written.join("\n"));
  },
});
