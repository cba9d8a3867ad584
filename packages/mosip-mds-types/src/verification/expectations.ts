import type { BioRequest, CaptureRequest, DataBlock } from "../model/types.js";
import { FINGERS } from "../vocabulary/bio-sub-type.js";
import type { Modality } from "../vocabulary/modality.js";
import { averageScore } from "../vocabulary/quality.js";
import { type Check, failed, notApplicable, passed, undetermined } from "./report.js";

/** What kind of segment a block is; blocks of old registrations say only which finger or eye. */
export const modalityOf = (block: DataBlock): Modality => {
  if (block.modality !== undefined) {
    return block.modality;
  }
  const { subType } = block;
  if (subType === undefined) {
    return "face";
  }
  return subType === "left" || subType === "right" ? "iris" : "finger";
};

/** The kind that an entry of a request asks for. */
export const modalityAsked = ({ wanted }: Pick<BioRequest, "wanted">): Modality =>
  wanted === "iris" || wanted === "face" ? wanted : "finger";

interface Group {
  readonly asked: BioRequest;
  readonly given: readonly DataBlock[];
}

const groups = (request: CaptureRequest, blocks: readonly DataBlock[]): readonly Group[] =>
  (request.bio ?? []).map((asked) => ({
    asked,
    given: blocks.filter((block) => modalityOf(block) === modalityAsked(asked)),
  }));

/** Whether the average of each kind reaches the score that was asked for. */
export const judgeQuality = (
  request: CaptureRequest | undefined,
  blocks: readonly DataBlock[],
): Check => {
  if (request === undefined) {
    return notApplicable("quality", "NOT_ASKED");
  }
  if (blocks.length === 0) {
    return undetermined("quality", "NOT_IN_THIS_ANSWER");
  }
  const detail = groups(request, blocks).map(({ asked, given }) => ({
    modality: modalityAsked(asked),
    asked: asked.requestedScore ?? 0,
    scores: given.map(({ qualityScore }) => qualityScore),
  }));
  const scored = blocks.every(({ qualityScore }) => qualityScore !== undefined);
  if (!scored) {
    return undetermined("quality", "SCORE_MISSING", { groups: detail });
  }
  const low = detail.some(
    ({ asked, scores }) => scores.length > 0 && averageScore(scores as number[]) < asked,
  );
  return low
    ? failed("quality", "SCORE_TOO_LOW", { groups: detail })
    : passed("quality", { groups: detail });
};

/**
 * Whether as much came as was asked for, and nothing else.
 *
 * A count may have been asked for before or after taking the exceptions off: both are met.
 */
export const judgeCount = (
  request: CaptureRequest | undefined,
  blocks: readonly DataBlock[],
): Check => {
  if (request === undefined) {
    return notApplicable("count", "NOT_ASKED");
  }
  const judged = groups(request, blocks);
  const detail = {
    groups: judged.map(({ asked, given }) => ({
      modality: modalityAsked(asked),
      asked: asked.count ?? 1,
      given: given.length,
    })),
  };
  for (const { asked, given } of judged) {
    const most = asked.count ?? 1;
    const least = Math.max(1, most - (asked.exceptions?.length ?? 0));
    if (given.length < least) {
      return failed("count", "FEWER_THAN_ASKED", detail);
    }
    if (given.length > most && !isExceptionPhoto(asked)) {
      return failed("count", "MORE_THAN_ASKED", detail);
    }
    if (!given.every((block) => isAsked(block, asked))) {
      return failed("count", "OTHER_THAN_ASKED", detail);
    }
  }
  const known = judged.flatMap(({ given }) => given).length;
  const positions = blocks.map(({ subType }) => subType).filter((one) => one !== "unknown");
  if (known < blocks.length || repeats(positions)) {
    return failed("count", "OTHER_THAN_ASKED", detail);
  }
  return passed("count", detail);
};

/** With a face, exceptions ask for one more photograph. */
const isExceptionPhoto = (asked: BioRequest): boolean =>
  asked.wanted === "face" && (asked.exceptions?.length ?? 0) > 0;

const isAsked = (block: DataBlock, asked: BioRequest): boolean => {
  const { subType } = block;
  if (subType === undefined || subType === "unknown" || asked.wanted === "face") {
    return true;
  }
  if (asked.exceptions?.some((one) => one === subType)) {
    return false;
  }
  const named = asked.subTypes?.filter((one) => one !== "unknown") ?? [];
  const any = named.length < (asked.subTypes?.length ?? 0) || named.length === 0;
  return any || named.some((one) => one === subType);
};

/** The same finger or eye twice; faces have no position. */
const repeats = (positions: readonly (string | undefined)[]): boolean => {
  const named = positions.filter(
    (one) => one !== undefined && ((FINGERS as readonly string[]).includes(one) || isEye(one)),
  );
  return new Set(named).size < named.length;
};

const isEye = (position: string): boolean => position === "left" || position === "right";
