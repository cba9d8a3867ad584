import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { PROFILE_NAMES } from "@org/mosip-mds-types";
import { describe, expect, test } from "vitest";
import { createWorld } from "./world.js";

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;

/** Heap in use after everything that can go has gone. */
const heapUsed = async (): Promise<number> => {
  for (let round = 0; round < 5; round += 1) {
    await new Promise((resolve) => setImmediate(resolve));
    collect();
  }
  return process.memoryUsage().heapUsed;
};

const MEGABYTE = 2 ** 20;

describe.each(PROFILE_NAMES)("a device service and its client of %s", (name) => {
  test("hold no more after 10,000 requests than after 1,000", { timeout: 600_000 }, async () => {
    const { client, handler } = await createWorld(name);
    const { path, verb } = client.profile.endpoints.discovery!;
    const body = client.profile.discoveryRequest.write({}).value;
    const round = async (index: number): Promise<void> => {
      // One in ten is a capture, one in ten device info; the others look for devices, some in vain.
      if (index % 10 === 0) {
        const { report } = await client.registrationCapture({
          env: "developer",
          transactionId: `T-${1000 + index}`,
          registrationId: "R-1",
          bio: [{ wanted: "finger", count: 2, requestedScore: 40 }],
        });
        expect(report.verdict).toBe("authentic");
      } else if (index % 10 === 1) {
        await client.info();
      } else {
        const found = await handler(
          new Request(`http://127.0.0.1:4501${path}`, {
            method: verb,
            body: index % 10 === 2 ? "{" : body,
          }),
        );
        await found.text();
      }
    };
    for (let index = 0; index < 1_000; index += 1) {
      await round(index);
    }
    const early = await heapUsed();
    for (let index = 1_000; index < 10_000; index += 1) {
      await round(index);
    }
    expect(((await heapUsed()) - early) / MEGABYTE).toBeLessThan(5);
  });
});
