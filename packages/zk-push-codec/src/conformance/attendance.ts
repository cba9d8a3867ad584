import type { AttendanceRow } from "../store.js";
import { ALL, approve, check, NOW, punch, rejects, SN, type StoreCase, same } from "./case.js";

const commitOf = (attendance: readonly AttendanceRow[], sn = SN) => ({
  sn,
  receivedAt: NOW,
  attendance,
});

export const attendanceCases: readonly StoreCase[] = [
  {
    name: "a punch is stored once, however often it comes",
    async run(store) {
      await approve(store);
      const first = await store.commit(commitOf([punch("1"), punch("2"), punch("1")]));
      same([first.inserted, first.duplicates], [2, 1], "what was new");
      const again = await store.commit(commitOf([punch("2"), punch("3")]));
      same([again.inserted, again.duplicates], [1, 1], "what was new");
      same(await store.countAttendance({}), 3, "the number of rows");
    },
  },
  {
    name: "each part of the identity tells rows apart, and nothing else does",
    async run(store) {
      await approve(store);
      const rows = [
        punch("1"),
        punch("1", { time: "2015-07-30 15:16:29" }),
        punch("2"),
        punch("1", { idNumber: "210218199105072345" }),
        punch("1", { status: 1 }),
        punch("1", { status: -1 }),
        punch("1", { verify: 15 }),
        punch("1", { workCode: "7" }),
        punch("1", { workCode: "" }),
      ];
      same((await store.commit(commitOf(rows))).inserted, rows.length, "what was new");
      same(
        (await store.commit(commitOf([punch("1")], "OTHER77"))).inserted,
        1,
        "another terminal's",
      );
      const other = punch("1", { sequence: 7, extra: '["255"]', utc: 5, timeZone: "+00:00" });
      same(
        (await store.commit(commitOf([other]))).duplicates,
        1,
        "a row with another record number",
      );
    },
  },
  {
    name: "a row comes back as it went",
    async run(store) {
      await approve(store);
      const row = punch("00\u5f20A", {
        idNumber: "21021819910507234X",
        kind: "verification",
        zoneNote: "overlap",
        status: 255,
        verify: 200,
        workCode: "x'y\"z",
        sequence: 4_294_967_297,
        extra: '["255","36.5"]',
      });
      await store.commit(commitOf([row]));
      const { items } = await store.attendance({}, ALL);
      const { id, sn, receivedAt, ...stored } = items[0]!;
      same(stored, row, "the row");
      same([sn, receivedAt, id !== ""], [SN, NOW, true], "what the store adds");
    },
  },
  {
    name: "a commit is whole or nothing",
    async run(store) {
      await approve(store);
      const command = { command: "LOG" } as const;
      const queued = {
        id: "c1",
        command,
        guarantee: "atLeastOnce",
        endsBatch: false,
        expiresAt: NOW + 1,
      } as const;
      await store.enqueue(SN, [queued]);
      const broken = { ...commitOf([punch("1")]), enqueue: [queued] };
      check(await rejects(store.commit(broken)), "an id that was used to be refused");
      same(await store.countAttendance({}), 0, "the number of rows");
    },
  },
  {
    name: "a failing commit takes no other one with it",
    async run(store) {
      await approve(store);
      const command = { command: "LOG" } as const;
      const queued = {
        id: "c1",
        command,
        guarantee: "atLeastOnce",
        endsBatch: false,
        expiresAt: NOW + 1,
      } as const;
      await store.enqueue(SN, [queued]);
      const outcomes = await Promise.all(
        Array.from({ length: 30 }, (_, i) => {
          const change = commitOf([punch(`${i}`)]);
          return rejects(store.commit(i % 3 === 0 ? { ...change, enqueue: [queued] } : change));
        }),
      );
      same(
        outcomes,
        outcomes.map((_, i) => i % 3 === 0),
        "which commits failed",
      );
      same(await store.countAttendance({}), 20, "the number of rows");
    },
  },
  {
    name: "the same punches from many requests at once are stored once",
    async run(store) {
      await approve(store);
      const rows = Array.from({ length: 40 }, (_, i) => punch(`${i}`));
      const done = await Promise.all(
        Array.from({ length: 20 }, (_, i) => store.commit(commitOf(rows.slice(i, i + 20)))),
      );
      const inserted = done.reduce((sum, one) => sum + one.inserted, 0);
      const distinct = new Set(done.flatMap((_, i) => rows.slice(i, i + 20).map(({ pin }) => pin)));
      same([inserted, await store.countAttendance({})], [distinct.size, distinct.size], "new rows");
    },
  },
  {
    name: "who reads on from the last id misses nothing, while many write",
    async run(store) {
      await approve(store);
      let writing = true;
      const writers = Promise.all(
        Array.from({ length: 8 }, async (_, writer) => {
          for (let i = 0; i < 10; i++) {
            const rows = Array.from({ length: (i % 3) + 1 }, (_, k) =>
              punch(`${writer}-${i}-${k}`),
            );
            await store.commit(commitOf(rows));
          }
        }),
      ).finally(() => {
        writing = false;
      });
      let cursor = "0";
      let seen = 0;
      const readOn = async (): Promise<void> => {
        const { items } = await store.attendance({}, { cursor, limit: 7 });
        seen += items.length;
        cursor = items.at(-1)?.id ?? cursor;
      };
      while (writing) await readOn();
      await writers;
      for (let before = -1; before < seen; ) {
        before = seen;
        await readOn();
      }
      same(seen, await store.countAttendance({}), "rows that were read on the way");
    },
  },
  {
    name: "whatever a terminal writes into its fields is kept",
    async run(store) {
      await approve(store);
      const strange = punch("a\0b\ud800", {
        workCode: "\u{10ffff}",
        status: 4_294_967_296,
        verify: -2_147_483_649,
        sequence: Number.MAX_SAFE_INTEGER,
      });
      same((await store.commit(commitOf([strange]))).inserted, 1, "what was new");
      same((await store.commit(commitOf([strange]))).duplicates, 1, "the same again");
      const { items } = await store.attendance({ pin: strange.pin }, ALL);
      same(
        items.map(({ status, verify, sequence }) => [status, verify, sequence]),
        [[4_294_967_296, -2_147_483_649, Number.MAX_SAFE_INTEGER]],
        "the row",
      );
    },
  },
  {
    name: "the newest come first where that is asked for, in parts",
    async run(store) {
      await approve(store);
      for (const pin of ["1", "2", "3", "4", "5"]) await store.commit(commitOf([punch(pin)]));
      const first = await store.attendance({ sn: SN }, { limit: 3, order: "newest" });
      const second = await store.attendance(
        { sn: SN },
        { limit: 3, order: "newest", cursor: first.next ?? "" },
      );
      const pins = [...first.items, ...second.items].map(({ pin }) => pin);
      same([pins, second.next], [["5", "4", "3", "2", "1"], null], "the list");
    },
  },
  {
    name: "a thousand rows go in one commit",
    async run(store) {
      await approve(store);
      const rows = Array.from({ length: 1_000 }, (_, i) => punch(`p${i}`));
      same((await store.commit(commitOf(rows))).inserted, 1_000, "what was new");
    },
  },
  {
    name: "attendance is found by terminal, person and time, in parts",
    async run(store) {
      await approve(store);
      const days = [28, 29, 30, 31].map((day) => `2015-07-${day} 08:00:00`);
      const rows = days.flatMap((time) => [punch("a", { time }), punch("b", { time })]);
      await store.commit(commitOf(rows));
      await store.commit(commitOf([punch("a")], "OTHER77"));
      same(await store.countAttendance({ pin: "a" }), 5, "punches of a person");
      same(await store.countAttendance({ sn: SN, pin: "a" }), 4, "at one terminal");
      const filter = { sn: SN, from: days[1]!, to: days[2]! };
      const first = await store.attendance(filter, { limit: 3 });
      const second = await store.attendance(filter, { limit: 3, cursor: first.next ?? "" });
      same(
        [first.items.length, second.items.length, second.next],
        [3, 1, null],
        "parts of the list",
      );
      const ids = [...first.items, ...second.items].map(({ id }) => id);
      same(new Set(ids).size, 4, "rows, each once");
      same(
        (await store.attendance({ pin: "nobody' OR '1'='1" }, ALL)).items,
        [],
        "nobody's punches",
      );
    },
  },
];
