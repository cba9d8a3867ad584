import type { Command } from "../commands/any.js";
import type { ServerStore } from "../server-store.js";
import type { NewCommand } from "../store.js";
import { ALL, approve, check, NOW, rejects, SN, type StoreCase, same } from "./case.js";

const LOG: Command = { command: "LOG" };
const TERMS = { now: NOW, leaseMs: 60_000, limit: 10 } as const;

const newCommand = (id: string, values: Partial<NewCommand> = {}): NewCommand => ({
  id,
  command: LOG,
  guarantee: "atLeastOnce",
  endsBatch: false,
  expiresAt: NOW + 3_600_000,
  ...values,
});

const leased = async (store: ServerStore, now = NOW, limit = 10): Promise<readonly string[]> =>
  (await store.lease(SN, { ...TERMS, now, limit })).map(({ id }) => id);

const states = async (store: ServerStore): Promise<readonly string[]> =>
  (await store.commands(SN, ALL)).items.map(({ id, state }) => `${id} ${state}`);

export const commandCases: readonly StoreCase[] = [
  {
    name: "commands are handed out in their order, each to its own terminal",
    async run(store) {
      await approve(store);
      await store.enqueue(SN, [newCommand("a"), newCommand("b")]);
      await store.enqueue("OTHER77", [newCommand("x")]);
      await store.enqueue(SN, [newCommand("c")]);
      same(await leased(store, NOW, 2), ["a", "b"], "the first two");
      same(await leased(store), ["c"], "the rest");
      same(await leased(store), [], "nothing twice");
    },
  },
  {
    name: "a command comes back as it went",
    async run(store) {
      await approve(store);
      const command: Command = {
        command: "DATA UPDATE USERINFO",
        pin: "007",
        name: '\u5f20 O\'Hara "x"',
        timePeriods: { personal: true, periods: [1, 2, 3] },
      };
      await store.enqueue(SN, [newCommand("a", { command })]);
      const [given] = await store.lease(SN, TERMS);
      same(given, { id: "a", command, attempts: 0 }, "the command");
      const [listed] = (await store.commands(SN, ALL)).items;
      same(
        [listed?.state, listed?.attempts, listed?.sentAt],
        ["sent", 1, NOW],
        "what became of it",
      );
    },
  },
  {
    name: "nothing follows a command that ends a batch",
    async run(store) {
      await approve(store);
      await store.enqueue(SN, [
        newCommand("a"),
        newCommand("b", { endsBatch: true }),
        newCommand("c"),
      ]);
      same(await leased(store), ["a", "b"], "the batch");
      same(await leased(store), ["c"], "the next one");
    },
  },
  {
    name: "at least once: again after the lease, until there is a reply",
    async run(store) {
      await approve(store);
      await store.enqueue(SN, [newCommand("a")]);
      same(await leased(store), ["a"], "the first time");
      same(await leased(store, NOW + 59_000), [], "nothing during the lease");
      const [again] = await store.lease(SN, { ...TERMS, now: NOW + 60_000 });
      same([again?.id, again?.attempts], ["a", 1], "the second time");
      const settlement = { id: "a", state: "done", returnCode: 0, meaning: "done" } as const;
      const done = await store.commit({
        sn: SN,
        receivedAt: NOW + 61_000,
        settlements: [settlement],
      });
      same(done.unknownCommands, [], "commands that were never given");
      same(await leased(store, NOW + 600_000), [], "nothing after the reply");
      same(await states(store), ["a done"], "states");
    },
  },
  {
    name: "at most once: never again, and expired without a reply",
    async run(store) {
      await approve(store);
      const once = { guarantee: "atMostOnce", expiresAt: NOW + 30_000 } as const;
      await store.enqueue(SN, [
        newCommand("door", once),
        newCommand("late", { ...once, expiresAt: NOW }),
      ]);
      same(await leased(store), ["door"], "the door, and nothing late");
      same(await leased(store, NOW + 29_000), [], "nothing again");
      same(await leased(store, NOW + 31_000), [], "nothing again");
      await store.expireCommands(NOW + 31_000);
      same(await states(store), ["door expired", "late expired"], "states");
      const settlement = { id: "door", state: "done", returnCode: 0, meaning: "done" } as const;
      await store.commit({ sn: SN, receivedAt: NOW + 40_000, settlements: [settlement] });
      same(await states(store), ["door done", "late expired"], "states after a late reply");
    },
  },
  {
    name: "of two that ask at once none gets what the other got, nor overtakes it",
    async run(store) {
      await approve(store);
      const wanted = Array.from({ length: 30 }, (_, i) => `c${i}`);
      await store.enqueue(
        SN,
        wanted.map((id) => newCommand(id)),
      );
      const given: (readonly string[])[] = [];
      // Two that stand in each other's way may both get nothing; they do not for ever.
      for (let round = 0; given.flat().length < wanted.length; round++) {
        check(round < 100, "all to be given in a hundred rounds");
        const parts = await Promise.all(Array.from({ length: 10 }, () => leased(store)));
        given.push(...parts.filter((ids) => ids.length > 0));
      }
      const places = (ids: readonly string[]) => ids.map((id) => wanted.indexOf(id));
      const batches = given.map(places).sort(([a = 0], [b = 0]) => a - b);
      same(batches.flat(), [...wanted.keys()], "batches, put together");
    },
  },
  {
    name: "a reply settles a command of its own terminal, which had it, and once",
    async run(store) {
      await approve(store);
      await approve(store, "OTHER77");
      await store.enqueue(SN, [newCommand("a"), newCommand("b")]);
      await leased(store, NOW, 1);
      const settle = (sn: string, id: string, state: "done" | "failed", returnCode: number) =>
        store.commit({
          sn,
          receivedAt: NOW,
          settlements: [{ id, state, returnCode, meaning: state, content: Uint8Array.of(0, 255) }],
        });
      same((await settle("OTHER77", "a", "done", 0)).unknownCommands, ["a"], "another terminal's");
      same((await settle(SN, "b", "done", 0)).unknownCommands, ["b"], "one that was not given yet");
      same((await settle(SN, "made", "done", 0)).unknownCommands, ["made"], "one that never was");
      same((await settle(SN, "a", "failed", -1)).unknownCommands, [], "its own");
      await settle(SN, "a", "done", 0);
      const [a] = (await store.commands(SN, ALL)).items;
      same(
        [a?.state, a?.returnCode, a?.meaning, a?.settledAt],
        ["failed", -1, "failed", NOW],
        "the first reply",
      );
      same(a?.content, Uint8Array.of(0, 255), "its content");
    },
  },
  {
    name: "an id is used once, by whatever terminal",
    async run(store) {
      await store.enqueue(SN, [newCommand("a")]);
      check(await rejects(store.enqueue("OTHER77", [newCommand("a")])), "a used id to be refused");
    },
  },
];
