import { approve, NOW, punch, SN, type StoreCase, same } from "./case.js";

const TERMS = { now: NOW, leaseMs: 1_000, limit: 10 } as const;

export const outboxCases: readonly StoreCase[] = [
  {
    name: "new punches are published to each sink, and only those",
    sinks: ["a", "b"],
    async run(store) {
      await approve(store);
      const verification = punch("9", { kind: "verification" });
      await store.commit({
        sn: SN,
        receivedAt: NOW,
        attendance: [punch("1"), punch("2"), verification],
      });
      await store.commit({ sn: SN, receivedAt: NOW, attendance: [punch("2")] });
      await store.commit({ sn: SN, receivedAt: NOW, attendance: [punch("2"), punch("3")] });
      for (const sink of ["a", "b"]) {
        const events = await store.takeEvents(sink, TERMS);
        const pins = events.map(({ attendance }) => attendance.map(({ pin }) => pin));
        same(pins, [["1", "2"], ["3"]], `events of ${sink}`);
        same(events[0]?.attendance[0]?.sn, SN, "the terminal");
      }
      same(await store.takeEvents("nobody", TERMS), [], "events of a sink that is none");
    },
  },
  {
    name: "an event comes again until it is confirmed, with the same ids",
    sinks: ["a"],
    async run(store) {
      await approve(store);
      await store.commit({ sn: SN, receivedAt: NOW, attendance: [punch("1")] });
      const [first] = await store.takeEvents("a", TERMS);
      same(await store.takeEvents("a", TERMS), [], "nothing during the lease");
      const [again] = await store.takeEvents("a", { ...TERMS, now: NOW + 1_000 });
      same([again?.id, again?.attempts], [first?.id, 1], "the same event");
      same(again?.attendance[0]?.id, first?.attendance[0]?.id, "the id of the punch");
      await store.delayEvents("a", [first!.id], NOW + 60_000);
      same(
        await store.takeEvents("a", { ...TERMS, now: NOW + 59_000 }),
        [],
        "nothing before its time",
      );
      same(await store.countEvents("a"), 1, "events that wait");
      await store.confirmEvents("a", [first!.id]);
      same(await store.countEvents("a"), 0, "events that wait");
      same(await store.takeEvents("a", { ...TERMS, now: NOW + 99_000 }), [], "nothing more");
    },
  },
  {
    name: "two that take events at once share them",
    sinks: ["a"],
    async run(store) {
      await approve(store);
      for (let i = 0; i < 20; i++) {
        await store.commit({ sn: SN, receivedAt: NOW, attendance: [punch(`${i}`)] });
      }
      const parts = await Promise.all(
        Array.from({ length: 5 }, () => store.takeEvents("a", { ...TERMS, limit: 7 })),
      );
      const ids = parts.flat().map(({ id }) => id);
      same(new Set(ids).size, ids.length, "events, each once");
    },
  },
];
