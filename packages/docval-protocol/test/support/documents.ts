import {
  type ChipFiles,
  createTrustStore,
  encodeDg15,
  encodeSubjectPublicKeyInfo,
  publicKeyOf,
} from "@org/emrtd-core";
import { nodeCrypto } from "@org/emrtd-core/node";
import {
  type ChipFault,
  type ChipPersonalisation,
  createVirtualChip,
  derivedEcKey,
  derivedRandom,
  HOLDER_PASSWORD,
  issueSecurityObject,
  personalise,
  simulatorAnchors,
  simulatorSigner,
} from "@org/emrtd-core/testing";
import { countingRandom } from "./random.js";

/** Whom the simulator's documents are signed by. */
export const TRUST = createTrustStore(
  simulatorAnchors(nodeCrypto).map((bytes) => ({ type: "certificate", bytes })),
);
export const NOW = new Date("2026-01-01T00:00:00Z");
export const PASSWORD = HOLDER_PASSWORD;

const SHA_256 = "2.16.840.1.101.3.4.2.1";

/** A security object over these groups, by the simulator's signer. */
export const signed = (files: ChipFiles): ChipFiles => {
  const groups = Object.entries(files).filter(([name]) => /^DG\d+$/.test(name));
  const SOD = issueSecurityObject(
    {
      version: 0,
      hashAlgorithm: SHA_256,
      dataGroupHashes: new Map(
        groups.map(([name, bytes]) => [
          Number(name.slice(2)) as 1,
          nodeCrypto.hash("SHA-256", bytes as Uint8Array),
        ]),
      ),
    },
    [simulatorSigner("ecdsa", nodeCrypto)],
    { crypto: nodeCrypto, random: derivedRandom("test documents", nodeCrypto) },
  );
  return { ...files, SOD };
};

const made = (name: Parameters<typeof personalise>[0]) => personalise(name, { crypto: nodeCrypto });

/** Chip authentication and active authentication in one chip. */
const withBoth = (): ChipPersonalisation => {
  const chip = made("ca-aes");
  const dg15 = derivedEcKey("P-256", "both", nodeCrypto);
  const publicKey = encodeSubjectPublicKeyInfo(publicKeyOf(dg15, nodeCrypto));
  return {
    ...chip,
    files: signed({ ...chip.files, DG15: encodeDg15({ publicKey }) }),
    keys: { ...chip.keys, dg15 },
  };
};

/** The files of a document on a chip that has another key for chip authentication. */
const clonedCa = (): ChipPersonalisation => ({
  ...made("ca-aes"),
  keys: { dg14: [{ key: derivedEcKey("brainpoolP256r1", "clone", nodeCrypto) }] },
});

/** DG14 without anything to prove the chip with. */
const withoutCa = (): ChipPersonalisation => made("pace-gm-p256");

/** Made once: to make the keys of a document takes longer than to read it. */
const once = <T>(make: () => T): (() => T) => {
  let made: T | undefined;
  return () => {
    made ??= make();
    return made;
  };
};

export const DOCUMENTS = {
  /** Basic access control, active authentication with RSA, no DG14. */
  bac: once(() => made("bac-rsa")),
  pace: once(() => made("pace-gm-brainpool")),
  "ca-aes": once(() => made("ca-aes")),
  "ca-3des": once(() => made("ca-3des")),
  aa: once(() => made("bac-ecdsa")),
  both: once(withBoth),
  "ca-absent": once(withoutCa),
  "td1-id-card": once(() => made("td1-id-card")),
  tampered: once(() => made("tampered")),
  cloned: once(() => made("cloned")),
  "cloned-ca": once(clonedCa),
} as const satisfies Record<string, () => ChipPersonalisation>;
export type DocumentName = keyof typeof DOCUMENTS;

/** A chip in the field, and all that passed its antenna. */
export interface TestChip {
  readonly transceive: (command: Uint8Array) => Promise<Uint8Array>;
  readonly personalisation: ChipPersonalisation;
  readonly commands: Uint8Array[];
  readonly answers: Uint8Array[];
}

export const chipOf = (
  document: DocumentName | ChipPersonalisation,
  options: { readonly faults?: readonly ChipFault[]; readonly seed?: number } = {},
): TestChip => {
  const personalisation = typeof document === "string" ? DOCUMENTS[document]() : document;
  const chip = createVirtualChip(personalisation, {
    random: countingRandom(options.seed ?? 7),
    crypto: nodeCrypto,
    ...(options.faults ? { faults: options.faults } : {}),
  });
  const commands: Uint8Array[] = [];
  const answers: Uint8Array[] = [];
  return {
    personalisation,
    commands,
    answers,
    async transceive(command) {
      commands.push(command);
      const answer = chip.receive(command);
      answers.push(answer);
      return answer;
    },
  };
};
