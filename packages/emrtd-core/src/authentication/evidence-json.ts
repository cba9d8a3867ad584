import { fromHex, toHex } from "../bytes.js";
import { EmrtdError } from "../errors.js";
import { FILES } from "../lds/files.js";
import type { AccessFacts } from "../verification/report.js";
import type {
  AccessEvidence,
  ChipEvidence,
  FileOutcome,
  TerminalAuthenticationEvidence,
} from "./evidence.js";

/** Characters of one text at most: evidence is a few kilobytes. */
const MAX_CHARACTERS = 1_048_576;
const MAX_ITEMS = 32;

/**
 * Evidence as JSON text, to be judged on another machine: byte strings as hexadecimal digits under `hex`.
 * It holds the terminal's ephemeral keys and what opened the chip: keep it as you keep the document.
 */
export const encodeEvidence = (evidence: readonly ChipEvidence[]): string =>
  JSON.stringify(evidence, (_, value: unknown) =>
    value instanceof Uint8Array ? { hex: toHex(value) } : value,
  );

/**
 * Reads evidence. Its shape is checked here, its truth by `verifyDocument` and `replayEvidence`.
 *
 * @throws EmrtdError `EVIDENCE_INVALID` naming the place.
 */
export const decodeEvidence = (text: string): ChipEvidence[] => {
  if (text.length > MAX_CHARACTERS) throw invalid(`at most ${MAX_CHARACTERS} characters`, "$");
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw invalid("JSON", "$", cause);
  }
  if (!Array.isArray(value) || value.length > MAX_ITEMS) {
    throw invalid(`a list of at most ${MAX_ITEMS} items`, "$");
  }
  return value.map((item, index) => readItem(item, `$[${index}]`));
};

type Fields = Readonly<Record<string, unknown>>;

const readItem = (value: unknown, path: string): ChipEvidence => {
  const item = readObject(value, path);
  const { protocol } = item;
  switch (protocol) {
    case "access-control":
      return {
        protocol,
        access: readAccess(item["access"], `${path}.access`),
        ...(item["mrzInformation"] === undefined
          ? {}
          : { mrzInformation: readText(item["mrzInformation"], `${path}.mrzInformation`) }),
        outcomes: readOutcomes(item["outcomes"], `${path}.outcomes`),
      };
    case "active-authentication":
      return {
        protocol,
        challenge: readBytes(item["challenge"], `${path}.challenge`),
        signature: readBytes(item["signature"], `${path}.signature`),
        statusWord: readNumber(item["statusWord"], `${path}.statusWord`),
      };
    case "chip-authentication":
      return {
        protocol,
        oid: readText(item["oid"], `${path}.oid`),
        ...(item["keyId"] === undefined
          ? {}
          : { keyId: readNumber(item["keyId"], `${path}.keyId`) }),
        privateKey: readBytes(item["privateKey"], `${path}.privateKey`),
        statusWord: readNumber(item["statusWord"], `${path}.statusWord`),
        answer: readBytes(item["answer"], `${path}.answer`),
      };
    case "chip-authentication-mapping":
      return {
        protocol,
        oid: readText(item["oid"], `${path}.oid`),
        parameterId: readNumber(item["parameterId"], `${path}.parameterId`),
        transcript: readTranscript(item["transcript"], `${path}.transcript`),
      };
    case "terminal-authentication":
      return {
        protocol,
        authorityReferences: readList(item, "authorityReferences", path, readText),
        step: oneOf(TERMINAL_STEPS, item["step"], `${path}.step`),
        statusWord: readNumber(item["statusWord"], `${path}.statusWord`),
        certificates: readList(item, "certificates", path, readBytes),
        chipIdentifier: readBytes(item["chipIdentifier"], `${path}.chipIdentifier`),
        terminalKey: readBytes(item["terminalKey"], `${path}.terminalKey`),
        challenge: readBytes(item["challenge"], `${path}.challenge`),
        signature: readBytes(item["signature"], `${path}.signature`),
      };
    default:
      throw invalid("a protocol that leaves evidence", `${path}.protocol`);
  }
};

const PROTOCOLS = ["pace", "bac", "none"] as const satisfies readonly AccessFacts["protocol"][];
const VARIANTS = ["ecdh-gm", "dh-gm", "ecdh-im", "dh-im", "ecdh-cam"] as const;
const OUTCOMES = ["read", "absent", "refused", "failed"] as const satisfies readonly FileOutcome[];

const TERMINAL_STEPS = [
  "no-bound-key",
  "no-chain",
  "select-verification-key",
  "verify-certificate",
  "select-authentication-key",
  "get-challenge",
  "external-authenticate",
] as const satisfies readonly TerminalAuthenticationEvidence["step"][];

const readAccess = (value: unknown, path: string): AccessFacts => {
  const fields = readObject(value, path);
  const { downgraded } = fields;
  if (typeof downgraded !== "boolean") throw invalid("true or false", `${path}.downgraded`);
  const optional = (name: string) =>
    fields[name] === null ? null : readText(fields[name], `${path}.${name}`);
  return {
    protocol: oneOf(PROTOCOLS, fields["protocol"], `${path}.protocol`),
    variant:
      fields["variant"] === null ? null : oneOf(VARIANTS, fields["variant"], `${path}.variant`),
    cipher: optional("cipher"),
    domainParameters: optional("domainParameters"),
    downgraded,
  };
};

const readOutcomes = (value: unknown, path: string): AccessEvidence["outcomes"] =>
  Object.fromEntries(
    Object.entries(readObject(value, path)).map(([name, outcome]) => {
      if (!FILES.some((file) => file.name === name)) throw invalid("names of files", path);
      return [name, oneOf(OUTCOMES, outcome, `${path}.${name}`)];
    }),
  );

const oneOf = <T extends string>(known: readonly T[], value: unknown, path: string): T => {
  const found = known.find((entry) => entry === value);
  if (found === undefined) throw invalid(`one of ${known.join(", ")}`, path);
  return found;
};

const readTranscript = (value: unknown, path: string) => {
  const fields = readObject(value, path);
  const bytes = (from: Fields, name: string) => readBytes(from[name], `${path}.${name}`);
  const mapping = readObject(fields["mapping"], `${path}.mapping`);
  const agreement = readObject(fields["agreement"], `${path}.agreement`);
  return {
    nonce: bytes(fields, "nonce"),
    mapping:
      mapping["type"] === "nonce"
        ? { type: "nonce" as const, second: bytes(mapping, "second") }
        : {
            type: "key-agreement" as const,
            privateKey: bytes(mapping, "privateKey"),
            chipPublicKey: bytes(mapping, "chipPublicKey"),
          },
    agreement: {
      privateKey: bytes(agreement, "privateKey"),
      chipPublicKey: bytes(agreement, "chipPublicKey"),
    },
    chipToken: bytes(fields, "chipToken"),
    ...(fields["encryptedChipAuthenticationData"] === undefined
      ? {}
      : {
          encryptedChipAuthenticationData: bytes(fields, "encryptedChipAuthenticationData"),
        }),
  };
};

const readList = <T>(
  fields: Fields,
  name: string,
  path: string,
  read: (value: unknown, path: string) => T,
): T[] => {
  const list = fields[name];
  if (!Array.isArray(list) || list.length > MAX_ITEMS) {
    throw invalid(`a list of at most ${MAX_ITEMS} items`, `${path}.${name}`);
  }
  return list.map((item, index) => read(item, `${path}.${name}[${index}]`));
};

const readObject = (value: unknown, path: string): Fields => {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw invalid("an object", path);
  }
  return value as Fields;
};

const readBytes = (value: unknown, path: string): Uint8Array => {
  const { hex } = readObject(value, path);
  if (typeof hex !== "string" || !/^(?:[0-9a-f]{2})*$/.test(hex)) {
    throw invalid("bytes as hexadecimal digits", path);
  }
  return fromHex(hex);
};

const readText = (value: unknown, path: string): string => {
  if (typeof value !== "string") throw invalid("a text", path);
  return value;
};

const readNumber = (value: unknown, path: string): number => {
  if (typeof value !== "number" || !Number.isSafeInteger(value) || value < 0) {
    throw invalid("a whole number", path);
  }
  return value;
};

const invalid = (expected: string, path: string, cause?: unknown): EmrtdError =>
  new EmrtdError("EVIDENCE_INVALID", `expected ${expected} at ${path} of the evidence`, {
    path,
    ...(cause === undefined ? {} : { cause }),
  });
