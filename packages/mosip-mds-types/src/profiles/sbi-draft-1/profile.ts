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
  row("serialNo", "serialNo", as.text),
  row("status", "deviceStatus", as.status),
  row("level", "certification", as.level),
  row("serviceVersion", "serviceVersion", as.text),
  row("subIds", "deviceSubId", as.numbers),
  row("callbackId", "callbackId", as.text),
  row("digitalId", "digitalId", as.text),
  row("specVersions", "specVersion", as.texts, ["draft.1"]),
  row("purpose", "purpose", as.purpose, ""),
  row("jwk", "jwk", as.record),
  row("error", "error", as.error),
]);

const info = /* @__PURE__ */ mapping<Device>(() => [
  row("status", "deviceStatus", as.status),
  row("serialNo", "serialNo", as.text),
  row("firmware", "firmware", as.text),
  row("level", "certification", as.level),
  row("serviceVersion", "serviceVersion", as.text),
  row("subIds", "deviceSubId", as.numbers),
  row("callbackId", "callbackId", as.text),
  row("digitalId", "digitalId", as.text),
  row("env", "env", as.envOrNone, "None"),
  row("purpose", "purpose", as.purpose, ""),
  row("specVersions", "specVersion", as.texts, ["draft.1"]),
  row("jwk", "jwk", as.record),
]);

const captureRequest = /* @__PURE__ */ mapping<CaptureRequest>(() => [
  row("env", "env", as.env),
  row("purpose", "purpose", as.purpose),
  row("specVersion", "specVersion", as.textLike(SPEC_VERSION), "draft.1"),
  row("timeoutMs", "timeout", as.number),
  row("captureTime", "captureTime", as.seconds),
  row("domainUri", "domainUri", as.textOrEmpty, ""),
  row("transactionId", "transactionId", as.text),
  row("bio", "bio", bio("none", false)),
  row("customOpts", "customOpts", as.record),
]);

const registrationCaptureRequest = /* @__PURE__ */ mapping<CaptureRequest>(() => [
  row("env", "env", as.env),
  row("purpose", "purpose", as.purpose, "Registration"),
  row("specVersion", "specVersion", as.textLike(SPEC_VERSION), "draft.1"),
  row("timeoutMs", "timeout", as.number),
  row("captureTime", "captureTime", as.seconds),
  row("transactionId", "transactionId", as.text),
  row("bio", "bio", bio("none", true)),
  row("customOpts", "customOpts", as.record),
]);

const streamRequest = /* @__PURE__ */ mapping<StreamRequest>(() => [
  row("subId", "deviceSubId", as.number, 0),
  row("timeoutMs", "timeout", as.number),
]);

const captureBlock = /* @__PURE__ */ mapping<DataBlock>(() => [
  row("digitalId", "digitalId", as.text),
  row("serialNo", "serialNo", as.text),
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
  row("serialNo", "serialNo", as.text),
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

/** SBI draft 1, October 2022: plain POST, one path an operation, and CORS. */
export const SBI_DRAFT_1 = /* @__PURE__ */ declareProfile(() => ({
  name: "sbi-draft-1",
  specVersion: "draft.1",
  endpoints: {
    discovery: { verb: "POST", path: "/device" },
    info: { verb: "POST", path: "/info" },
    capture: { verb: "POST", path: "/capture" },
    stream: { verb: "POST", path: "/stream" },
    "registration-capture": { verb: "POST", path: "/rcapture" },
    match: { verb: "POST", path: "/match" },
  },
  refusesUnknownFields: true,
  saysSuccess: true,
  cors: true,
  locationHasPath: true,
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
  capture: answerTranslator(message.CaptureResponse, segment("draft.1", SPEC_VERSION, false), {
    requestOrigin: true,
  }),
  streamRequest: translator(message.StreamRequest, streamRequest),
  registrationCaptureRequest: translator(
    message.RegistrationCaptureRequest,
    registrationCaptureRequest,
  ),
  registrationCaptureBlock: translator(message.RegistrationCaptureBlock, registrationCaptureBlock),
  registrationCapture: answerTranslator(
    message.RegistrationCaptureResponse,
    segment("draft.1", SPEC_VERSION, false),
    { requestOrigin: true },
  ),
}));
