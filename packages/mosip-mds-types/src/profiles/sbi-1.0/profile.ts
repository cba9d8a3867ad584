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
  row("specVersion", "specVersion", as.textLike(SPEC_VERSION), "1.0"),
]);

const discovery = /* @__PURE__ */ mapping<Device>(() => [
  row("serialNo", "serialNo", as.text),
  row("status", "deviceStatus", as.status),
  row("level", "certification", as.levelSbi),
  row("serviceVersion", "serviceVersion", as.text),
  row("subIds", "deviceSubId", as.numbers),
  row("callbackId", "callbackId", as.text),
  row("digitalId", "digitalId", as.text),
  row("specVersions", "specVersion", as.texts, ["1.0"]),
  row("purpose", "purpose", as.purpose),
  row("error", "error", as.error),
]);

const info = /* @__PURE__ */ mapping<Device>(() => [
  row("status", "deviceStatus", as.status),
  row("serialNo", "serialNo", as.text),
  row("firmware", "firmware", as.text),
  row("level", "certification", as.levelSbi),
  row("serviceVersion", "serviceVersion", as.text),
  row("subIds", "deviceSubId", as.numbers),
  row("callbackId", "callbackId", as.text),
  row("digitalId", "digitalId", as.text),
  row("env", "env", as.envOrNone, "None"),
  row("purpose", "purpose", as.purpose),
  row("specVersions", "specVersion", as.texts, ["1.0"]),
]);

const captureRequest = /* @__PURE__ */ mapping<CaptureRequest>(() => [
  row("env", "env", as.env),
  row("purpose", "purpose", as.purpose),
  row("specVersion", "specVersion", as.textLike(SPEC_VERSION), "1.0"),
  row("timeoutMs", "timeout", as.number),
  row("captureTime", "captureTime", as.seconds),
  row("domainUri", "domainUri", as.textOrEmpty, ""),
  row("transactionId", "transactionId", as.text),
  row("bio", "bio", bio("serialNo", false)),
  row("customOpts", "customOpts", as.record),
]);

const registrationCaptureRequest = /* @__PURE__ */ mapping<CaptureRequest>(() => [
  row("env", "env", as.env),
  row("purpose", "purpose", as.purpose, "Registration"),
  row("specVersion", "specVersion", as.textLike(SPEC_VERSION), "1.0"),
  row("timeoutMs", "timeout", as.number),
  row("captureTime", "captureTime", as.seconds),
  row("transactionId", "transactionId", as.text),
  row("bio", "bio", bio("serialNo", true)),
  row("customOpts", "customOpts", as.record),
]);

const streamRequest = /* @__PURE__ */ mapping<StreamRequest>(() => [
  row("wanted", "type", as.wanted, as.ANY),
  row("specVersion", "specVersion", as.textLike(SPEC_VERSION), "1.0"),
  row("serialNo", "serialNo", as.text, ""),
  row("subId", "deviceSubId", as.number, 0),
  row("timeoutMs", "timeout", as.number),
  row("dimensions", "dimensions", as.text),
]);

const captureBlock = /* @__PURE__ */ mapping<DataBlock>(() => [
  row("digitalId", "digitalId", as.text),
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

/** SBI 1.0, June 2021. */
export const SBI_1_0 = /* @__PURE__ */ declareProfile(() => ({
  name: "sbi-1.0",
  specVersion: "1.0",
  endpoints: {
    discovery: { verb: "SBIDISC", path: "/device" },
    info: { verb: "SBIINFO", path: "/info" },
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
  infoRequest: translator(message.DeviceInfoRequest, discoveryRequest),
  info: { form: "jws", payload: translator(message.DeviceInfo, info) },
  infoEnvelope: tokenEnvelope(message.DeviceInfoResponse, as.error),
  captureRequest: translator(message.CaptureRequest, captureRequest),
  captureBlock: translator(message.CaptureBlock, captureBlock),
  capture: answerTranslator(message.CaptureResponse, segment("1.0", SPEC_VERSION, true)),
  streamRequest: translator(message.StreamRequest, streamRequest),
  registrationCaptureRequest: translator(
    message.RegistrationCaptureRequest,
    registrationCaptureRequest,
  ),
  registrationCaptureBlock: translator(message.RegistrationCaptureBlock, registrationCaptureBlock),
  registrationCapture: answerTranslator(
    message.RegistrationCaptureResponse,
    segment("1.0", SPEC_VERSION, true),
  ),
}));
