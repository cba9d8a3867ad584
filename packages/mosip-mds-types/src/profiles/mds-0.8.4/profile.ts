import { isObject, parseJson, rawJsonAt } from "../../json.js";
import { listOf, type Mapping, mapping, row } from "../../model/mapping.js";
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
import {
  answerTranslator,
  declareProfile,
  type InfoItem,
  listTranslator,
  type Profile,
  translator,
} from "../profile.js";
import * as message from "./index.js";

const discoveryRequest = /* @__PURE__ */ mapping<DiscoveryRequest>(() => [
  row("modality", "type", as.modality("Fingerprint"), as.ANY),
]);

/** Active and Inactive are all that discovery knows. */
const discoveryStatus = /* @__PURE__ */ as.fewerStatuses(
  { ready: "Active", "not-ready": "Inactive" },
  { busy: "Active", "not-registered": "Inactive" },
);
/** Device info has no word for a device that is not registered. */
const infoStatus = /* @__PURE__ */ as.fewerStatuses(
  { ready: "Ready", busy: "Busy", "not-ready": "Not Ready" },
  { "not-registered": "Not Ready" },
);

const discovery = /* @__PURE__ */ mapping<Device>(() => [
  row("modality", "type", as.modality("Finger")),
  row("deviceId", "deviceId", as.text),
  row("subType", "subType", as.deviceSubType("Slab")),
  row("status", "deviceStatus", discoveryStatus),
  row("level", "certification", as.level),
  row("serviceVersion", "serviceVersion", as.text),
  row("subIds", "deviceSubId", as.numbers),
  row("callbackId", "callbackId", as.text),
  row("error", "error", as.errorOld),
]);

/** The signed element. */
const infoElement = /* @__PURE__ */ mapping<Device>(() => [
  row("deviceId", "deviceId", as.text),
  row("subIds", "deviceSubId", as.numbers),
  row("firmware", "firmware", as.text),
  row("provider", "deviceProviderName", as.text),
  row("providerId", "deviceProviderId", as.text),
  row("model", "deviceModel", as.text),
  row("make", "deviceMake", as.text),
  row("expiry", "deviceExpiry", as.text),
  row("level", "certification", as.level),
  row("timestamp", "timestamp", as.milliseconds),
]);

/** What stands beside the signed element. */
const infoBeside = /* @__PURE__ */ mapping<Device>(() => [
  row("modality", "type", as.modality("Finger")),
  row("subType", "subType", as.deviceSubType("Slab")),
  row("status", "status", infoStatus),
  row("serviceVersion", "serviceVersion", as.text),
  row("callbackId", "callbackId", as.text),
  row("subIds", "deviceSubId", as.numbers),
  row("error", "error", as.errorOld),
]);

/** "Slab Fingerprint" says kind and sub type at once. */
const digitalId: Mapping<DigitalId> = {
  down: (value) => {
    const { subType, ...rest } = value;
    const slab = value.modality === "finger" && subType === "slap";
    const { value: wire, lost, assumed } = digitalIdRows.down(rest);
    return {
      value: slab ? { ...wire, type: ["Slab Fingerprint"] } : wire,
      lost: subType === undefined || slab ? lost : [...lost, "subType"],
      assumed,
    };
  },
  up: (wire) => {
    const converted = digitalIdRows.up(wire);
    const types = isObject(wire) ? wire["type"] : undefined;
    return Array.isArray(types) && types.includes("Slab Fingerprint")
      ? { ...converted, value: { ...converted.value, subType: "slap" } }
      : converted;
  },
};
const digitalIdRows = /* @__PURE__ */ mapping<Omit<DigitalId, "subType">>(() => [
  row("serialNo", "serialNo", as.text),
  row("make", "make", as.text),
  row("model", "model", as.text),
  row("modality", "type", as.modalityInList("Fingerprint")),
  row("provider", "dp", as.text),
  row("providerId", "dpId", as.text),
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
  row("purpose", "mosipProcess", as.process),
  row("specVersion", "version", as.text, "0.8.4"),
  row("timeoutMs", "timeout", as.number),
  row("captureTime", "captureTime", as.milliseconds),
  row("transactionId", "transactionId", as.text),
  row("bio", "bio", listOf(bio(false, false))),
  row("customOpts", "customOpts", as.record),
]);

const registrationCaptureRequest = /* @__PURE__ */ mapping<CaptureRequest>(() => [
  row("env", "env", as.env),
  row("specVersion", "version", as.text, "0.8.4"),
  row("timeoutMs", "timeout", as.number),
  row("captureTime", "captureTime", as.milliseconds),
  row("transactionId", "transactionId", as.textOrEmpty, ""),
  row("registrationId", "registrationId", as.textOrEmpty, ""),
  row("purpose", "mosipProcess", as.process, "Registration"),
  row("bio", "bio", listOf(bio(true, true))),
  row("customOpts", "customOpts", as.record),
]);

const streamRows = /* @__PURE__ */ mapping<StreamRequest>(() => [
  row("env", "env", as.env, "Production"),
  row("purpose", "mosipProcess", as.process, "Registration"),
  row("specVersion", "version", as.text, "0.8.4"),
  row("transactionId", "transactionId", as.textOrEmpty, ""),
  row("wanted", "type", as.wantedOld(true), "FIR"),
  row("count", "count", as.number, 1),
  row("exceptions", "exception", as.exceptionsOld, []),
  row("deviceId", "deviceId", as.text, "0"),
  row("subId", "deviceSubId", as.number, 0),
  row("customOpts", "customOpts", as.record),
]);

/** The request for a stream nests what later versions have on top; one entry is what a stream can show. */
const streamRequest: Mapping<StreamRequest> = {
  down: (value) => {
    const { value: wire, lost, assumed } = streamRows.down(value);
    const { type, count, exception, deviceId, deviceSubId, customOpts, ...top } = wire;
    const nested = {
      ...top,
      bio: [{ type, count, exception, deviceId, deviceSubId }],
      ...(customOpts === undefined ? {} : { customOpts }),
    };
    return { value: nested, lost, assumed };
  },
  up: (wire) => {
    const { bio: list, ...top } = isObject(wire) ? wire : {};
    const [first, ...more] = Array.isArray(list) ? list : [];
    const converted = streamRows.up({ ...top, ...(isObject(first) ? first : {}) });
    return more.length === 0 ? converted : { ...converted, lost: [...converted.lost, "bio"] };
  },
};

const captureBlock = /* @__PURE__ */ mapping<DataBlock>(() => [
  row("deviceCode", "deviceCode", as.textOrEmpty, ""),
  row("providerId", "deviceProviderID", as.textOrEmpty, ""),
  row("serviceId", "deviceServiceID", as.textOrEmpty, ""),
  row("serviceVersion", "deviceServiceVersion", as.textOrEmpty, ""),
  row("modality", "bioType", as.modalityOfBlockOld),
  row("subType", "bioSubType", as.subTypeOld, ""),
  row("purpose", "mosipProcess", as.process),
  row("env", "env", as.env),
  row("bioValue", "bioValue", as.base64),
  row("transactionId", "transactionID", as.textOrEmpty, ""),
  row("timestamp", "timestamp", as.milliseconds),
  row("requestedScore", "requestedScore", as.number),
  row("qualityScore", "qualityScore", as.number),
]);

const registrationCaptureBlock = /* @__PURE__ */ mapping<DataBlock>(() => [
  row("deviceCode", "deviceCode", as.textOrEmpty, ""),
  row("providerId", "deviceProviderID", as.textOrEmpty, ""),
  row("serviceId", "deviceServiceID", as.textOrEmpty, ""),
  row("serviceVersion", "deviceServiceVersion", as.textOrEmpty, ""),
  row("subType", "bioSubType", as.subTypeOld, ""),
  row("purpose", "mosipProcess", as.process),
  row("env", "env", as.env),
  row("bioValue", "bioValue", as.base64),
  row("bioExtract", "bioExtract", as.base64, ""),
  row("transactionId", "transactionId", as.text),
  row("registrationId", "registrationID", as.textOrEmpty, ""),
  row("timestamp", "timestamp", as.milliseconds),
  row("requestedScore", "requestedScore", as.number),
  row("qualityScore", "qualityScore", as.number),
]);

const segment = /* @__PURE__ */ mapping<Segment>(() => [
  row("data", "data", as.text),
  row("hash", "hash", as.text),
  row("sessionKey", "sessionKey", as.text),
  row("error", "error", as.errorOld),
  row("signature", "signature", as.text),
]);

/** The signed element goes into the answer as the text that was signed, and comes out of it as such. */
const infoEnvelope: Profile["infoEnvelope"] = {
  write: (items) =>
    `[${items
      .map(({ beside, signed, signature }) => {
        const { value } = infoBeside.down(beside);
        if (signed === undefined) {
          return JSON.stringify(message.DeviceInfoResponse.toWire([value] as never)).slice(1, -1);
        }
        const whole = {
          ...value,
          deviceInfo: message.DeviceInfo.decode(signed),
          ...(signature === undefined ? {} : { deviceInfoSignature: signature }),
        };
        return message.DeviceInfoResponse.encode([whole] as never).slice(1, -1);
      })
      .join(",")}]`,
  read: (text) =>
    message.DeviceInfoResponse.decode(text).map((item, index): InfoItem => {
      const signed = "deviceInfo" in item ? rawElement(text, index) : undefined;
      const { deviceInfo: _, deviceInfoSignature, ...rest } = item as Record<string, unknown>;
      return {
        beside: infoBeside.up(rest).value,
        ...(signed === undefined ? {} : { signed }),
        ...(typeof deviceInfoSignature === "string" ? { signature: deviceInfoSignature } : {}),
      };
    }),
};

/** Text of `deviceInfo` as received, whatever the case of its name. */
const rawElement = (text: string, index: number): string | undefined => {
  const list = parseJson(text);
  const item = Array.isArray(list) ? list[index] : undefined;
  const name = Object.keys(isObject(item) ? item : {}).find(
    (key) => key.toLowerCase() === "deviceinfo",
  );
  return name === undefined ? undefined : rawJsonAt(text, [index, name]);
};

/** MDS 0.8.4, draft of June 2019. */
export const MDS_0_8_4 = /* @__PURE__ */ declareProfile(() => ({
  name: "0.8.4",
  specVersion: "0.8.4",
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
  signature: "detached",
  jwsType: { typ: "JWT" },
  captureDigitalId: "none",
  hashRule: "hex-of-payload",
  cipher: "aes-gcm-timestamp-xor-transaction",
  time: formatMilliseconds,
  digitalId: translator(message.DigitalId, digitalId),
  discoveryRequest: translator(message.DiscoveryRequest, discoveryRequest),
  discovery: listTranslator(message.DiscoveryResponse, discovery),
  info: { form: "detached", element: translator(message.DeviceInfo, infoElement) },
  infoEnvelope,
  captureRequest: translator(message.CaptureRequest, captureRequest),
  captureBlock: translator(message.CaptureBlock, captureBlock),
  capture: answerTranslator(message.CaptureResponse, segment),
  streamRequest: translator(message.StreamRequest, streamRequest),
  registrationCaptureRequest: translator(
    message.RegistrationCaptureRequest,
    registrationCaptureRequest,
  ),
  registrationCaptureBlock: translator(message.RegistrationCaptureBlock, registrationCaptureBlock),
  registrationCapture: answerTranslator(message.CaptureResponse, segment),
}));
