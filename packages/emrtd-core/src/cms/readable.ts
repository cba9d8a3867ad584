import { EmrtdError } from "../errors.js";

/** What is asked for, or undefined where it is malformed: for fields that decide nothing by themselves. */
export const readable = <T>(ask: () => T): T | undefined => {
  try {
    return ask();
  } catch (error) {
    if (error instanceof EmrtdError) return undefined;
    throw error;
  }
};
