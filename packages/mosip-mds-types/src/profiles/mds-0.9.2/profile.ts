import { listOf, mapping, row } from "../../model/mapping.js";
import * as as from "../../model/pairs.js";
import type {
  BioRequest,
  CaptureRequest,
  DataBlock,
  Device,
  DigitalId,
  DiscoveryRequest,
  Segment,
  StreamRequest,
} from "../../model/types.js";
import { formatMilliseconds } from "../../vocabulary/time.js";
import { tokenEnvelope } from "../info-envelope.js";
import { answerTranslator, declareProfile, listTranslator, translator } from "../profile.js";
import * as message from "./index.js";
import { SPEC_VERSION } from "./version.js";

const discoveryRequest = /* @__PURE__ */ mapping<DiscoveryRequest>(() => [
  row("modality", "type", as.modality("Fingerprint"), as.ANY),
]);

/** Discovery has one word for two states, and none for busy. */
const discoveryStatus = /* @__PURE__ */ as.fewerStatuses(
  { ready: "Active", "not-registered": "Inactive or Not Registered" },
  { busy: "Active", "not-ready": "Inactive or Not Registered" },
);
const infoActivity = /* @__PURE__ */ as.fewerStatuses(
  { ready: "Active", busy: "Active", "not-ready": "InActive", "not-registered": "InActive" },
  {},
);

const discovery = /* @__PURE__ */ mapping<Device>(() => [
  row("deviceId", "deviceId", as.text),
  row("status", "deviceStatus", discoveryStatus),
  row("level", "certification", as.level),
  row("serviceVersion", "serviceVersion", as.text),
  row("subIds", "deviceSubId", as.numbers),
  row("callbackId", "callbackId", as.text),
  row("digitalId", "digitalId", as.text),
  row("deviceCode", "deviceCode", as.textOrEmpty, ""),
  row("specVersions", "specVersion", as.texts, ["0.9.2"]),
  row("purpose", "purpose", as.purpose, ""),
  row("error", "error", as.errorOld),
]);

const info = /* @__PURE__ */ mapping<Device>(() => [
  row("status", "status", as.status),
  row("deviceId", "deviceId", as.text),
  row("status", "deviceStatus", infoActivity),
  row("firmware", "firmware", as.text),
  row("level", "certification", as.level),
  row("serviceVersion", "serviceVersion", as.text),
  row("subIds", "deviceSubId", as.numbers),
  row("callbackId", "callbackId", as.text),
  row("digitalId", "digitalId", as.text),
  row("deviceCode", "deviceCode", as.textOrEmpty, ""),
  row("purpose", "purpose", as.purpose, ""),
  row("specVersions", "specVersion", as.texts, ["0.9.2"]),
]);

const digitalId = /* @__PURE__ */ mapping<DigitalId>(() => [
  row("serialNo", "serialNo", as.text),
  row("make", "make", as.text),
  row("model", "model", as.text),
  row("modality", "type", as.modality("Fingerprint")),
  row("subType", "subType", as.deviceSubType("Slab")),
  row("provider", "deviceProvider", as.text),
  row("providerId", "deviceProviderId", as.text),
  row("dateTime", "dateTime", as.milliseconds),
]);

const bio = (minutiae: boolean, exceptions: boolean) =>
  mapping<BioRequest>(() => [
    row("wanted", "type", as.wantedOld(minutiae)),
    row("count", "count", as.number, 1),
    ...(exceptions ? [row("exceptions", "exception", as.exceptionsOld, [])] : []),
    row("requestedScore", "requestedScore", as.number, 0),
    row("deviceId", "deviceId", as.text, "0"),
    row("subId", "deviceSubId", as.number, 0),
    row("previousHash", "previousHash", as.text, ""),
  ]);

const captureRequest = /* @__PURE__ */ mapping<CaptureRequest>(() => [
  row("env", "env", as.env),
  row("purpose", "purpose", as.purpose),
  row("specVersion", "specVersion", as.textLike(SPEC_VERSION), "0.9.2"),
  row("timeoutMs", "timeout", as.number),
  row("captureTime", "captureTime", as.milliseconds),
  row("domainUri", "domainUri", as.textOrEmpty, ""),
  row("transactionId", "transactionId", as.text),
  row("bio", "bio", listOf(bio(false, false))),
  row("customOpts", "customOpts", as.record),
]);

const registrationCaptureRequest = /* @__PURE__ */ mapping<CaptureRequest>(() => [
  row("env", "env", as.env),
  row("specVersion", "specVersion", as.textLike(SPEC_VERSION), "0.9.2"),
  row("timeoutMs", "timeout", as.number),
  row("captureTime", "captureTime", as.milliseconds),
  row("registrationId", "registrationId", as.textOrEmpty, ""),
  row("bio", "bio", listOf(bio(true, true))),
  row("customOpts", "customOpts", as.record),
]);

const streamRequest = /* @__PURE__ */ mapping<StreamRequest>(() => [
  row("deviceId", "deviceId", as.text, "0"),
  row("subId", "deviceSubId", as.number, 0),
]);

const captureBlock = /* @__PURE__ */ mapping<DataBlock>(() => [
  row("digitalId", "digitalId", as.text),
  row("deviceCode", "deviceCode", as.textOrEmpty, ""),
  row("serviceVersion", "deviceServiceVersion", as.textOrEmpty, ""),
  row("modality", "bioType", as.modalityOfBlockOld),
  row("subType", "bioSubType", as.subTypeOld, ""),
  row("purpose", "purpose", as.purpose),
  row("env", "env", as.env),
  row("domainUri", "domainUri", as.textOrEmpty, ""),
  row("bioValue", "bioValue", as.base64Url),
  row("transactionId", "transactionId", as.textOrEmpty, ""),
  row("timestamp", "timestamp", as.milliseconds),
  row("requestedScore", "requestedScore", as.number),
  row("qualityScore", "qualityScore", as.number),
]);

const registrationCaptureBlock = /* @__PURE__ */ mapping<DataBlock>(() => [
  row("digitalId", "digitalId", as.text),
  row("deviceCode", "deviceCode", as.textOrEmpty, ""),
  row("serviceVersion", "deviceServiceVersion", as.textOrEmpty, ""),
  row("subType", "bioSubType", as.subTypeOld, ""),
  row("purpose", "purpose", as.purpose),
  row("env", "env", as.env),
  row("bioValue", "bioValue", as.base64Url),
  row("bioExtract", "bioExtract", as.base64Url, ""),
  row("registrationId", "registrationId", as.textOrEmpty, ""),
  row("timestamp", "timestamp", as.milliseconds),
  row("requestedScore", "requestedScore", as.number),
  row("qualityScore", "qualityScore", as.number),
]);

const segment = /* @__PURE__ */ mapping<Segment>(() => [
  row("specVersion", "specVersion", as.textLike(SPEC_VERSION)),
  row("data", "data", as.text),
  row("hash", "hash", as.text),
  row("sessionKey", "sessionKey", as.text),
  row("error", "error", as.errorOld),
]);

/** MDS 0.9.2, August 2019. */
export const MDS_0_9_2 = /* @__PURE__ */ declareProfile(() => ({
  name: "0.9.2",
  specVersion: "0.9.2",
  endpoints: {
    discovery: { verb: "MOSIPDISC", path: "/device" },
    info: { verb: "MOSIPDINFO", path: "/info" },
    capture: { verb: "CAPTURE", path: "/capture" },
    stream: { verb: "STREAM", path: "/stream" },
    "registration-capture": { verb: "RCAPTURE", path: "/capture" },
  },
  refusesUnknownFields: false,
  saysSuccess: false,
  cors: false,
  locationHasPath: false,
  callbackEndsInSlash: false,
  signature: "jws",
  jwsType: { type: "MDSSign" },
  captureDigitalId: "unsigned",
  hashRule: "hex-of-payload",
  cipher: "aes-gcm-timestamp-tail",
  time: formatMilliseconds,
  digitalId: translator(message.DigitalId, digitalId),
  discoveryRequest: translator(message.DiscoveryRequest, discoveryRequest),
  discovery: listTranslator(message.DiscoveryResponse, discovery),
  info: { form: "jws", payload: translator(message.DeviceInfo, info) },
  infoEnvelope: tokenEnvelope(message.DeviceInfoResponse, as.errorOld),
  captureRequest: translator(message.CaptureRequest, captureRequest),
  captureBlock: translator(message.CaptureBlock, captureBlock),
  capture: answerTranslator(message.CaptureResponse, segment),
  streamRequest: translator(message.StreamRequest, streamRequest),
  registrationCaptureRequest: translator(
    message.RegistrationCaptureRequest,
    registrationCaptureRequest,
  ),
  registrationCaptureBlock: translator(message.RegistrationCaptureBlock, registrationCaptureBlock),
  registrationCapture: answerTranslator(message.RegistrationCaptureResponse, segment),
}));
