import { randomBytes } from "node:crypto";
import { stat } from "node:fs/promises";
import { join } from "node:path";
import { CommandError, command, table, writeWholeFile } from "@org/command";
import { generateTrust, trustFiles } from "@org/mosip-mds-types/testing";

/** What each pair of files is for. */
const MEANINGS: Readonly<Record<string, string>> = {
  "adopter-root": "the country's root; clients trust it",
  provider: "device provider, below the root: signs devices and their registration",
  device: "key of devices for authentication",
  "registration-device": "key of devices for registration",
  "trust-module-root": "root of the trust module's maker; clients trust it for digital ids",
  "trust-module": "key inside a device of level L1: signs digital ids",
  partner: "whoever may open captures for authentication",
  server: "device server",
};

export const mdsKeys = command({
  name: "mds-keys",
  summary:
    "Makes keys and certificates of a trust module, a device provider, its devices and their servers",
  flags: {
    out: { type: "text", value: "DIR", required: true, help: "folder to write them into" },
  },
  details: `
Two files each, NAME.pem and NAME.key.pem (for its owner alone):
${table(Object.entries(MEANINGS).map(([name, meaning]) => [`  ${name}`, meaning]))}

  pnpm mds-device --keys DIR
  pnpm mds-client capture --trust DIR --decrypt-key DIR/partner.key.pem`,
  async run({ flags: { out }, output }) {
    output.progress("making eight keys of 2048 bits");
    const files = trustFiles(await generateTrust((length) => new Uint8Array(randomBytes(length))));
    for (const { name } of files) await refuseExisting(join(out, name));
    for (const { name, text, secret } of files) {
      await writeWholeFile(join(out, name), text, secret ? 0o600 : 0o644);
    }
    const written = files.map(({ name }) => join(out, name));
    output.result({ files: written }, written.join("\n"));
  },
});

/** Keys that somebody may use are not written over. */
const refuseExisting = async (path: string): Promise<void> => {
  const exists = await stat(path).then(
    () => true,
    () => false,
  );
  if (exists) throw new CommandError("FILE_EXISTS", `expected no file of that name, found ${path}`);
};
