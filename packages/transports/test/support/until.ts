import { setTimeout as sleep } from "node:timers/promises";

/** Waits for something to become true, and fails where it does not. */
export const until = async (holds: () => boolean, ms = 5_000): Promise<void> => {
  const end = Date.now() + ms;
  while (!holds()) {
    if (Date.now() > end) throw new Error(`not true within ${ms} ms: ${holds}`);
    await sleep(2);
  }
};

/** The code of the error that a promise rejects with. */
export const codeOf = async (promise: Promise<unknown>): Promise<string> => {
  try {
    await promise;
  } catch (error) {
    return (error as { code?: string }).code ?? String(error);
  }
  return "no error";
};
