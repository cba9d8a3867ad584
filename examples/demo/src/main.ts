import { command, EXIT, type Output, program, table } from "@org/command";
import { DOCVAL_STEPS } from "./docval.js";
import { EMRTD_STEPS } from "./emrtd.js";
import { MDS_STEPS } from "./mds.js";
import type { Step } from "./step.js";

const STEPS: readonly Step[] = [...EMRTD_STEPS, ...DOCVAL_STEPS, ...MDS_STEPS];

interface StepResult {
  readonly step: string;
  readonly protocol: string;
  readonly status: "passed" | "failed";
  readonly proved: string;
  readonly ms: number;
}

const runStep = async ({ step, protocol, run }: Step): Promise<StepResult> => {
  const started = performance.now();
  const outcome = await run().catch((error: unknown) => ({
    held: false,
    proved: error instanceof Error ? error.message : String(error),
  }));
  return {
    step,
    protocol,
    status: outcome.held ? "passed" : "failed",
    proved: outcome.proved,
    ms: Math.round(performance.now() - started),
  };
};

const stepText = ({ step, status, proved, ms }: StepResult, output: Output): string =>
  `${output.style(status === "passed" ? "green" : "red", status)}  ${step} (${ms} ms)\n        ${proved}`;

await program(
  command({
    name: "demo",
    summary:
      "Shows the main job of the packages on simulated documents and devices: no network, no hardware",
    async run({ output, signal }) {
      const results: StepResult[] = [];
      for (const step of STEPS) {
        signal.throwIfAborted();
        const result = await runStep(step);
        results.push(result);
        output.line(result, stepText(result, output));
      }
      const failed = results.filter(({ status }) => status === "failed").length;
      if (!output.json) {
        const rows = results.map(({ step, protocol, status, ms }) => [
          step,
          protocol,
          status,
          `${ms} ms`,
        ]);
        output.line({}, `\n${table([["step", "protocol", "status", "time"], ...rows])}`);
      }
      return failed === 0 ? EXIT.yes : EXIT.no;
    },
  }),
);
