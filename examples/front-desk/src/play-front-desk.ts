import { openFrontDesk } from "./front-desk.js";
import { type PlayedStep, playVisit } from "./play.js";
import { simulatorTrustStore } from "./simulate/world.js";

export interface PlayFrontDeskOptions {
  readonly signal?: AbortSignal;
  readonly onStep?: (step: PlayedStep) => void;
}

/**
 * Opens a desk with every device simulated on a socket of its own, plays two visits, and closes it again:
 * a passport that is genuine, whose holder is enrolled and punches, and a copy of it, with which nobody is.
 *
 * @returns a row for each step of the first visit, and one for the second, whose `passed` means refused.
 */
export const playFrontDesk = async ({
  signal,
  onStep,
}: PlayFrontDeskOptions = {}): Promise<readonly PlayedStep[]> => {
  const desk = await openFrontDesk({
    chip: { kind: "sim", profile: "bac-rsa" },
    trust: simulatorTrustStore(),
  });
  const options = signal === undefined ? {} : { signal };
  try {
    const visit = await playVisit(desk, {
      ...options,
      profile: "bac-rsa",
      ...(onStep === undefined ? {} : { onStep }),
    });
    const commands = desk.enrolCommands();
    const began = performance.now();
    const copy = await playVisit(desk, { ...options, visitor: "omar", profile: "cloned" });
    const row = refusalOf(copy, desk.enrolCommands() - commands, performance.now() - began);
    onStep?.(row);
    return [...visit, row];
  } finally {
    await desk.close();
  }
};

const refusalOf = (rows: readonly PlayedStep[], commands: number, ms: number): PlayedStep => {
  const chip = rows.find(({ protocol }) => protocol === "docval");
  const enrolled = rows.some(
    ({ protocol, status }) => protocol === "zk-push" && status === "passed",
  );
  const refused = chip?.status === "failed" && chip.proved.startsWith("NOT_AUTHENTIC");
  return {
    step: "a copy of a passport opens no door",
    protocol: "docval, zk-push",
    status: refused && !enrolled && commands === 0 ? "passed" : "failed",
    proved: `${chip?.proved ?? "no chip was read"}; ${commands} commands that enrol left the desk`,
    ms: Math.round(ms),
  };
};
