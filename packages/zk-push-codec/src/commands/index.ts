export * from "./ac-unalarm.js";
export * from "./ac-unlock.js";
export {
  COMMANDS,
  type Command,
  type CommandName,
  type KnownCommand,
  type UnknownCommand,
} from "./any.js";
export * from "./check.js";
export * from "./clear-biodata.js";
export * from "./clear-data.js";
export * from "./clear-log.js";
export * from "./clear-photo.js";
export * from "./delete-adpic.js";
export * from "./delete-biodata.js";
export * from "./delete-biophoto.js";
export * from "./delete-face.js";
export * from "./delete-fingertmp.js";
export * from "./delete-fvein.js";
export * from "./delete-sms.js";
export * from "./delete-userinfo.js";
export * from "./delete-userpic.js";
export * from "./delete-workcode.js";
export * from "./enroll-bio.js";
export * from "./enroll-fp.js";
export * from "./enroll-mf.js";
export * from "./get-file.js";
export * from "./info.js";
export * from "./log.js";
export * from "./put-file.js";
export * from "./query-attlog.js";
export * from "./query-attphoto.js";
export * from "./query-biodata.js";
export * from "./query-fingertmp.js";
export * from "./query-userinfo.js";
export * from "./reboot.js";
export * from "./reload-options.js";
export * from "./set-option.js";
export * from "./shell.js";
export * from "./update-acc-group.js";
export * from "./update-acc-holiday.js";
export * from "./update-acc-time-zone.js";
export * from "./update-acc-unlock-comb.js";
export * from "./update-adpic.js";
export * from "./update-biodata.js";
export * from "./update-biophoto.js";
export * from "./update-blacklist.js";
export * from "./update-face.js";
export * from "./update-fingertmp.js";
export * from "./update-fvein.js";
export * from "./update-idcard.js";
export * from "./update-shortcut-key.js";
export * from "./update-sms.js";
export * from "./update-user-sms.js";
export * from "./update-userinfo.js";
export * from "./update-userpic.js";
export * from "./update-workcode.js";
export * from "./upgrade.js";
export * from "./verify-sum.js";
