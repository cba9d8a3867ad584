import type { ServerStore } from "../server-store.js";
import {
  type OperationName,
  type OperationResult,
  packChange,
  type SqlOperations,
} from "./operations.js";

/** Runs an operation in a transaction of its own and gives its result once it is durable. */
export type CallOperation = <N extends OperationName>(
  name: N,
  ...args: Parameters<SqlOperations[N]>
) => Promise<OperationResult<N>>;

/** A store over whatever runs the operations. */
export const sqlStore = (
  call: CallOperation,
  close: () => Promise<void>,
  now: () => number,
): ServerStore => ({
  device: (sn) => call("device", sn),
  commit: (change) => call("commit", packChange(change)),
  lease: async (sn, terms) => (await call("lease", sn, terms)).commands,
  person: (pin) => call("person", pin),
  devices: (page) => call("devices", page),
  changeDevice: (sn, settings) => call("changeDevice", sn, settings),
  attendance: (filter, page) => call("attendance", filter, page),
  countAttendance: (filter) => call("countAttendance", filter),
  enqueue: (sn, commands) => call("enqueue", sn, commands, now()),
  commands: (sn, page) => call("commands", sn, page),
  expireCommands: (at) => call("expireCommands", at),
  people: (page) => call("people", page),
  putPerson: (user, areas, at) => call("putPerson", user, areas, at),
  areasOf: (pin) => call("areasOf", pin),
  erasePerson: (pin, attendance) => call("erasePerson", pin, attendance ?? false),
  records: (kind, page) => call("records", kind, page),
  quarantine: (page) => call("quarantine", page),
  photos: (filter, page) => call("photos", filter, page),
  photo: (id) => call("photo", id),
  audit: (entry) => call("audit", entry),
  audits: (page) => call("audits", page),
  prune: (before) => call("prune", before),
  putFile: (file, at) => call("putFile", file, at),
  file: (token) => call("file", token),
  takeEvents: (sink, terms) => call("takeEvents", sink, terms),
  confirmEvents: (sink, ids) => call("confirmEvents", sink, ids),
  delayEvents: (sink, ids, until) => call("delayEvents", sink, ids, until),
  countEvents: (sink) => call("countEvents", sink),
  close,
});
