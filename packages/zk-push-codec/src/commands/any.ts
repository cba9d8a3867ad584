import type { Wire } from "../bytes.js";
import type { Context } from "../context.js";
import { ZkPushError } from "../errors.js";
import { headOf, type LineCodec, type ValueOf } from "../keyed-message.js";
import { CancelAlarm } from "./ac-unalarm.js";
import { Unlock } from "./ac-unlock.js";
import { Check } from "./check.js";
import { ClearBiodata } from "./clear-biodata.js";
import { ClearData } from "./clear-data.js";
import { ClearLog } from "./clear-log.js";
import { ClearPhoto } from "./clear-photo.js";
import { DeletePublicityPicture } from "./delete-adpic.js";
import { DeleteBiodata } from "./delete-biodata.js";
import { DeleteComparisonPhoto } from "./delete-biophoto.js";
import { DeleteFace } from "./delete-face.js";
import { DeleteFingerprint } from "./delete-fingertmp.js";
import { DeleteFingerVein } from "./delete-fvein.js";
import { DeleteShortMessage } from "./delete-sms.js";
import { DeleteUserInfo } from "./delete-userinfo.js";
import { DeleteUserPhoto } from "./delete-userpic.js";
import { DeleteWorkCode } from "./delete-workcode.js";
import { EnrollBiometric } from "./enroll-bio.js";
import { EnrollFingerprint } from "./enroll-fp.js";
import { EnrollCard } from "./enroll-mf.js";
import { GetFile } from "./get-file.js";
import { Info } from "./info.js";
import { Log } from "./log.js";
import { PutFile } from "./put-file.js";
import { QueryAttendance } from "./query-attlog.js";
import { QueryAttendancePhotos } from "./query-attphoto.js";
import { QueryBiodata } from "./query-biodata.js";
import { QueryFingerprint } from "./query-fingertmp.js";
import { QueryUserInfo } from "./query-userinfo.js";
import { Reboot } from "./reboot.js";
import { ReloadOptions } from "./reload-options.js";
import { SetOption } from "./set-option.js";
import { Shell } from "./shell.js";
import { UpdateAccessGroup } from "./update-acc-group.js";
import { UpdateAccessHoliday } from "./update-acc-holiday.js";
import { UpdateAccessTimePeriod } from "./update-acc-time-zone.js";
import { UpdateUnlockCombination } from "./update-acc-unlock-comb.js";
import { UpdatePublicityPicture } from "./update-adpic.js";
import { UpdateBiodata } from "./update-biodata.js";
import { UpdateComparisonPhoto } from "./update-biophoto.js";
import { UpdateBlacklist } from "./update-blacklist.js";
import { UpdateFace } from "./update-face.js";
import { UpdateFingerprint } from "./update-fingertmp.js";
import { UpdateFingerVein } from "./update-fvein.js";
import { UpdateIdentityCard } from "./update-idcard.js";
import { UpdateShortcutKey } from "./update-shortcut-key.js";
import { UpdateShortMessage } from "./update-sms.js";
import { UpdateMessageUser } from "./update-user-sms.js";
import { UpdateUserInfo } from "./update-userinfo.js";
import { UpdateUserPhoto } from "./update-userpic.js";
import { UpdateWorkCode } from "./update-workcode.js";
import { Upgrade } from "./upgrade.js";
import { VerifySum } from "./verify-sum.js";

/** Codec of each command, by its words; a longer name stands before a shorter one that starts it. */
export const COMMANDS = {
  "DATA UPDATE USERINFO": UpdateUserInfo,
  "DATA UPDATE IDCARD": UpdateIdentityCard,
  "DATA UPDATE FINGERTMP": UpdateFingerprint,
  "DATA UPDATE FACE": UpdateFace,
  "DATA UPDATE FVEIN": UpdateFingerVein,
  "DATA UPDATE BIODATA": UpdateBiodata,
  "DATA UPDATE USERPIC": UpdateUserPhoto,
  "DATA UPDATE BIOPHOTO": UpdateComparisonPhoto,
  "DATA UPDATE SMS": UpdateShortMessage,
  "DATA UPDATE USER_SMS": UpdateMessageUser,
  "DATA UPDATE ADPIC": UpdatePublicityPicture,
  "DATA UPDATE WORKCODE": UpdateWorkCode,
  "DATA UPDATE ShortcutKey": UpdateShortcutKey,
  "DATA UPDATE AccGroup": UpdateAccessGroup,
  "DATA UPDATE AccTimeZone": UpdateAccessTimePeriod,
  "DATA UPDATE AccHoliday": UpdateAccessHoliday,
  "DATA UPDATE AccUnLockComb": UpdateUnlockCombination,
  "DATA UPDATE Blacklist": UpdateBlacklist,
  "DATA DELETE USERINFO": DeleteUserInfo,
  "DATA DELETE FINGERTMP": DeleteFingerprint,
  "DATA DELETE FACE": DeleteFace,
  "DATA DELETE FVEIN": DeleteFingerVein,
  "DATA DELETE BIODATA": DeleteBiodata,
  "DATA DELETE USERPIC": DeleteUserPhoto,
  "DATA DELETE BIOPHOTO": DeleteComparisonPhoto,
  "DATA DELETE SMS": DeleteShortMessage,
  "DATA DELETE WORKCODE": DeleteWorkCode,
  "DATA DELETE ADPIC": DeletePublicityPicture,
  "DATA QUERY ATTLOG": QueryAttendance,
  "DATA QUERY ATTPHOTO": QueryAttendancePhotos,
  "DATA QUERY USERINFO": QueryUserInfo,
  "DATA QUERY FINGERTMP": QueryFingerprint,
  "DATA QUERY BIODATA": QueryBiodata,
  "CLEAR LOG": ClearLog,
  "CLEAR PHOTO": ClearPhoto,
  "CLEAR DATA": ClearData,
  "CLEAR BIODATA": ClearBiodata,
  CHECK: Check,
  LOG: Log,
  "VERIFY SUM ATTLOG": VerifySum,
  "SET OPTION": SetOption,
  "RELOAD OPTIONS": ReloadOptions,
  INFO: Info,
  GetFile: GetFile,
  PutFile: PutFile,
  ENROLL_FP: EnrollFingerprint,
  ENROLL_MF: EnrollCard,
  ENROLL_BIO: EnrollBiometric,
  REBOOT: Reboot,
  AC_UNLOCK: Unlock,
  AC_UNALARM: CancelAlarm,
  SHELL: Shell,
  UPGRADE: Upgrade,
} as const;

/** The words of a command. */
export type CommandName = keyof typeof COMMANDS;

/** A command that this package does not know: for proxies and for terminals' own tests. */
export interface UnknownCommand {
  readonly command: "unknown";
  readonly wire: Wire;
}

/** Any command of the document. */
export type KnownCommand = ValueOf<(typeof COMMANDS)[CommandName]>;

export type Command = KnownCommand | UnknownCommand;

/** A carriage return may stand before the line feed. */
const ONE_LINE = /^[^\0\r\n]+\r?$/;

const NAMES = /* @__PURE__ */ Object.keys(COMMANDS) as CommandName[];

/**
 * Reads the text of a command, the part after its id.
 *
 * @throws ZkPushError `RECORD_MALFORMED` or `COMMAND_MALFORMED` for a known command without what it
 * needs.
 */
export const decodeCommand = (wire: Wire, context: Context): Command => {
  if (!ONE_LINE.test(wire)) {
    throw new ZkPushError("COMMAND_MALFORMED", "expected one line of text as a command");
  }
  const name = NAMES.find((candidate) => headOf(wire, candidate) !== undefined);
  if (name === undefined) return { command: "unknown", wire };
  const codec: LineCodec<KnownCommand> = COMMANDS[name];
  return codec.decodeLine(wire, context);
};

/**
 * Writes the text of a command.
 *
 * @throws ZkPushError `FIELD_…`, `TEXT_NOT_ENCODABLE` or `LINE_TOO_LONG`.
 */
export const encodeCommand = (command: Command, context: Context): Wire => {
  if (command.command !== "unknown") {
    const codec: LineCodec<KnownCommand> = COMMANDS[command.command];
    return codec.encodeLine(command, context);
  }
  if (!ONE_LINE.test(command.wire) || /[^\0-\xff]/.test(command.wire)) {
    throw new ZkPushError("FIELD_FORBIDDEN", "expected one line of bytes as an unknown command");
  }
  return command.wire;
};
