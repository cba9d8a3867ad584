import { charsetOf } from "../../charset.js";
import { CommandLine } from "../../command-line.js";
import { COMMANDS, type Command } from "../../commands/any.js";
import { UpdateUserInfo } from "../../commands/update-userinfo.js";
import { deliveryOf } from "../../delivery.js";
import { issueRecord } from "../../engine/issue.js";
import { checkZone } from "../../engine/zone.js";
import type { NamedRecord } from "../../records/any.js";
import type { DeviceSettings, ServerStore, UserValues } from "../../server-store.js";
import type { DeviceState, NewCommand } from "../../store.js";
import { notFound, Problem } from "./answers.js";
import { refuseMalformed } from "./input.js";

/** What an administrator does, whether by a program, a page or a command line. */
export interface Administration {
  device(sn: string): Promise<DeviceState>;
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
   * Adds or changes a person and gives him to every approved terminal; what is absent stays as it
   * was. Each method that spreads something says how many commands that took.
   */
  putPerson(pin: string, changes: Partial<UserValues>): Promise<number>;
  /** Gives a person to more terminals, with templates and pictures. */
  copyPerson(pin: string, to: readonly string[]): Promise<number>;
  /** Removes a person here and on the terminals. */
  erasePerson(pin: string): Promise<number>;
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
      if (!(await store.changeDevice(sn, settings))) throw notFound("a terminal");
      if (settings.standing !== undefined) await audit(`device ${settings.standing}`, sn);
      return device(sn);
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
    async putPerson(pin, changes) {
      const known = (await store.person(pin))?.find((record) => record.record === "USER");
      const user: UserValues = { ...(known && valuesOf(known)), ...changes, pin };
      const command = { command: "DATA UPDATE USERINFO", ...user } as const;
      refuseMalformed("a person", () => UpdateUserInfo.encode(command, { charset: "gb18030" }));
      await store.putPerson(user, [], now());
      return spread(await approvedDevices(store), [command]);
    },
    async copyPerson(pin, to) {
      const records = await store.person(pin);
      if (records === undefined) throw notFound("a person");
      for (const sn of to) await device(sn);
      const commands = records.flatMap((record) => {
        const command = issueRecord(record);
        return command === undefined ? [] : [command];
      });
      return spread(to, commands);
    },
    async erasePerson(pin) {
      if (!(await store.erasePerson(pin))) throw notFound("a person");
      await audit("erase person", "");
      return spread(await approvedDevices(store), [{ command: "DATA DELETE USERINFO", pin }]);
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

/** Every terminal that is served. */
const approvedDevices = async (store: ServerStore): Promise<readonly string[]> => {
  const found: string[] = [];
  let cursor: string | null = "";
  while (cursor !== null) {
    const { items, next } = await store.devices({ limit: 1_000, ...(cursor && { cursor }) });
    for (const { sn, standing } of items) if (standing === "approved") found.push(sn);
    cursor = next;
  }
  return found;
};
