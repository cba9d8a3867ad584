import { expect, test } from "vitest";
import { nodeCrypto } from "../src/node/index.js";
import { countingRandom } from "./support/counting-random.js";
import { PACE_COMBINATIONS } from "./support/pace-combinations.js";
import { runPace } from "./support/pace-run.js";

const RUNS = 2_000;

test(`${RUNS} runs of PACE, every allowed combination in turn: both sides come to one session`, () => {
  const { allowed } = PACE_COMBINATIONS;
  let leading = 0;
  for (let seed = 0; seed < RUNS; seed++) {
    const { protocol, parameters } = allowed[seed % allowed.length]!;
    const { chip, terminal } = runPace({
      protocol,
      parameters,
      crypto: nodeCrypto,
      chipRandom: countingRandom(2 * seed + 1),
      terminalRandom: countingRandom(2 * seed + 2),
    });
    expect(chip, `${protocol.oid}, seed ${seed}`).toEqual(terminal.session);
    const { chipPublicKey } = terminal.transcript.agreement;
    if (chipPublicKey[parameters.type === "EC" ? 1 : 0] === 0) leading++;
  }
  // About one public key in 256 begins with a zero: that the runs meet the case is part of the proof.
  expect(leading).toBeGreaterThan(0);
});
