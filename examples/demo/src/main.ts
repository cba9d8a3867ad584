import { command, EXIT, type Output, program, table } from "@org/command";
import { playFrontDesk } from "@org/example-front-desk";
import { DOCVAL_STEPS } from "./docval.js";
import { EMRTD_STEPS } from "./emrtd.js";
import { MDS_STEPS } from "./mds.js";
import type { Step } from "./step.js";

const STEPS: readonly Step[] = [...EMRTD_STEPS, ...DOCVAL_STEPS, ...MDS_STEPS];

interface StepResult {
  readonly step: string;
  readonly protocol: string;
  readonly status: "passed" | "failed" | "skipped";
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

/** What was proved, as far as a line of the table has room for it. */
const inShort = (proved: string): string =>
  proved.length <= PROVED_WIDTH ? proved : `${proved.slice(0, PROVED_WIDTH - 3)}...`;
const PROVED_WIDTH = 60;

await program(
  command({
    name: "demo",
    summary:
      "Shows the main job of the packages on simulated documents and devices: no network, no hardware",
    async run({ output, signal }) {
      const results: StepResult[] = [];
      const tell = (result: StepResult): void => {
        results.push(result);
        output.line(result, stepText(result, output));
      };
      for (const step of STEPS) {
        signal.throwIfAborted();
        tell(await runStep(step));
      }
      output.note("a visit to the front desk, from the passport to the time clock:");
      await playFrontDesk({ signal, onStep: tell });
      const proved = results.every(({ status }) => status === "passed");
      if (!output.json) {
        const rows = results.map(({ step, protocol, status, proved: what, ms }) => [
          step,
          protocol,
          status,
          inShort(what),
          `${ms} ms`,
        ]);
        const head = ["step", "protocol", "status", "what was proved", "time"];
        output.line({}, `\n${table([head, ...rows])}`);
      }
      return proved ? EXIT.yes : EXIT.no;
    },
  }),
);
