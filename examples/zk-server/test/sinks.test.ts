import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { SIGNATURE_HEADER, verifyWebhook } from "@org/zk-push-codec/http";
import { expect, test } from "vitest";
import { openSinks } from "../src/sinks.js";
import { serve } from "./serve.js";

const SECRET = "s3cret";

/** A receiver of webhooks that can be told to fail. */
const receive = async () => {
  const state = { failing: true, calls: 0, forged: 0, pins: [] as string[] };
  const server = createServer((request, response) => {
    let body = "";
    request.on("data", (part) => {
      body += part;
    });
    request.on("end", async () => {
      state.calls++;
      const header = request.headers[SIGNATURE_HEADER.toLowerCase()];
      const signature = typeof header === "string" ? header : null;
      if (!(await verifyWebhook(body, signature, SECRET, Date.now()))) state.forged++;
      if (!state.failing) {
        const { attendance } = JSON.parse(body) as { attendance: { pin: string }[] };
        state.pins.push(...attendance.map(({ pin }) => pin));
      }
      response.writeHead(state.failing ? 500 : 204).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return { state, url: `http://127.0.0.1:${port}/`, close: () => server.close() };
};

test("a webhook that failed is tried again, later and later, and misses nothing", async () => {
  const receiver = await receive();
  const sinks = await openSinks({ webhook: { url: receiver.url, secret: SECRET } });
  const zk = await serve({ sinks });
  const punch = (pin: number) =>
    zk.terminal(
      "cdata?SN=HOOK0001&table=ATTLOG&Stamp=9999",
      `${pin}\t2015-07-30 15:16:28\t0\t1\t0\t0\t0\n`,
    );
  await punch(1);
  await expect.poll(() => receiver.state.calls, { timeout: 5_000 }).toBe(1);
  // News does not hurry a sink that failed.
  for (const pin of [2, 3, 4]) expect(await punch(pin)).toMatch(/^OK/);
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(receiver.state.calls).toBe(1);
  const metrics = await (await fetch(`${zk.url}/metrics`)).text();
  expect(metrics).toContain('zk_outbox_events{sink="webhook"} 4');
  expect(zk.warnings.join()).toContain("webhook: expected status 2xx of the webhook, found 500");
  receiver.state.failing = false;
  await expect.poll(() => receiver.state.pins, { timeout: 10_000 }).toEqual(["1", "2", "3", "4"]);
  await punch(5);
  await expect.poll(() => receiver.state.pins.at(-1), { timeout: 500 }).toBe("5");
  expect(receiver.state.forged).toBe(0);
  await expect.poll(() => zk.store.countEvents("webhook")).toBe(0);
  await zk.close();
  receiver.close();
});
