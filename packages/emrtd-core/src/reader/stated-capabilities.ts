import { readable } from "../cms/readable.js";
import { APDU_LIMITS } from "../iso7816/command-apdu.js";
import { answerRoom } from "../iso7816/sm-message.js";
import { type AtrInfo, decodeAtrInfo } from "../lds/atr-info.js";
import type { ReadingState } from "./reading-state.js";

type Read = Pick<ReadingState, "files" | "opened" | "ladder">;

/** What EF.ATR/INFO says, where it was read and can be. */
const atrInfoOf = ({ files }: Pick<Read, "files">): AtrInfo | undefined => {
  const { "ATR/INFO": file } = files;
  return file && readable(() => decodeAtrInfo(file));
};

/** Bytes of the status word, which count for the longest answer. */
const STATUS = 2;

/** Asks for no more than answers hold, in the session as it is now. */
export const fitLadder = (state: Read): void => {
  const { channel } = state.opened ?? {};
  const response = atrInfoOf(state)?.extendedLength?.response ?? 0;
  const longest = Math.min(response - STATUS, APDU_LIMITS.extendedLe);
  const stated = channel ? answerRoom(channel.session.cipher, longest) : longest;
  state.ladder.fit(
    channel?.shortAnswerRoom ?? APDU_LIMITS.shortLe,
    longest > APDU_LIMITS.shortLe ? stated : undefined,
  );
};

/** Whether the chip says that it takes short file identifiers. */
export const statesShortIdentifiers = (state: Pick<Read, "files">): boolean =>
  atrInfoOf(state)?.cardCapabilities?.shortFileIdentifiers ?? false;
