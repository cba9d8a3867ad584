import type { NamedRecord } from "../records/any.js";
import { ALL, approve, check, NOW, punch, SN, type StoreCase, same } from "./case.js";

const fingerprint = (finger: number, template: string): NamedRecord => ({
  record: "FP",
  pin: "7",
  finger,
  size: template.length,
  valid: 1,
  template,
});

export const keptCases: readonly StoreCase[] = [
  {
    name: "people and their templates are known by PIN",
    async run(store) {
      await approve(store);
      check((await store.person("7")) === undefined, "nobody");
      const user: NamedRecord = { record: "USER", pin: "7", name: "Ann", card: "123" };
      const records = [user, fingerprint(6, "QUJD"), fingerprint(1, "QUJD")];
      await store.commit({ sn: SN, receivedAt: NOW, records });
      const partial: NamedRecord = {
        record: "USER",
        pin: "7",
        name: "Ann B",
        extra: [{ key: "X", value: "1" }],
      };
      await store.commit({
        sn: SN,
        receivedAt: NOW + 1,
        records: [partial, fingerprint(6, "REVG")],
      });
      const person = await store.person("7");
      same(person?.[0], { record: "USER", pin: "7", name: "Ann B", card: "123" }, "the person");
      same(person?.slice(1), [fingerprint(1, "QUJD"), fingerprint(6, "REVG")], "the templates");
      const [listed] = (await store.people(ALL)).items;
      same([listed?.pin, listed?.templates, listed?.updatedAt], ["7", 2, NOW + 1], "the list");
    },
  },
  {
    name: "a person is put into areas, stays there, and is erased whole",
    async run(store) {
      await approve(store);
      await store.putPerson({ pin: "7", name: "Ann" }, ["north", "south"], NOW);
      const records: NamedRecord[] = [
        { record: "USER", pin: "7", privilege: 2 },
        fingerprint(6, "QUJD"),
      ];
      await store.commit({ sn: SN, receivedAt: NOW, records, attendance: [punch("7")] });
      const [listed] = (await store.people(ALL)).items;
      same(
        [listed?.areas, listed?.name, listed?.privilege],
        [["north", "south"], "Ann", 2],
        "the person",
      );
      await store.putPerson({ pin: "7", name: "Ann" }, undefined, NOW);
      same(await store.areasOf("7"), ["north", "south"], "areas, which were not spoken of");
      same(await store.areasOf("8"), [], "areas of nobody");
      check(await store.erasePerson("7"), "somebody to erase");
      check(!(await store.erasePerson("7")), "nobody left to erase");
      check((await store.person("7")) === undefined, "nobody");
      same(await store.countAttendance({ pin: "7" }), 1, "attendance, which stays");
      await store.putPerson({ pin: "7" }, [], NOW);
      same((await store.person("7"))?.length, 1, "records of the person, templates gone");
    },
  },
  {
    name: "of a person who is erased nothing is left but his attendance, or not even that",
    async run(store) {
      await approve(store);
      const content = Uint8Array.of(255, 216, 1);
      const photo = { fileName: "x.jpg", pin: "7", idNumber: "", time: "", content };
      const attendance = [punch("7"), punch("8")];
      await store.commit({ sn: SN, receivedAt: NOW, photos: [photo], attendance });
      const command = { command: "DATA UPDATE USERINFO", pin: "7", name: "Ann" } as const;
      const terms = { guarantee: "atLeastOnce", endsBatch: false, expiresAt: NOW + 1 } as const;
      await store.enqueue(SN, [{ id: "a", command, ...terms }]);
      await store.enqueue(SN, [{ id: "b", command: { ...command, pin: "8" }, ...terms }]);
      const gone = { command: "DATA DELETE USERINFO", pin: "7" } as const;
      await store.enqueue(SN, [{ id: "c", command: gone, ...terms }]);
      check(await store.erasePerson("7"), "something of the person");
      same((await store.photos({ pin: "7" }, ALL)).items, [], "photos");
      same(
        (await store.commands(SN, ALL)).items.map(({ id }) => id),
        ["b", "c"],
        "commands, and the one that deletes him",
      );
      same(await store.countAttendance({ pin: "7" }), 1, "attendance, which stays");
      check(await store.erasePerson("7", true), "attendance to erase");
      same(await store.countAttendance({}), 1, "attendance of others");
    },
  },
  {
    name: "files are kept until their time",
    async run(store) {
      const file = { name: "a.bin", content: Uint8Array.of(0, 1, 255), base64: true };
      await store.putFile({ ...file, token: "t1", sn: SN, expiresAt: NOW + 10 }, NOW);
      await store.putFile({ ...file, token: "t2", sn: null, expiresAt: NOW + 99 }, NOW);
      same(await store.file("t1"), { ...file, token: "t1", sn: SN, expiresAt: NOW + 10 }, "a file");
      await store.putFile({ ...file, token: "t3", sn: null, expiresAt: NOW + 99 }, NOW + 10);
      check((await store.file("t1")) === undefined, "a file whose time came to be gone");
      same((await store.file("t2"))?.sn, null, "a file of all terminals");
    },
  },
  {
    name: "an operation that is sent twice is one, an error is not",
    async run(store) {
      await approve(store);
      const operation: NamedRecord = {
        record: "OPLOG",
        operation: 4,
        operator: "14",
        time: "2015-07-30 10:22:34",
        operands: ["0", "0", "0", "0"],
      };
      const error: NamedRecord = { record: "ERRORLOG", errorCode: "D01E0001" };
      await store.commit({ sn: SN, receivedAt: NOW, records: [operation, error, error] });
      await store.commit({
        sn: SN,
        receivedAt: NOW + 1,
        records: [operation, { ...operation, operation: 5 }],
      });
      same((await store.records("OPLOG", ALL)).items.length, 2, "operations");
      same((await store.records("ERRORLOG", ALL)).items.length, 2, "errors");
      const [first] = (await store.records("OPLOG", ALL)).items;
      same([first?.record, first?.sn], [operation, SN], "the first operation");
    },
  },
  {
    name: "photos and quarantine keep their bytes",
    async run(store) {
      await approve(store);
      const content = Uint8Array.from({ length: 256 }, (_, i) => i);
      const photo = {
        fileName: "../x.jpg",
        pin: "7",
        idNumber: "",
        time: "2015-07-30 15:16:28",
        content,
      };
      const quarantine = [{ reason: "RECORD_MALFORMED", table: "ATTLOG", content }];
      await store.commit({ sn: SN, receivedAt: NOW, photos: [photo], quarantine });
      await store.commit({ sn: SN, receivedAt: NOW, photos: [photo] });
      const { items } = await store.photos({ sn: SN, pin: "7" }, ALL);
      same([items.length, items[0]?.size, items[0]?.fileName], [1, 256, "../x.jpg"], "photos");
      same(await store.photo(items[0]?.id ?? ""), photo, "the photo");
      check((await store.photo("../x.jpg")) === undefined, "no photo by a name");
      same((await store.photos({ pin: "8" }, ALL)).items, [], "photos of another person");
      const [kept] = (await store.quarantine(ALL)).items;
      same(
        [kept?.reason, kept?.table, kept?.sn, kept?.content],
        ["RECORD_MALFORMED", "ATTLOG", SN, content],
        "quarantine",
      );
    },
  },
  {
    name: "what is older than its time is deleted, and nothing else",
    async run(store) {
      await approve(store);
      const quarantine = [{ reason: "X", table: "ATTLOG", content: Uint8Array.of(1) }];
      await store.commit({ sn: SN, receivedAt: NOW, quarantine, attendance: [punch("1")] });
      await store.commit({ sn: SN, receivedAt: NOW + 10, quarantine, attendance: [punch("2")] });
      same(await store.prune({ quarantine: NOW + 10, attendance: NOW + 5 }), 2, "rows deleted");
      same((await store.quarantine(ALL)).items.length, 1, "quarantine");
      same(
        (await store.attendance({}, ALL)).items.map(({ pin }) => pin),
        ["2"],
        "attendance",
      );
    },
  },
  {
    name: "who did what is written down",
    async run(store) {
      const entry = { at: NOW, actor: "admin", action: "SHELL", subject: SN };
      await store.audit(entry);
      const [{ id, ...found } = { id: "" }] = (await store.audits(ALL)).items;
      same(found, entry, "the entry");
      check(id !== "", "an id");
    },
  },
];
