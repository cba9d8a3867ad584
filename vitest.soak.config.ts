import { defineConfig, mergeConfig } from "vitest/config";
import base from "./vitest.config.js";

/** The heavy tests: long fuzzing, crash rounds, browsers, card readers. */
export default mergeConfig(
  { ...base, test: { ...base.test, include: [] } },
  defineConfig({
    test: {
      include: ["{packages,examples}/*/test/**/*.soak.ts", "test/**/*.soak.ts"],
      testTimeout: 600_000,
      maxWorkers: "100%",
      // A punch that is lost once is lost.
      retry: 0,
    },
  }),
);
