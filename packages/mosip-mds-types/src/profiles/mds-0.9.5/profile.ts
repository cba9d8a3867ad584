import { mapping, row } from "../../model/mapping.js";
import * as as from "../../model/pairs.js";
import type {
  CaptureRequest,
  DataBlock,
  Device,
  DiscoveryRequest,
  StreamRequest,
} from "../../model/types.js";
import { formatSeconds } from "../../vocabulary/time.js";
import { tokenEnvelope } from "../info-envelope.js";
import { bio, digitalId, segment } from "../later-rows.js";
import { answerTranslator, declareProfile, listTranslator, translator } from "../profile.js";
import * as message from "./index.js";
import { SPEC_VERSION } from "./version.js";

const discoveryRequest = /* @__PURE__ */ mapping<DiscoveryRequest>(() => [
  row("modality", "type", as.modality("Finger"), as.ANY),
]);

const discovery = /* @__PURE__ */ mapping<Device>(() => [
  row("deviceId", "deviceId", as.text),
  row("status", "deviceStatus", as.status),
  row("level", "certification", as.level),
  row("serviceVersion", "serviceVersion", as.text),
  row("subIds", "deviceSubId", as.numbers),
  row("callbackId", "callbackId", as.text),
  row("digitalId", "digitalId", as.text),
  row("deviceCode", "deviceCode", as.textOrEmpty, ""),
  row("specVersions", "specVersion", as.texts, ["0.9.5"]),
  row("purpose", "purpose", as.purpose, ""),
  row("error", "error", as.error),
]);

const info = /* @__PURE__ */ mapping<Device>(() => [
  row("status", "deviceStatus", as.status),
  row("deviceId", "deviceId", as.text),
  row("firmware", "firmware", as.text),
  row("level", "certification", as.level),
  row("serviceVersion", "serviceVersion", as.text),
  row("subIds", "deviceSubId", as.numbers),
  row("callbackId", "callbackId", as.text),
  row("digitalId", "digitalId", as.text),
  row("deviceCode", "deviceCode", as.textOrEmpty, ""),
  row("env", "env", as.envOrNone, "None"),
  row("purpose", "purpose", as.purpose, ""),
  row("specVersions", "specVersion", as.texts, ["0.9.5"]),
]);

const captureRequest = /* @__PURE__ */ mapping<CaptureRequest>(() => [
  row("env", "env", as.env),
  row("purpose", "purpose", as.purpose),
  row("specVersion", "specVersion", as.textLike(SPEC_VERSION), "0.9.5"),
  row("timeoutMs", "timeout", as.number),
  row("captureTime", "captureTime", as.seconds),
  row("domainUri", "domainUri", as.textOrEmpty),
  row("transactionId", "transactionId", as.text),
  row("bio", "bio", bio("deviceId", false)),
  row("customOpts", "customOpts", as.record),
]);

const registrationCaptureRequest = /* @__PURE__ */ mapping<CaptureRequest>(() => [
  row("env", "env", as.env),
  row("purpose", "purpose", as.purpose, "Registration"),
  row("specVersion", "specVersion", as.textLike(SPEC_VERSION), "0.9.5"),
  row("timeoutMs", "timeout", as.number),
  row("captureTime", "captureTime", as.seconds),
  row("transactionId", "transactionId", as.text),
  row("bio", "bio", bio("deviceId", true)),
  row("customOpts", "customOpts", as.record),
]);

const streamRequest = /* @__PURE__ */ mapping<StreamRequest>(() => [
  row("deviceId", "deviceId", as.text, "0"),
  row("subId", "deviceSubId", as.number, 0),
  row("timeoutMs", "timeout", as.number),
]);

const captureBlock = /* @__PURE__ */ mapping<DataBlock>(() => [
  row("digitalId", "digitalId", as.text),
  row("deviceCode", "deviceCode", as.textOrEmpty, ""),
  row("serviceVersion", "deviceServiceVersion", as.textOrEmpty, ""),
  row("modality", "bioType", as.modality("Finger")),
  row("subType", "bioSubType", as.subType),
  row("purpose", "purpose", as.purpose),
  row("env", "env", as.env),
  row("domainUri", "domainUri", as.textOrEmpty, ""),
  row("bioValue", "bioValue", as.base64Url),
  row("transactionId", "transactionId", as.text),
  row("timestamp", "timestamp", as.seconds),
  row("requestedScore", "requestedScore", as.number, 0),
  row("qualityScore", "qualityScore", as.number, 0),
]);

const registrationCaptureBlock = /* @__PURE__ */ mapping<DataBlock>(() => [
  row("digitalId", "digitalId", as.text),
  row("modality", "bioType", as.modality("Finger")),
  row("deviceCode", "deviceCode", as.textOrEmpty, ""),
  row("serviceVersion", "deviceServiceVersion", as.textOrEmpty, ""),
  row("subType", "bioSubType", as.subType),
  row("purpose", "purpose", as.purpose),
  row("env", "env", as.env),
  row("bioValue", "bioValue", as.base64Url),
  row("transactionId", "transactionId", as.text),
  row("timestamp", "timestamp", as.seconds),
  row("requestedScore", "requestedScore", as.number, 0),
  row("qualityScore", "qualityScore", as.number, 0),
]);

/** MDS 0.9.5, drafts of 2020 to 2023; as the compliance tool kit wants it. */
export const MDS_0_9_5 = /* @__PURE__ */ declareProfile(() => ({
  name: "0.9.5",
  specVersion: "0.9.5",
  endpoints: {
    discovery: { verb: "MOSIPDISC", path: "/device" },
    info: { verb: "MOSIPDINFO", path: "/info" },
    capture: { verb: "CAPTURE", path: "/capture" },
    stream: { verb: "STREAM", path: "/stream" },
    "registration-capture": { verb: "RCAPTURE", path: "/capture" },
  },
  refusesUnknownFields: true,
  saysSuccess: true,
  cors: false,
  locationHasPath: false,
  callbackEndsInSlash: true,
  signature: "jws",
  jwsType: { typ: "JWT" },
  captureDigitalId: "signed",
  hashRule: "bytes-of-iso",
  cipher: "aes-gcm-timestamp-xor-transaction",
  time: formatSeconds,
  digitalId: translator(message.DigitalId, digitalId),
  discoveryRequest: translator(message.DiscoveryRequest, discoveryRequest),
  discovery: listTranslator(message.DiscoveryResponse, discovery),
  info: { form: "jws", payload: translator(message.DeviceInfo, info) },
  infoEnvelope: tokenEnvelope(message.DeviceInfoResponse, as.error),
  captureRequest: translator(message.CaptureRequest, captureRequest),
  captureBlock: translator(message.CaptureBlock, captureBlock),
  capture: answerTranslator(message.CaptureResponse, segment("0.9.5", SPEC_VERSION, false)),
  streamRequest: translator(message.StreamRequest, streamRequest),
  registrationCaptureRequest: translator(
    message.RegistrationCaptureRequest,
    registrationCaptureRequest,
  ),
  registrationCaptureBlock: translator(message.RegistrationCaptureBlock, registrationCaptureBlock),
  registrationCapture: answerTranslator(
    message.RegistrationCaptureResponse,
    segment("0.9.5", SPEC_VERSION, false),
  ),
}));
