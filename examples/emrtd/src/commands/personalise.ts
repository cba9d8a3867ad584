import { join } from "node:path";
import { command, writeWholeFile } from "@org/command";
import { encodePrivateKey } from "@org/emrtd-core";
import { nodeCrypto } from "@org/emrtd-core/node";
import { personalise as makeChip, PROFILES, simulatorAnchors } from "@org/emrtd-core/testing";
import { checkProfile, DEFAULT_PROFILE } from "../chips/simulator.js";
import { writeChipFiles } from "../folder.js";

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
${Object.entries(PROFILES)
  .map(([name, { meaning }]) => `  ${name.padEnd(14)} ${meaning}`)
  .join("\n")}

Every key is a test key that everybody has. The trust anchors are written to DIR/csca.

  emrtd personalise --profile bac-ecdsa --out specimen
  emrtd verify --dir specimen --csca specimen/csca`,
  async run({ flags, output }) {
    const { files, keys } = makeChip(checkProfile(flags.profile), { crypto: nodeCrypto });
    const written = await writeChipFiles(flags.out, files);
    if (keys.dg15) {
      await writeWholeFile(join(flags.out, "DG15_sk.pkcs8"), encodePrivateKey(keys.dg15), 0o600);
      written.push("DG15_sk.pkcs8");
    }
    for (const [index, anchor] of simulatorAnchors(nodeCrypto).entries()) {
      const name = join("csca", `utopia-${index + 1}.cer`);
      await writeWholeFile(join(flags.out, name), anchor);
      written.push(name);
    }
    output.result({ profile: flags.profile, files: written }, written.join("\n"));
  },
});
