import type { Password } from "../access/password.js";
import type { Terminal } from "../authentication/create-terminal.js";
import type { ChipEvidence, FileOutcome } from "../authentication/evidence.js";
import type { CryptoProvider, RandomBytes } from "../crypto/provider.js";
import { EmrtdError } from "../errors.js";
import { chained } from "../iso7816/command-chaining.js";
import { protectedBy } from "../iso7816/protected-by.js";
import { withWholeAnswers } from "../iso7816/response-chaining.js";
import type { FileEntry, FileName } from "../lds/files.js";
import type { Protocol } from "../protocol.js";
import { enterApplication, enterMasterFile } from "./directories.js";
import type { DocumentReading, PartialFile, ReadProgress } from "./document-reading.js";
import type { FileProgress } from "./file-progress.js";
import type { LeLadder } from "./le-ladder.js";
import { type AccessPolicy, type OpenedChip, openChip } from "./open-chip.js";
import type { ReadPlan } from "./read-plan.js";
import { fitLadder } from "./stated-capabilities.js";

/** A reading on its way: what it was asked for, and what it has. */
export interface ReadingState {
  readonly passwords: readonly Password[];
  readonly random: RandomBytes;
  readonly crypto: CryptoProvider;
  readonly policy: AccessPolicy;
  /** What the terminal shows chips that guard fingerprints and irises, where it has something. */
  readonly terminal: Terminal | undefined;
  readonly maxFileSize: number;
  /** Most data bytes of a command inside a session. */
  readonly commandRoom: number;
  readonly shortIdentifiers: ReadPlan["shortIdentifiers"];
  readonly ladder: LeLadder;
  readonly report: (event: ReadProgress) => void;
  readonly files: { [name in FileName]?: Uint8Array };
  readonly outcomes: { [name in FileName]?: FileOutcome };
  readonly fileErrors: { [name in FileName]?: EmrtdError };
  /** Evidence but for how the chip was opened. */
  readonly proofs: ChipEvidence[];
  /** The beginning of a file, from an earlier reading. */
  readonly begun: PartialFile | null;
  opened: OpenedChip | undefined;
  /** The current directory, as far as we know it. */
  place: FileEntry["place"] | undefined;
  /** The file that is being read. */
  inHand: FileProgress | undefined;
  reopenings: number;
}

/** Opens the chip, or opens it again after it ended the session. */
export function* open(state: ReadingState): Protocol<void> {
  if (state.opened && state.passwords.length === 0) {
    throw new EmrtdError(
      "SM_SESSION_ENDED",
      "expected a password to open the chip again, found none",
    );
  }
  const opened = yield* openChip(state.passwords, {
    ...state,
    ...(state.terminal ? { authorization: state.terminal.authorization } : {}),
    cardAccess: state.files.CardAccess,
  });
  state.opened = opened;
  state.place = opened.place;
  fitLadder(state);
  keepMappingProof(state, opened);
  state.report({ event: "opened", access: opened.access });
}

/** Chip authentication mapping proves the chip while it is opened; the last opening counts. */
const keepMappingProof = ({ proofs }: ReadingState, { pace }: OpenedChip): void => {
  const { protocol, parameterId, transcript } = pace ?? {};
  if (protocol?.mapping !== "CAM" || parameterId === undefined || !transcript) return;
  const kind = "chip-authentication-mapping";
  const earlier = proofs.findIndex((proof) => proof.protocol === kind);
  if (earlier >= 0) proofs.splice(earlier, 1);
  proofs.push({ protocol: kind, oid: protocol.oid, parameterId, transcript });
};

/** A conversation as the chip wants it now: inside the session, where there is one. */
export const through = <Result>(
  { opened, commandRoom }: ReadingState,
  protocol: Protocol<Result>,
): Protocol<Result> =>
  opened?.channel
    ? protectedBy(opened.channel, chained(protocol, commandRoom))
    : withWholeAnswers(protocol);

/** Makes the directory of a file the current one, where it is not so already. */
export function* enter(state: ReadingState, file: FileEntry): Protocol<void> {
  if (state.place === file.place) return;
  yield* through(state, file.place === "application" ? enterApplication() : enterMasterFile(file));
  state.place = file.place;
}

/** The reading as it is handed out. */
export const readingOf = (
  state: ReadingState,
  opened: OpenedChip,
  failure: EmrtdError | null,
): DocumentReading => {
  const { files, fileErrors, inHand } = state;
  const { access, mrzInformation } = opened;
  const outcomes = { ...state.outcomes, ...(inHand ? { [inHand.name]: "failed" as const } : {}) };
  return {
    files,
    outcomes,
    fileErrors,
    access,
    evidence: [
      {
        protocol: "access-control",
        access,
        ...(mrzInformation === undefined ? {} : { mrzInformation }),
        outcomes,
      },
      ...state.proofs,
    ],
    failure,
    partial: inHand && inHand.read > 0 ? { file: inHand.name, bytes: inHand.bytes() } : null,
  };
};
