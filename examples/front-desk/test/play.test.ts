import { expect, test } from "vitest";
import { playFrontDesk } from "../src/play-front-desk.js";

test("the whole story crosses its sockets, and a copy of a passport opens no door", async () => {
  const rows = await playFrontDesk();
  expect(rows.map(({ protocol, status }) => `${protocol}: ${status}`)).toEqual([
    "sinosecu: passed",
    "docval: passed",
    "emrtd: passed",
    "mosip-mds: passed",
    "zk-push: passed",
    "zk-push: passed",
    "docval, zk-push: passed",
  ]);
  expect(rows[1]!.proved).toMatch(/^authentic, signed by .*active-authentication/);
  expect(rows[6]!.proved).toMatch(/CHIP_PROOF_INVALID; 0 commands that enrol left the desk/);
});
