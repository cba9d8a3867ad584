import { unpackCommands } from "../../archive/command-package.js";
import { decodeBase64 } from "../../base64.js";
import { wireOf } from "../../bytes.js";
import type { Command, KnownCommand } from "../../commands/any.js";
import { ZkPushError } from "../../errors.js";
import { act, type DeviceData } from "./data.js";
import { MISMATCH, NOT_FETCHED, type Outcome, type Surroundings } from "./outcome.js";
import { OWNERS, removeTemplates } from "./tables.js";

/** Keeps a file, or carries out the commands in it (12.5.2). */
export const putFile = (
  data: DeviceData,
  command: Extract<KnownCommand, { command: "PutFile" }>,
  file: Uint8Array | undefined,
  around: Surroundings,
  run: (command: Command) => Outcome,
): Outcome => {
  if (file === undefined) return { code: NOT_FETCHED };
  if (command.action === undefined) {
    data.files.set(command.filePath ?? `/mnt/mtdblock/${command.url.split("/").at(-1)}`, file);
    return { code: file.length };
  }
  try {
    const commands = unpackCommands(file, around.codec).flatMap(({ records }) => records);
    if (command.action === "SyncData") {
      if (command.tableName === "USERINFO") data.users.clear();
      const kind = OWNERS[command.tableName ?? ""];
      if (kind !== undefined) removeTemplates(data, (record) => record.record === kind);
    }
    const codes = commands.map((line) => run(line.command));
    const done = codes.filter((outcome) => "code" in outcome && outcome.code === 0).length;
    return { code: command.action === "SyncData" ? done : file.length };
  } catch (error) {
    if (error instanceof ZkPushError) return { code: MISMATCH };
    throw error;
  }
};

/** Checks firmware and "installs" it (12.8.2). */
export const upgrade = (
  data: DeviceData,
  command: Extract<KnownCommand, { command: "UPGRADE" }>,
  served: Uint8Array | undefined,
  around: Surroundings,
): Outcome => {
  if (served === undefined) return { code: NOT_FETCHED };
  const firmware = command.type === 1 ? served : tryBase64(wireOf(served));
  const checked =
    firmware !== undefined &&
    (command.size === undefined || command.size === firmware.length) &&
    (around.md5 === undefined || around.md5(firmware) === command.checksum.toLowerCase());
  if (!checked) return { code: MISMATCH };
  data.files.set("emfw.cfg", firmware);
  act(data, "UPGRADE");
  return { code: 0, next: "restart" };
};

const tryBase64 = (text: string): Uint8Array | undefined => {
  try {
    return decodeBase64(text);
  } catch {
    return undefined;
  }
};
