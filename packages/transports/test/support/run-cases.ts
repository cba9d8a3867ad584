import { test } from "vitest";
import type { ConformanceCase } from "../../src/conformance/index.js";

export const runCases = (cases: readonly ConformanceCase[]): void => {
  for (const { name, run } of cases) test(name, run);
};
