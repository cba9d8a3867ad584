import { CommandError } from "@org/command";
import { decodePrivateKey } from "@org/emrtd-core";
import { nodeCrypto } from "@org/emrtd-core/node";
import {
  type ChipPersonalisation,
  createVirtualChip,
  personaliseFromFiles,
  transceiveWith,
} from "@org/emrtd-core/testing";
import { readChipFolder } from "../folder.js";
import { platformRandom } from "../random.js";
import type { OpenChip } from "./index.js";

/** Makes a chip of the files and private keys of a folder. */
export const personaliseFolder = async (folder: string): Promise<ChipPersonalisation> => {
  const { files, keys, terminalAuthority } = await readChipFolder(folder);
  return personaliseFromFiles(files, {
    keys: {
      ...(keys.DG14 === undefined ? {} : { dg14: [{ key: agreementKey(keys.DG14) }] }),
      ...(keys.DG15 === undefined ? {} : { dg15: decodePrivateKey(keys.DG15) }),
    },
    ...(terminalAuthority ? { terminalAuthority } : {}),
    crypto: nodeCrypto,
  });
};

/** A virtual chip made of the files of a folder; it is opened with the key of its own DG1. */
export const openFolderChip = async (folder: string): Promise<OpenChip> => {
  if (folder === "")
    throw new CommandError("USAGE", "expected dir:DIR for --chip, found no folder");
  const chip = createVirtualChip(await personaliseFolder(folder), {
    crypto: nodeCrypto,
    random: platformRandom,
  });
  return {
    label: `a chip made of ${folder}`,
    transceive: transceiveWith(chip),
    random: platformRandom,
    close: async () => {},
  };
};

const agreementKey = (bytes: Uint8Array) => {
  const key = decodePrivateKey(bytes);
  if (key.type !== "RSA") return key;
  throw new CommandError("KEY_UNUSABLE", "expected an EC or DH key for DG14, found an RSA key");
};
