import type { InitializationRequest } from "../../requests/initialization.js";
import type { InitializationReply } from "../../responses/initialization.js";
import type { DeviceState } from "../../store.js";
import { encodeTimeZone } from "../../time-zone.js";
import { offsetMinutes } from "../zone.js";
import type { HandshakeSettings } from "./options.js";

/** Tables with a stamp, and the option that carries it. */
const STAMPS = {
  ATTLOG: "attLogStamp",
  OPERLOG: "operLogStamp",
  ATTPHOTO: "attPhotoStamp",
  BIODATA: "bioDataStamp",
  IDCARD: "idCardStamp",
  ERRORLOG: "errorLogStamp",
} as const;

/** Table names of {@link DeviceState.stamps} and {@link DeviceState.resync}. */
export type StampedTable = keyof typeof STAMPS;

/** The answer to a handshake. */
export const handshakeReply = (
  message: InitializationRequest,
  device: Pick<DeviceState, "stamps" | "resync" | "timeZone">,
  own: HandshakeSettings,
  defaultZone: string,
  now: number,
): InitializationReply => {
  const stampOf = (table: StampedTable): string =>
    // Zero makes the terminal send everything again; what it sent last says nothing of what it has.
    device.resync.includes(table) ? "0" : (device.stamps[table] ?? "None");
  const stamps = Object.fromEntries(
    (Object.keys(STAMPS) as StampedTable[]).map((table) => [STAMPS[table], stampOf(table)]),
  );
  const zone = offsetMinutes(device.timeZone ?? defaultZone, now);
  return {
    sn: message.sn,
    ...stamps,
    // The same under the names that old firmware reads.
    stamp: stampOf("ATTLOG"),
    opStamp: stampOf("OPERLOG"),
    photoStamp: stampOf("ATTPHOTO"),
    errorDelay: own.errorDelay,
    delay: own.delay,
    transTimes: own.transTimes,
    transInterval: own.transInterval,
    transFlag: own.transFlag,
    ...(isWritable(zone) ? { timeZone: zone } : {}),
    realtime: own.realtime ? 1 : 0,
    encrypt: "None",
    serverVersion: own.version,
    pushProtocolVersion: own.version,
    ...(own.pushOptions.length > 0 ? { pushOptionsFlag: 1, pushOptions: own.pushOptions } : {}),
    attPhotoBase64: own.attPhotoBase64 ? 1 : 0,
    multiBioDataSupport: own.multiBioDataSupport,
    multiBioPhotoSupport: own.multiBioPhotoSupport,
  };
};

/** A zone that no value of TimeZone means is left out, and the terminal keeps its own. */
const isWritable = (minutes: number): boolean => {
  try {
    encodeTimeZone(minutes);
    return true;
  } catch {
    return false;
  }
};
