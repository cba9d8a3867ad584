import { AskForSupport } from "./messages/ask-for-support.js";
import { BarCodeRecog } from "./messages/bar-code-recog.js";
import { Base64Image } from "./messages/base64-image.js";
import { CardContentText } from "./messages/card-content-text.js";
import { CardDetected } from "./messages/card-detected.js";
import { CardTakenaway } from "./messages/card-takenaway.js";
import { CustomData } from "./messages/custom-data.js";
import { DeviceName } from "./messages/device-name.js";
import { DeviceSerialNo } from "./messages/device-serial-no.js";
import { DeviceType } from "./messages/device-type.js";
import { DGSource } from "./messages/dg-source.js";
import { Display } from "./messages/display.js";
import { DocInfoAllInOne } from "./messages/doc-info-all-in-one.js";
import { IfCheckSourceType } from "./messages/if-check-source-type.js";
import { IfDetectFibre } from "./messages/if-detect-fibre.js";
import { IfDetectUVDull } from "./messages/if-detect-uv-dull.js";
import { IfEnableCallback } from "./messages/if-enable-callback.js";
import { IfNotifyCardDetected } from "./messages/if-notify-card-detected.js";
import { ImageMessage } from "./messages/image-message.js";
import { Images } from "./messages/images.js";
import { MRZOnWhiteImage } from "./messages/mrz-on-white-image.js";
import { OnLineStatus } from "./messages/online-status.js";
import { OnLineStatusEx } from "./messages/online-status-ex.js";
import { OnlyAcquireImage } from "./messages/only-acquire-image.js";
import { RecogSpecified } from "./messages/recog-specified.js";
import { Reconnect } from "./messages/reconnect.js";
import { Rejection } from "./messages/rejection.js";
import { RestartService } from "./messages/restart-service.js";
import { ResultType } from "./messages/result-type.js";
import { RFID } from "./messages/rfid.js";
import { SetDocInfoAllInOne } from "./messages/set-doc-info-all-in-one.js";
import { Sid } from "./messages/sid.js";
import { TakePhoto } from "./messages/take-photo.js";
import { TakePhotoOcr } from "./messages/take-photo-ocr.js";
import { Trigger } from "./messages/trigger.js";
import { TriggerEx } from "./messages/trigger-ex.js";
import { VersionInfo } from "./messages/version-info.js";
import { VIZ } from "./messages/viz.js";
import { WantFieldSource } from "./messages/want-field-source.js";
import { WebConstant } from "./messages/web-constant.js";

/** Every question that a client can put, in the order of the manual. */
export const EXCHANGES = [
  OnLineStatus,
  OnLineStatusEx,
  DeviceName,
  DeviceSerialNo,
  DeviceType,
  VersionInfo,
  Base64Image,
  WebConstant,
  TakePhotoOcr,
  VIZ,
  RFID,
  Rejection,
  IfEnableCallback,
  IfNotifyCardDetected,
  MRZOnWhiteImage,
  IfDetectUVDull,
  IfDetectFibre,
  IfCheckSourceType,
  BarCodeRecog,
  WantFieldSource,
  SetDocInfoAllInOne,
  OnlyAcquireImage,
  Sid,
  DGSource,
  TakePhoto,
  ResultType,
] as const;

/** Every notification that a client can send. */
export const CLIENT_NOTIFICATIONS = [Trigger, TriggerEx, RecogSpecified, ImageMessage] as const;

/** Every notification that the service can send. */
export const SERVICE_NOTIFICATIONS = [
  CardContentText,
  Images,
  DocInfoAllInOne,
  CustomData,
  CardDetected,
  CardTakenaway,
  Display,
  Reconnect,
  AskForSupport,
  RestartService,
] as const;

/** The settings that are either on or off, under the names of the wire. */
export const SWITCHES = {
  VIZ,
  RFID,
  Rejection,
  IfEnableCallback,
  IfNotifyCardDetected,
  MRZOnWhiteImage,
  IfDetectUVDull,
  IfDetectFibre,
  IfCheckSourceType,
  BarCodeRecog,
  WantFieldSource,
  DocInfoAllInOne: SetDocInfoAllInOne,
  OnlyAcquireImage,
} as const;

/** Name of a setting that is either on or off. */
export type SwitchName = keyof typeof SWITCHES;
