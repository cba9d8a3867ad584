import { afterAll, beforeAll, expect, test } from "vitest";
import { type Balancer, startBalancer } from "./balancer.js";
import { type Rig, startRig } from "./rig.js";

let rigs: Rig[];
let balancer: Balancer;
beforeAll(async () => {
  rigs = await Promise.all([startRig(), startRig()]);
  balancer = await startBalancer(rigs.map(({ url }) => Number(new URL(url).port)));
});
afterAll(async () => {
  await balancer.close();
  await Promise.all(rigs.map((rig) => rig.close()));
});

/** One session through the load balancer. */
const verify = async (version: 1 | 2) => {
  const url = `ws://127.0.0.1:${balancer.port}/ws${version}/validate`;
  return (await rigs[0]!.verify(version, "ca-aes", { url, result: true })).close.posted;
};

test("two instances behind a load balancer, of which one goes, serve whoever comes", async () => {
  expect(await Promise.all([verify(1), verify(2), verify(2), verify(1)])).toEqual(
    Array(4).fill(true),
  );
  expect(balancer.given).toEqual([2, 2]);
  await rigs[1]!.closeServer();
  expect(await Promise.all([verify(1), verify(2)])).toEqual([true, true]);
  expect(balancer.given).toEqual([4, 2]);
  expect(rigs.map(({ results }) => results.length)).toEqual([4, 2]);
});
