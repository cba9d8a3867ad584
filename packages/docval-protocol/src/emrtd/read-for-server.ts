import {
  createDocumentReader,
  type DataGroupName,
  DEFAULT_READ_PLAN,
  type DocumentReader,
  decodeAtrInfo,
  EmrtdError,
  type FileName,
  type Password,
  type Protocol,
  type ReadProgress,
} from "@org/emrtd-core";
import type { ApduLimits, ChipCommand, Conversation } from "../chip/conversation.js";
import type { ReadOutcome, ReadRequest, ReadStep } from "../chip/server-chip.js";
import { DocvalError } from "../errors.js";
import type { AccessKey } from "../messages/v1/access-key.js";
import type { StatusValue } from "../messages/v1/status.js";
import { commandRoom, readRoom, relayed } from "./apdu-room.js";
import { type ChipTools, rungs } from "./authenticate-chip.js";
import { docvalFiles } from "./file-names.js";
import type { EmrtdProof } from "./proof.js";

/** Data groups in the order of their status messages; those after the chip's keys come last. */
const KEYS_OF_THE_CHIP = ["DG14", "DG15"] as const;
const CONTENT = ["DG1", "DG2", "DG7", "DG11", "DG12"] as const satisfies readonly DataGroupName[];

/** The status that announces the reading of a file; the others are read under an earlier one. */
const STATUS_OF_FILE: { readonly [name in FileName]?: StatusValue } = {
  SOD: "READ_SOD",
  DG14: "READ_DG14",
  DG15: "READ_DG15",
  DG1: "READ_DG1",
  DG2: "READ_DG2",
  DG7: "READ_DG7",
  DG11: "READ_DG11",
  DG12: "READ_DG12",
};

type Outcome = ReadOutcome<EmrtdProof>;

/**
 * Reads a document for a server of version 1, through whatever carries bytes, within its limits. Each
 * status leaves before the first command of its step.
 */
export function* readForServer(
  { accessKey, limits }: ReadRequest,
  tools: ChipTools,
): Conversation<ReadStep, Outcome> {
  const announced: StatusValue[] = [];
  const said = new Set<StatusValue>();
  const announce = (status: StatusValue | undefined) => {
    if (status === undefined || said.has(status)) return;
    said.add(status);
    announced.push(status);
  };
  try {
    const room = commandRoom(limits);
    const reading = readAll(passwordsOf(accessKey), limits, room, tools, announce);
    return yield* announcing(relayed(reading, limits), announced);
  } catch (cause) {
    if (cause instanceof EmrtdError || cause instanceof DocvalError) return failureOf(cause);
    throw cause;
  }
}

/** Puts what was announced before the command that follows it. */
function* announcing(
  conversation: Conversation<ChipCommand, Outcome>,
  announced: StatusValue[],
): Conversation<ReadStep, Outcome> {
  let next = conversation.next(new Uint8Array());
  while (!next.done) {
    for (const status of announced.splice(0)) yield { type: "status", status };
    next = conversation.next(yield next.value);
  }
  return next.value;
}

function* readAll(
  passwords: readonly Password[],
  limits: ApduLimits,
  commandRoom: number,
  tools: ChipTools,
  announce: (status: StatusValue | undefined) => void,
): Protocol<Outcome> {
  announce("READ_ATR_INFO");
  const beforeAccess = createDocumentReader([], tools);
  yield* beforeAccess.step({ step: "read", file: "ATR/INFO", when: "always" });

  const onProgress = (event: ReadProgress) => {
    if (event.event === "reading") announce(STATUS_OF_FILE[event.file]);
    if (event.event === "chip-authentication") announce("CHIP_AUTHENTICATION");
    if (event.event === "active-authentication") announce("ACTIVE_AUTHENTICATION");
  };
  const reader = createDocumentReader(passwords, {
    ...tools,
    plan: { ...DEFAULT_READ_PLAN, le: lengthsFor(limits, beforeAccess.files["ATR/INFO"]) },
    commandRoom,
    onProgress,
  });
  announce("ACCESS_CONTROL");
  yield* read(reader, "CardAccess");
  yield* reader.step({ step: "access" });
  yield* reader.step({ step: "read", file: "CardSecurity", when: "after-pace" });
  yield* read(reader, "SOD");
  if (!reader.files.SOD) return fileError(reader, "SOD");
  for (const group of KEYS_OF_THE_CHIP) {
    yield* read(reader, group, "listed");
    if (hasFailed(reader, group)) return fileError(reader, group);
    yield* reader.step({
      step: group === "DG14" ? "chip-authentication" : "active-authentication",
    });
  }
  for (const group of CONTENT) {
    yield* read(reader, group, group === "DG1" ? "always" : "listed");
    if (hasFailed(reader, group)) return fileError(reader, group);
  }
  const { files, evidence } = reader.reading();
  if (!files.DG1) return fileError(reader, "DG1");
  const cardSecurity = files.CardSecurity ? { CardSecurity: files.CardSecurity } : {};
  return {
    outcome: "read",
    files: docvalFiles(files),
    proofs: [{ evidence, files: cardSecurity }],
  };
}

const read = (
  reader: DocumentReader,
  file: FileName,
  when: "always" | "listed" = "always",
): Protocol<void> => reader.step({ step: "read", file, when });

const hasFailed = (reader: DocumentReader, file: FileName): boolean =>
  reader.reading().outcomes[file] === "failed";

const fileError = (reader: DocumentReader, file: FileName): Outcome => ({
  outcome: "failed",
  reason: "FILE_READ_ERROR",
  cause: reader.reading().fileErrors[file],
});

/**
 * How much to ask for at once: as much as the way and the chip carry. Without a word of either on what
 * extended length they take, the short form.
 */
const lengthsFor = (limits: ApduLimits, atrInfo: Uint8Array | undefined): number[] => {
  const stated = atrInfo && extendedLengthOf(atrInfo);
  const response = Math.min(
    limits.response ?? Number.POSITIVE_INFINITY,
    stated ?? Number.POSITIVE_INFINITY,
  );
  const extendedLength = limits.extendedLength && response !== Number.POSITIVE_INFINITY;
  return rungs(
    readRoom({
      ...limits,
      extendedLength,
      ...(response === Number.POSITIVE_INFINITY ? {} : { response }),
    }),
  );
};

/** Bytes of the longest answer that EF.ATR/INFO states. */
const extendedLengthOf = (bytes: Uint8Array): number | undefined => {
  try {
    return decodeAtrInfo(bytes).extendedLength?.response;
  } catch (error) {
    if (error instanceof EmrtdError) return undefined;
    throw error;
  }
};

/** The card access number first: PACE is tried with the first, basic access control with the other. */
const passwordsOf = (key: AccessKey): Password[] => {
  const { can, document_number, date_of_birth, date_of_expiry } = key;
  const zone =
    document_number !== undefined && date_of_birth !== undefined && date_of_expiry !== undefined
      ? [
          {
            documentNumber: document_number,
            dateOfBirth: date_of_birth,
            dateOfExpiry: date_of_expiry,
          },
        ]
      : [];
  return [...(can === undefined ? [] : [{ can }]), ...zone];
};

/** A key that the chip refuses is told from a chip that is gone. */
const failureOf = (cause: EmrtdError | DocvalError): Outcome => {
  const { code } = cause;
  const reason =
    code === "PASSWORD_INVALID"
      ? "INVALID_ACCESS_KEY_VALUES"
      : code.startsWith("ACCESS_")
        ? "ACCESS_CONTROL_FAILED"
        : "EMRTD_PASSPORT_READER_ERROR";
  return { outcome: "failed", reason, cause };
};
