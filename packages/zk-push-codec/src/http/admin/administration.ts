import { charsetOf } from "../../charset.js";
import { CommandLine } from "../../command-line.js";
import { COMMANDS, type Command } from "../../commands/any.js";
import { UpdateUserInfo } from "../../commands/update-userinfo.js";
import { deliveryOf } from "../../delivery.js";
import { issueRecord } from "../../engine/issue.js";
import { checkZone } from "../../engine/zone.js";
import type { NamedRecord } from "../../records/any.js";
import type { DeviceSettings, Retention, ServerStore, UserValues } from "../../server-store.js";
import type { DeviceState, NewCommand } from "../../store.js";
import { notFound, Problem } from "./answers.js";
import { refuseMalformed } from "./input.js";

/** What an administrator does, whether by a program, a page or a command line. */
export interface Administration {
  device(sn: string): Promise<DeviceState>;
  /** Other areas bring people to the terminal, and take people from it. */
  changeDevice(sn: string, settings: DeviceSettings): Promise<DeviceState>;
  /** Lets a terminal upload tables again from the start: stamp 0 in its next handshake, and CHECK. */
  resync(sn: string, tables: readonly string[]): Promise<void>;
  /**
   * Queues a command: as an object, or as the text that stands on the wire after the id.
   *
   * @param expiresInS default by the command: see {@link EXPIRY_S}.
   */
  give(sn: string, command: unknown, expiresInS?: number): Promise<NewCommand>;
  /**
   * Adds or changes a person and gives him to every approved terminal of his areas, or to all where
   * he has none; what is absent stays as it was. Terminals that he leaves forget him. Each method
   * that spreads something says how many commands that took.
   */
  putPerson(pin: string, changes: Partial<UserValues>, areas?: readonly string[]): Promise<number>;
  /** Gives a terminal everybody who belongs on it, with templates and pictures. */
  sendPeople(sn: string): Promise<number>;
  /** Gives a person to more terminals, with templates and pictures. */
  copyPerson(pin: string, to: readonly string[]): Promise<number>;
  /** Removes a person here and on the terminals; his attendance too where that is wanted. */
  erasePerson(pin: string, attendance?: boolean): Promise<number>;
  /** Deletes what is older than so many days. @returns how many rows went. */
  prune(days: Readonly<Partial<Record<keyof Retention, number>>>): Promise<number>;
}

export interface AdministrationOptions {
  readonly store: ServerStore;
  /** A command id that was never used: 1 to 16 letters and digits. */
  readonly newCommandId: () => string;
  /** SHELL, files, UPGRADE, CLEAR, and commands that nobody knows. Default false. */
  readonly allowDangerous?: boolean;
  /** Milliseconds since 1970; default the platform's clock. */
  readonly now?: () => number;
}

/** Seconds after which a command is not given any more. */
export const EXPIRY_S = {
  /** Nobody waits longer before a door. */
  door: 30,
  /** What happens at most once, and while somebody waits for it. */
  atMostOnce: 10 * 60,
  /** A terminal may be away for long. */
  atLeastOnce: 30 * 24 * 60 * 60,
} as const;

/** Tables that a terminal can be asked to upload again. */
export const RESYNC_TABLES = ["ATTLOG", "OPERLOG", "ATTPHOTO", "BIODATA", "IDCARD", "ERRORLOG"];

export const createAdministration = (options: AdministrationOptions): Administration => {
  const { store, newCommandId, allowDangerous = false, now = Date.now } = options;

  const device = async (sn: string): Promise<DeviceState> => {
    const found = await store.device(sn);
    if (found === undefined) throw notFound("a terminal");
    return found;
  };
  const audit = (action: string, subject: string): Promise<void> =>
    store.audit({ at: now(), actor: "administrator", action, subject });
  const newCommand = (command: Command, expiresInS?: number): NewCommand => {
    const { guarantee, endsBatch } = deliveryOf(command);
    const isDoor = command.command === "AC_UNLOCK" || command.command === "AC_UNALARM";
    const seconds = expiresInS ?? EXPIRY_S[isDoor ? "door" : guarantee];
    const expiresAt = now() + seconds * 1_000;
    return { id: newCommandId(), command, guarantee, endsBatch, expiresAt };
  };
  const spread = async (sns: readonly string[], commands: readonly Command[]): Promise<number> => {
    // Together, so that a store that commits in groups can do so.
    const queued = sns.map((sn) =>
      store.enqueue(
        sn,
        commands.map((command) => newCommand(command)),
      ),
    );
    await Promise.all(queued);
    return sns.length * commands.length;
  };

  return {
    device,
    async changeDevice(sn, settings) {
      const { timeZone } = settings;
      if (typeof timeZone === "string") refuseMalformed("a time zone", () => checkZone(timeZone));
      const before = await device(sn);
      if (!(await store.changeDevice(sn, settings))) throw notFound("a terminal");
      if (settings.standing !== undefined) await audit(`device ${settings.standing}`, sn);
      const after = await device(sn);
      if (settings.areas !== undefined && after.standing === "approved") {
        await store.enqueue(
          sn,
          (await exchangeOfPeople(store, before.areas, after.areas)).map((one) => newCommand(one)),
        );
      }
      return after;
    },
    async resync(sn, tables) {
      const { resync } = await device(sn);
      const stranger = tables.find((table) => !RESYNC_TABLES.includes(table));
      if (stranger !== undefined || tables.length === 0) {
        throw new Problem(422, "MALFORMED", `expected tables of ${RESYNC_TABLES.join(", ")}`);
      }
      await store.changeDevice(sn, { resync: [...new Set([...resync, ...tables])] });
      await store.enqueue(sn, [newCommand({ command: "CHECK" })]);
      await audit("resync", sn);
    },
    async give(sn, given, expiresInS) {
      const terminal = await device(sn);
      const command = readCommand(given, terminal, allowDangerous);
      if (deliveryOf(command).dangerous) {
        if (!allowDangerous) {
          throw new Problem(403, "DANGEROUS", "expected a command that cannot destroy anything");
        }
        await audit(command.command, sn);
      }
      const queued = newCommand(command, expiresInS);
      await store.enqueue(sn, [queued]);
      return queued;
    },
    async putPerson(pin, changes, areas) {
      const known = (await store.person(pin))?.find((record) => record.record === "USER");
      const user: UserValues = { ...(known && valuesOf(known)), ...changes, pin };
      const command = { command: "DATA UPDATE USERINFO", ...user } as const;
      refuseMalformed("a person", () => UpdateUserInfo.encode(command, { charset: "gb18030" }));
      const before = known === undefined ? undefined : await store.areasOf(pin);
      await store.putPerson(user, areas, now());
      const after = areas ?? before ?? [];
      const devices = await approvedDevices(store);
      const having = devices.filter((one) => belongs(after, one.areas));
      const gaining = having.filter((one) => before !== undefined && !belongs(before, one.areas));
      const losing = devices.filter(
        (one) => before !== undefined && belongs(before, one.areas) && !belongs(after, one.areas),
      );
      const templates = gaining.length === 0 ? [] : (await issued(store, pin)).slice(1);
      return (
        (await spread(snsOf(having), [command])) +
        (await spread(snsOf(gaining), templates)) +
        (await spread(snsOf(losing), [{ command: "DATA DELETE USERINFO", pin }]))
      );
    },
    async sendPeople(sn) {
      const { areas, standing } = await device(sn);
      if (standing !== "approved") {
        throw new Problem(409, "NOT_APPROVED", "expected a terminal that is approved");
      }
      return spread([sn], await exchangeOfPeople(store, undefined, areas));
    },
    async copyPerson(pin, to) {
      if ((await store.person(pin)) === undefined) throw notFound("a person");
      for (const sn of to) await device(sn);
      return spread(to, await issued(store, pin));
    },
    async erasePerson(pin, attendance = false) {
      if (!(await store.erasePerson(pin, attendance))) throw notFound("a person");
      await audit(attendance ? "erase person and attendance" : "erase person", "");
      const devices = snsOf(await approvedDevices(store));
      return spread(devices, [{ command: "DATA DELETE USERINFO", pin }]);
    },
    async prune(days) {
      const before = Object.entries(days).map(([what, age]) => [what, now() - age * DAY_MS]);
      const gone = await store.prune(Object.fromEntries(before) as Retention);
      await audit(`prune ${Object.keys(days).join(" ")}`, "");
      return gone;
    },
  };
};

const valuesOf = (record: Extract<NamedRecord, { record: "USER" }>): UserValues => {
  const { record: _record, form: _form, extra: _extra, ...values } = record;
  return values;
};

/** A command from outside: what cannot be written for this terminal is refused here, not hours later. */
const readCommand = (given: unknown, terminal: DeviceState, allowUnknown: boolean): Command => {
  const codec = { charset: charsetOf(terminal.language) };
  const command = refuseMalformed("a command, as its text or as an object", () => {
    if (typeof given === "string") return decodeText(given);
    const object = given as Command;
    if (object.command !== "unknown" && !Object.hasOwn(COMMANDS, object.command)) {
      throw new TypeError("no command");
    }
    // Written and read again, it has the members that the codec knows and no others.
    const bytes = CommandLine.encode({ id: "1", command: object }, { charset: "utf-8" });
    return CommandLine.decode(bytes, { charset: "utf-8" }).command;
  });
  if (command.command === "unknown" && !allowUnknown) {
    throw new Problem(422, "COMMAND_MALFORMED", "expected a command of the protocol");
  }
  refuseMalformed("a command", () => CommandLine.encode({ id: "1", command }, codec));
  return command;
};

const decodeText = (text: string): Command => {
  if (/[\0\r\n]/.test(text)) throw new TypeError("more than a line");
  const bytes = new TextEncoder().encode(`C:1:${text}`);
  return CommandLine.decode(bytes, { charset: "utf-8" }).command;
};

const DAY_MS = 24 * 60 * 60 * 1_000;

/** Whether people of some areas are to be on a terminal: who has none is everywhere. */
const belongs = (areas: readonly string[], ofDevice: readonly string[] = []): boolean =>
  areas.length === 0 || areas.some((area) => ofDevice.includes(area));

/** The commands that give a person to a terminal: himself first, then templates and pictures. */
const issued = async (store: ServerStore, pin: string): Promise<readonly Command[]> =>
  ((await store.person(pin)) ?? []).flatMap((record) => {
    const command = issueRecord(record);
    return command === undefined ? [] : [command];
  });

/**
 * What a terminal is told when its areas change.
 *
 * @param before absent: nobody is on it.
 */
const exchangeOfPeople = async (
  store: ServerStore,
  before: readonly string[] | undefined,
  after: readonly string[] | undefined,
): Promise<readonly Command[]> => {
  const commands: Command[] = [];
  let cursor: string | null = "";
  while (cursor !== null) {
    const { items, next } = await store.people({ limit: 1_000, ...(cursor && { cursor }) });
    for (const { pin, areas } of items) {
      const was = before !== undefined && belongs(areas, before);
      const is = belongs(areas, after);
      if (is && !was) commands.push(...(await issued(store, pin)));
      if (was && !is) commands.push({ command: "DATA DELETE USERINFO", pin });
    }
    cursor = next;
  }
  return commands;
};

const snsOf = (devices: readonly DeviceState[]): readonly string[] => devices.map(({ sn }) => sn);

/** Every terminal that is served. */
const approvedDevices = async (store: ServerStore): Promise<readonly DeviceState[]> => {
  const found: DeviceState[] = [];
  let cursor: string | null = "";
  while (cursor !== null) {
    const { items, next } = await store.devices({ limit: 1_000, ...(cursor && { cursor }) });
    found.push(...items.filter(({ standing }) => standing === "approved"));
    cursor = next;
  }
  return found;
};
