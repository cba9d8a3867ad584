import type { AttendanceRow } from "../../store.js";

/** Record numbers that are missing between two that came. */
export interface SequenceGap {
  readonly after: number;
  readonly before: number;
}

/** What the record numbers of an upload say. */
export interface Progress {
  /** Highest number from now on; absent when nothing changed. */
  readonly sequence?: number;
  readonly gaps: readonly SequenceGap[];
  /** Period that the missing records lie in, by the terminal's clock. */
  readonly gapTimes: readonly [startTime: string, endTime: string];
}

const DAY = 24 * 60 * 60 * 1000;
const NO_TIMES = ["", ""] as const;

/**
 * Follows the record numbers of a terminal. They count up, and start again when its log is cleared;
 * a fresh record with a low number is a new start, an old one is a record sent again.
 *
 * @param last highest number so far.
 */
export const sequenceProgress = (
  rows: readonly AttendanceRow[],
  last: number | undefined,
  now: number,
): Progress => {
  const numbered = rows
    .flatMap((row) => (row.sequence === null ? [] : [{ ...row, sequence: row.sequence }]))
    .sort((a, b) => a.sequence - b.sequence);
  const lowest = numbered[0];
  const highest = numbered.at(-1);
  if (lowest === undefined || highest === undefined) return { gaps: [], gapTimes: NO_TIMES };
  if (last !== undefined && highest.sequence <= last) {
    const startedAgain = highest.sequence < last && Math.abs(now - highest.utc) < DAY;
    return {
      ...(startedAgain ? { sequence: highest.sequence } : {}),
      gaps: [],
      gapTimes: NO_TIMES,
    };
  }
  const fresh = numbered.filter(({ sequence }) => last === undefined || sequence > last);
  const gaps: SequenceGap[] = [];
  const times: string[] = [];
  let previous = last;
  let previousTime = `${fresh[0]!.time.slice(0, 10)} 00:00:00`;
  for (const row of fresh) {
    if (previous !== undefined && row.sequence > previous + 1) {
      gaps.push({ after: previous, before: row.sequence });
      times.push(previousTime, row.time);
    }
    previous = row.sequence;
    previousTime = row.time;
  }
  times.sort();
  return {
    sequence: highest.sequence,
    gaps,
    gapTimes: gaps.length === 0 ? NO_TIMES : [times[0]!, times.at(-1)!],
  };
};
