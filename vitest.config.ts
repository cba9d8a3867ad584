import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";

const report = process.env["TEST_REPORT"];

export default defineConfig({
  // Workspace imports resolve to TypeScript sources, so tests need no build.
  ssr: { resolve: { conditions: ["@org/source"] } },
  test: {
    include: ["{packages,examples}/*/test/**/*.test.ts", "test/**/*.test.ts"],
    setupFiles: ["./test/setup.ts"],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // One more than there are cores, since tests also wait; modules once a worker, since they keep no state.
    maxWorkers: availableParallelism() + 1,
    isolate: false,
    // A busy machine may starve a socket of its time. What needs the second run is reported as such.
    retry: 1,
    reporters: report ? ["default", ["json", { outputFile: report }]] : ["default"],
  },
});
