import { defineConfig } from "vitest/config";

const report = process.env["TEST_REPORT"];

export default defineConfig({
  // Workspace imports resolve to TypeScript sources, so tests need no build.
  ssr: { resolve: { conditions: ["@org/source"] } },
  test: {
    include: ["{packages,examples}/*/test/**/*.test.ts", "test/**/*.test.ts"],
    setupFiles: ["./test/setup.ts"],
    testTimeout: 60_000,
    // Every core, and modules once a worker: the tests keep no state in them.
    maxWorkers: "100%",
    isolate: false,
    reporters: report ? ["default", ["json", { outputFile: report }]] : ["default"],
  },
});
