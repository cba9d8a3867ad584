import { randomBytes } from "node:crypto";
import {
  type ChipFiles,
  createTrustStore,
  decodeDg2,
  decodeFaceRecord,
  encodeDg2,
  encodeFaceRecord,
} from "@org/emrtd-core";
import { nodeCrypto } from "@org/emrtd-core/node";
import {
  type ChipPersonalisation,
  derivedRandom,
  issueSecurityObject,
  personalise,
  simulatorAnchors,
  simulatorSigner,
} from "@org/emrtd-core/testing";

export const random = (length: number): Uint8Array => new Uint8Array(randomBytes(length));

export const TRUST = createTrustStore(
  simulatorAnchors(nodeCrypto).map((bytes) => ({ type: "certificate", bytes })),
  { crypto: nodeCrypto },
);

const SHA_256 = "2.16.840.1.101.3.4.2.1";

/** The profile `ca-aes` with a portrait of so many bytes, as real documents have them, signed anew. */
export const documentWithPortrait = (bytes: number): ChipPersonalisation => {
  const document = personalise("ca-aes", { crypto: nodeCrypto });
  const { templates } = decodeDg2(document.files.DG2!);
  const [template] = templates;
  const grown = { ...template!, data: longer(template!.data, bytes) };
  const { SOD: _, ...files } = { ...document.files, DG2: encodeDg2({ templates: [grown] }) };
  return { ...document, files: signed(files) };
};

/** A facial record whose portrait is so long; what follows the end of a JPEG is not looked at. */
const longer = (record: Uint8Array, bytes: number): Uint8Array => {
  const [face] = decodeFaceRecord(record).images;
  const image = new Uint8Array(bytes);
  image.set(face!.image.subarray(0, bytes));
  return encodeFaceRecord({ images: [{ ...face!, image }] });
};

const signed = (files: ChipFiles): ChipFiles => {
  const groups = Object.entries(files).filter(([name]) => /^DG\d+$/.test(name));
  const SOD = issueSecurityObject(
    {
      version: 0,
      hashAlgorithm: SHA_256,
      dataGroupHashes: new Map(
        groups.map(([name, file]) => [
          Number(name.slice(2)) as 1,
          nodeCrypto.hash("SHA-256", file as Uint8Array),
        ]),
      ),
    },
    [simulatorSigner("ecdsa", nodeCrypto)],
    { crypto: nodeCrypto, random: derivedRandom("bench", nodeCrypto) },
  );
  return { ...files, SOD };
};
