import { PENDING_DEVICES } from "../store.js";
import { ALL, approve, check, NOW, punch, rejects, SN, type StoreCase, same } from "./case.js";

export const deviceCases: readonly StoreCase[] = [
  {
    name: "a terminal is unknown until a commit creates it",
    async run(store) {
      check((await store.device(SN)) === undefined, "an unknown terminal");
      await store.commit({ sn: SN, receivedAt: NOW, device: { language: 69 } });
      check(
        (await store.device(SN)) === undefined,
        "a terminal that nobody created to stay unknown",
      );
      await store.commit({ sn: SN, receivedAt: NOW, device: { create: "pending" } });
      const device = await store.device(SN);
      same(device?.standing, "pending", "its standing");
      same([device?.firstSeen, device?.lastSeen], [NOW, NOW], "the times it was seen");
    },
  },
  {
    name: "creating a terminal again changes nothing of its standing",
    async run(store) {
      await store.commit({ sn: SN, receivedAt: NOW, device: { create: "pending" } });
      check(await store.changeDevice(SN, { standing: "approved" }), "a known terminal");
      await store.commit({ sn: SN, receivedAt: NOW + 1, device: { create: "pending" } });
      same((await store.device(SN))?.standing, "approved", "its standing");
    },
  },
  {
    name: "of terminals that wait for approval the first give way to the latest",
    async run(store) {
      await approve(store);
      const strangers = Array.from({ length: PENDING_DEVICES + 5 }, (_, i) => `STRANGER${i}`);
      for (const [i, sn] of strangers.entries()) {
        await store.commit({ sn, receivedAt: NOW + i, device: { create: "pending" } });
      }
      const known = await Promise.all(strangers.map((sn) => store.device(sn)));
      same(known.indexOf(known.find((one) => one !== undefined)), 5, "the first that is left");
      check(
        known.slice(5).every((one) => one !== undefined),
        "the latest",
      );
      same((await store.device(SN))?.standing, "approved", "the standing of one that is approved");
      await store.commit({
        sn: "STRANGER0",
        receivedAt: NOW + 5_000,
        device: { create: "pending" },
      });
      same((await store.device("STRANGER0"))?.standing, "pending", "of one that comes again");
    },
  },
  {
    name: "what a terminal says is added to what it said",
    async run(store) {
      await approve(store);
      const device = { pushVersion: "2.4.1", language: 83, options: { A: "1", B: "2" } };
      await store.commit({
        sn: SN,
        receivedAt: NOW,
        device: { ...device, stamps: { ATTLOG: "1" } },
      });
      const more = { options: { B: "3" }, stamps: { OPERLOG: "2" }, keyShown: true, sequence: 7 };
      await store.commit({ sn: SN, receivedAt: NOW + 5, device: { ...more, clockDriftS: -3 } });
      const found = await store.device(SN);
      same(found?.options, { A: "1", B: "3" }, "options");
      same(found?.stamps, { ATTLOG: "1", OPERLOG: "2" }, "stamps");
      same([found?.pushVersion, found?.language], ["2.4.1", 83], "version and language");
      same([found?.keyShown, found?.sequence, found?.clockDriftS], [true, 7, -3], "the rest");
      same(found?.lastSeen, NOW + 5, "the time it was last seen");
    },
  },
  {
    name: "settings are changed alone, and a table is uploaded again once",
    async run(store) {
      check(!(await store.changeDevice(SN, { standing: "approved" })), "no such terminal");
      await approve(store);
      await store.changeDevice(SN, { timeZone: "Asia/Kolkata", resync: ["ATTLOG", "OPERLOG"] });
      await store.changeDevice(SN, { areas: ["north"] });
      await store.commit({ sn: SN, receivedAt: NOW, device: { resyncDone: ["ATTLOG"] } });
      const device = await store.device(SN);
      same([device?.timeZone, device?.resync], ["Asia/Kolkata", ["OPERLOG"]], "settings");
      await store.changeDevice(SN, { timeZone: null });
      check((await store.device(SN))?.timeZone === undefined, "no zone of its own");
    },
  },
  {
    name: "gaps, duplicates and what was not understood are counted for each terminal",
    async run(store) {
      await approve(store);
      const tallies = async () => {
        const { gaps, duplicates, quarantined } = (await store.device(SN)) ?? {};
        return [gaps, duplicates, quarantined];
      };
      same(await tallies(), [0, 0, 0], "counts at first");
      const attendance = [punch("1"), punch("2")];
      const quarantine = [{ reason: "X", table: "ATTLOG", content: Uint8Array.of(1) }];
      await store.commit({ sn: SN, receivedAt: NOW, attendance, device: { newGaps: 2 } });
      await store.commit({ sn: SN, receivedAt: NOW, attendance, quarantine });
      same(await tallies(), [2, 2, 1], "counts");
      const day = { day: "2015-07-30", onTerminal: 3, stored: 2, at: NOW };
      await store.changeDevice(SN, { reconciled: day });
      await store.changeDevice(SN, { areas: ["north"] });
      const device = await store.device(SN);
      same([device?.reconciled, device?.areas], [day, ["north"]], "what was set");
    },
  },
  {
    name: "terminals are listed in parts",
    async run(store) {
      for (let i = 0; i < 5; i++) await approve(store, `CGKK00${i}`);
      const first = await store.devices({ limit: 3 });
      check(first.next !== null, "more after the first part");
      const second = await store.devices({ limit: 3, cursor: first.next ?? "" });
      same(second.next, null, "the end of the list");
      const names = [...first.items, ...second.items].map(({ sn }) => sn);
      same(
        names,
        [0, 1, 2, 3, 4].map((i) => `CGKK00${i}`),
        "all terminals once",
      );
    },
  },
  {
    name: "a part of nothing, or of too much, is refused",
    async run(store) {
      for (const limit of [0, -1, 1_001, 1.5, Number.NaN]) {
        check(await rejects(store.devices({ limit })), `a limit of ${limit} to be refused`);
        check(await rejects(store.attendance({}, { limit })), `a limit of ${limit} to be refused`);
      }
      check(
        await rejects(store.attendance({}, { ...ALL, cursor: "x" })),
        "a made-up cursor to be refused",
      );
    },
  },
];
