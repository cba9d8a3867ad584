import { EmrtdError } from "../errors.js";
import type { CommandApdu } from "../iso7816/command-apdu.js";
import {
  ODD_READ_FROM,
  oddReadOverhead,
  readBinary,
  readBinaryContent,
} from "../iso7816/read-binary.js";
import type { ResponseApdu } from "../iso7816/response-apdu.js";
import { selectFile } from "../iso7816/select.js";
import { statusError } from "../iso7816/status-word.js";
import type { FileEntry } from "../lds/files.js";
import type { Protocol } from "../protocol.js";
import { declaredLength, HEADER_LENGTH } from "./file-header.js";
import type { FileProgress } from "./file-progress.js";
import type { LeLadder } from "./le-ladder.js";

export interface ReadFileOptions {
  readonly ladder: LeLadder;
  readonly maxFileSize: number;
  /** Selects the file by reading it, where that works. */
  readonly byShortIdentifier?: boolean;
  readonly onProgress: (progress: FileProgress) => void;
}

/** `read`: the progress holds the whole file. Else the chip's own answer, and it is final. */
export type ReadFileResult = "read" | "absent" | "refused";

/** Answers to SELECT that say the file is not there; any other refusal is that it is not for us. */
const ABSENT: readonly number[] = [0x6a82, 0x6a83, 0x6a88];

/** Refusals of READ BINARY that are about us, not about the bytes asked for. */
const REFUSED: readonly number[] = [0x6982, 0x6985, 0x6986, 0x6983, 0x6a81, 0x6d00];

/** A chip may give a little at a time so often, and no more. */
const MAX_SCANT_ANSWERS = 16;
const SCANT = 16;

/**
 * Reads one file under the current directory, from where its progress stands: SELECT, the header, then
 * as many bytes as the header declares (Doc 9303-10, 3.6).
 *
 * @throws EmrtdError `FILE_INVALID`, `FILE_TRUNCATED`, or `APDU_STATUS` for a refusal in the middle.
 */
export function* readFile(
  file: FileEntry,
  progress: FileProgress,
  options: ReadFileOptions,
): Protocol<ReadFileResult> {
  if (!(options.byShortIdentifier && (yield* selectByReading(file, progress)))) {
    const { statusWord } = yield selectFile(file);
    if (statusWord !== 0x9000) return ABSENT.includes(statusWord) ? "absent" : "refused";
  }
  let scant = 0;
  while (!isComplete(file, progress, options.maxFileSize)) {
    const wanted = bytesToAsk(progress, options.ladder.current);
    progress.wanted = wanted;
    const command = readBinary(progress.read, wanted);
    const answer = yield command;
    if (progress.read === 0 && REFUSED.includes(answer.statusWord)) return "refused";
    const content = contentOf(command, answer, wanted, progress);
    if (content.length > 0) {
      progress.append(content);
      options.onProgress(progress);
      if (content.length < Math.min(wanted, SCANT)) scant++;
    } else if (endsHere(file, answer, progress)) {
      progress.length = progress.read;
    } else if (!options.ladder.below(wanted)) {
      throw truncated(progress, answer.statusWord);
    }
    if (scant > MAX_SCANT_ANSWERS) throw truncated(progress, answer.statusWord);
  }
  return "read";
}

/**
 * READ BINARY by short identifier: the header, and the file is the current one from then on (Doc 9303-10,
 * table 5). Whatever else comes of it is for SELECT to say.
 */
function* selectByReading(file: FileEntry, progress: FileProgress): Protocol<boolean> {
  if (progress.read > 0 || file.tag === undefined) return false;
  const p1 = 0x80 | file.shortFileId;
  const { data, statusWord } = yield { cla: 0, ins: 0xb0, p1, p2: 0, le: HEADER_LENGTH };
  if (statusWord !== 0x9000 || data[0] !== file.tag || data.length > HEADER_LENGTH) return false;
  progress.append(data);
  return true;
}

/** Whether all is there; finds the length out as soon as the header is. */
const isComplete = (file: FileEntry, progress: FileProgress, maxFileSize: number): boolean => {
  if (progress.length === undefined && file.tag !== undefined) {
    progress.length = declaredLength(progress.bytes(), file.tag, progress.name, maxFileSize);
  }
  if (progress.length === undefined && progress.read >= maxFileSize) {
    throw new EmrtdError("FILE_INVALID", `expected at most ${maxFileSize} bytes in ${file.name}`, {
      path: file.name,
    });
  }
  return progress.length !== undefined && progress.read >= progress.length;
};

/** The header first; then whatever a rung of the ladder allows, never across the odd instruction's border. */
const bytesToAsk = ({ read, length, hasHeader }: FileProgress, rung: number): number => {
  if (length === undefined && hasHeader) {
    return Math.min(rung, read < HEADER_LENGTH ? HEADER_LENGTH - read : 1);
  }
  const left = length === undefined ? rung : Math.min(rung, length - read);
  return read < ODD_READ_FROM
    ? Math.min(left, ODD_READ_FROM - read)
    : Math.max(1, Math.min(left, rung - oddReadOverhead(rung)));
};

/** The bytes of an answer; none where the chip could not serve so many. */
const contentOf = (
  command: CommandApdu,
  { data, statusWord }: ResponseApdu,
  wanted: number,
  { name, length, read }: FileProgress,
): Uint8Array => {
  if (statusWord === 0x9000 || statusWord === 0x6282) {
    const content = readBinaryContent(command, data);
    if (content.length > wanted) {
      throw new EmrtdError(
        "FILE_INVALID",
        `expected at most ${wanted} bytes at offset ${read} of ${name}, found ${content.length}`,
        { path: name, offset: read },
      );
    }
    return content.subarray(0, (length ?? Number.POSITIVE_INFINITY) - read);
  }
  if (isAboutLength(statusWord)) return new Uint8Array(0);
  throw statusError(statusWord, `READ BINARY of ${name}`);
};

/**
 * Whether a status word says that so many bytes cannot be served: wrong length, end of file, an offset
 * outside, another Le, no diagnosis. Chips use each of them for the same thing.
 */
export const isAboutLength = (statusWord: number): boolean =>
  [0x6700, 0x6282, 0x6b00, 0x6f00, 0x6a86, 0x6a87].includes(statusWord) || statusWord >> 8 === 0x6c;

/** A file without a header of its own (EF.ATR/INFO, EF.DIR) ends where the chip has no more. */
const endsHere = (file: FileEntry, { statusWord }: ResponseApdu, progress: FileProgress): boolean =>
  file.tag === undefined && progress.read > 0 && [0x9000, 0x6282, 0x6b00].includes(statusWord);

const truncated = ({ name, read, length }: FileProgress, statusWord: number): EmrtdError =>
  new EmrtdError(
    "FILE_TRUNCATED",
    `expected ${length ?? "more"} bytes of ${name}, found no more than ${read}`,
    { path: name, offset: read, statusWord },
  );
