import { CommandError, EXIT, startTimeLimit } from "@org/command";

/**
 * Waits for something at most so long.
 *
 * @throws CommandError `NO_CHIP`, exit 3, when the time is over; whatever the signal was aborted with.
 */
export const waitingFor = async <T>(
  milliseconds: number,
  signal: AbortSignal,
  wait: (ended: AbortSignal) => Promise<T>,
): Promise<T> => {
  const limit = startTimeLimit(milliseconds, signal);
  try {
    return await wait(limit.signal);
  } catch (error) {
    signal.throwIfAborted();
    if (!limit.isOver) throw error;
    throw new CommandError(
      "NO_CHIP",
      `expected a chip within ${milliseconds / 1_000} s, found none`,
      EXIT.unreachable,
    );
  } finally {
    limit.end();
  }
};
