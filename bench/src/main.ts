import { command, EXIT, program } from "@org/command";
import { docval } from "./docval/index.js";
import { emrtd } from "./emrtd/index.js";
import { type ContestReport, runContest } from "./harness.js";
import { mds } from "./mds/index.js";
import { passiveAuth } from "./passive-auth/index.js";
import { reportText } from "./report.js";
import { transports } from "./transports/index.js";
import { zk } from "./zk/index.js";

const BENCHMARKS = [passiveAuth, emrtd, transports, docval, zk, mds] as const;

await program(
  command({
    name: "bench",
    summary:
      "Measures what the README says about speed, as ratios against a baseline of the same run",
    details: [
      "Exit status 0: every promised ratio was kept; 1: one was not.",
      ...BENCHMARKS.map(({ name, summary }) => `${name}: ${summary}`),
    ].join("\n"),
    operands: {
      name: {
        help: "one benchmark; without it, all of them",
        optional: true,
        choices: BENCHMARKS.map(({ name }) => name),
      },
    },
    async run({ operands, output }) {
      const chosen = BENCHMARKS.filter(({ name }) => [undefined, name].includes(operands.name));
      const reports: (ContestReport & { readonly benchmark: string })[] = [];
      for (const { name, contests } of chosen) {
        for (const prepare of contests) {
          const report = await runContest(await prepare(), (text) => output.progress(text));
          reports.push({ benchmark: name, ...report });
          if (!output.json) output.result(report, reportText(report, output));
        }
      }
      if (output.json) output.result({ contests: reports }, "");
      const held = reports.every(({ budgets }) => budgets.every((budget) => budget.held));
      return held ? EXIT.yes : EXIT.no;
    },
  }),
);
