import type { ServerStore } from "../server-store.js";
import { attendanceCases } from "./attendance.js";
import type { ConformanceCase, OpenStore } from "./case.js";
import { commandCases } from "./commands.js";
import { deviceCases } from "./devices.js";
import { keptCases } from "./kept.js";
import { outboxCases } from "./outbox.js";

export type { ConformanceCase, OpenStore } from "./case.js";

/**
 * What every store must do, as cases for any test runner: each opens a store of its own and rejects
 * where the store does not hold what `Store` and `ServerStore` promise.
 */
export const storeCases = (open: OpenStore): readonly ConformanceCase[] =>
  [...deviceCases, ...attendanceCases, ...commandCases, ...keptCases, ...outboxCases].map(
    ({ name, sinks, run }) => ({
      name,
      async run() {
        const store: ServerStore = await open({ sinks: sinks ?? [] });
        try {
          await run(store);
        } finally {
          await store.close();
        }
      },
    }),
  );
