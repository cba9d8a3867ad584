import { CommandError, EXIT } from "@org/command";

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
  const time = AbortSignal.timeout(milliseconds);
  try {
    return await wait(AbortSignal.any([signal, time]));
  } catch (error) {
    signal.throwIfAborted();
    if (!time.aborted) throw error;
    throw new CommandError(
      "NO_CHIP",
      `expected a chip within ${milliseconds / 1_000} s, found none`,
      EXIT.unreachable,
    );
  }
};
