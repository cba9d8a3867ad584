import { randomInt } from "node:crypto";
import fc from "fast-check";

/** A failing property prints its seed; `FC_SEED` plays it again, `FC_NUM_RUNS` digs deeper. */
const seed = process.env["FC_SEED"];
const runs = process.env["FC_NUM_RUNS"];

fc.configureGlobal({
  // One a file: what is run again fails again.
  seed: seed ? Number(seed) : randomInt(2 ** 31),
  ...(runs ? { numRuns: Number(runs) } : {}),
});
