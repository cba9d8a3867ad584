import {
  type CaptureRequest,
  type DataBlock,
  type Device,
  PROFILE_NAMES,
  PROFILES,
  type Profile,
  type ProfileName,
} from "@org/mosip-mds-types";
import { describe, expect, test } from "vitest";

/*
 * What differs between the versions, row by row: the same thing is said through the neutral model, and the
 * table has what must stand on the wire, as the texts have it.
 */

const time = new Date("2026-01-15T10:00:00.250Z");
const device: Device = {
  modality: "finger",
  subType: "slap",
  deviceId: "1",
  serialNo: "202600001001",
  make: "Utopia",
  model: "U1",
  provider: "Utopia Sensors",
  providerId: "UTS",
  status: "ready",
  level: "L1",
  serviceVersion: "1.0.1",
  subIds: [1, 2, 3],
  callbackId: "http://127.0.0.1:4501",
  deviceCode: "code",
  purpose: "auth",
  env: "developer",
  firmware: "2.3",
  expiry: "2049-12-31",
  timestamp: time,
  digitalId: "e30",
};
const request: CaptureRequest = {
  env: "developer",
  purpose: "auth",
  timeoutMs: 10_000,
  captureTime: time,
  domainUri: "https://auth.example",
  transactionId: "T-1001",
  registrationId: "R-1001",
  bio: [
    {
      wanted: "finger",
      count: 2,
      subTypes: ["left-index", "unknown"],
      exceptions: ["left-index", "right-thumb"],
      requestedScore: 60,
      deviceId: "1",
      serialNo: "202600001001",
      subId: 1,
      previousHash: "",
    },
  ],
};
const block: DataBlock = {
  digitalId: "e30",
  deviceCode: "code",
  serialNo: "202600001001",
  providerId: "UTS",
  serviceId: "svc",
  serviceVersion: "1.0.1",
  modality: "finger",
  subType: "left-middle",
  purpose: "auth",
  env: "developer",
  domainUri: "https://auth.example",
  bioValue: Uint8Array.of(0xff, 0xef, 1),
  bioExtract: Uint8Array.of(2),
  transactionId: "T-1001",
  registrationId: "R-1001",
  timestamp: time,
  requestedScore: 60,
  qualityScore: 80,
};

const digitalId = (profile: Profile) =>
  JSON.parse(profile.digitalId.write({ ...device, dateTime: time }).value);
const discovery = (profile: Profile) => JSON.parse(profile.discovery.write([device]).value)[0];
const info = ({ info: form }: Profile) =>
  JSON.parse((form.form === "jws" ? form.payload : form.element).write(device).value);
const capture = (profile: Profile) => JSON.parse(profile.captureRequest.write(request).value);
const registration = (profile: Profile) =>
  JSON.parse(profile.registrationCaptureRequest.write(request).value);
const captureBlock = (profile: Profile) => JSON.parse(profile.captureBlock.write(block).value);
const registrationBlock = (profile: Profile) =>
  JSON.parse(profile.registrationCaptureBlock.write(block).value);
const segment = (profile: Profile) => ({
  data: "e30.e30.AQID",
  hash: "A".repeat(64),
  sessionKey: "AQID",
  ...(profile.name === "0.8.4" ? { signature: "AQID" } : { specVersion: profile.specVersion }),
  ...(PROFILE_NAMES.indexOf(profile.name) < 2 ? {} : { thumbprint: "B".repeat(64) }),
});
const answer = (profile: Profile) => JSON.parse(profile.capture.write([segment(profile)]).value);
const keys = (value: object): string => Object.keys(value).join(" ");

type Row = readonly [
  what: string,
  said: (profile: Profile) => unknown,
  old: unknown,
  v092: unknown,
  v095: unknown,
  sbi10: unknown,
  draft: unknown,
];

const LATER_ID = "serialNo make model type deviceSubType deviceProvider deviceProviderId dateTime";

const ROWS: readonly Row[] = [
  [
    "verbs",
    ({ endpoints }) =>
      (["discovery", "info", "capture", "stream", "registration-capture"] as const)
        .map((operation) => Object.values(endpoints[operation]!).join(" "))
        .join(", "),
    "MOSIPDISC /device, MOSIPDINFO /info, CAPTURE /capture, STREAM /stream, RCAPTURE /capture",
    "MOSIPDISC /device, MOSIPDINFO /info, CAPTURE /capture, STREAM /stream, RCAPTURE /capture",
    "MOSIPDISC /device, MOSIPDINFO /info, CAPTURE /capture, STREAM /stream, RCAPTURE /capture",
    "SBIDISC /device, SBIINFO /info, CAPTURE /capture, STREAM /stream, RCAPTURE /capture",
    "POST /device, POST /info, POST /capture, POST /stream, POST /rcapture",
  ],
  [
    "match",
    ({ endpoints }) => endpoints.match?.path,
    undefined,
    undefined,
    undefined,
    undefined,
    "/match",
  ],
  ["rules for pages", ({ cors }) => cors, false, false, false, false, true],
  [
    "LOCATION with the path",
    ({ locationHasPath }) => locationHasPath,
    false,
    false,
    false,
    false,
    true,
  ],
  [
    "digital id",
    (profile) => keys(digitalId(profile)),
    "serialNo make model type dp dpId dateTime",
    "serialNo make model type subType deviceProvider deviceProviderId dateTime",
    LATER_ID,
    LATER_ID,
    LATER_ID,
  ],
  [
    "type in the digital id",
    (profile) => digitalId(profile).type,
    ["Slab Fingerprint"],
    "Fingerprint",
    "Finger",
    "Finger",
    "Finger",
  ],
  [
    "sub type of a slap reader",
    (profile) =>
      profile.name === "0.8.4"
        ? discovery(profile).subType
        : (digitalId(profile).subType ?? digitalId(profile).deviceSubType),
    "Slab",
    "Slab",
    "Slap",
    "Slap",
    "Slap",
  ],
  [
    "request of discovery",
    (profile) =>
      profile.discoveryRequest.write({ modality: "finger", specVersion: profile.specVersion })
        .value,
    '{"type":"Fingerprint"}',
    '{"type":"Fingerprint"}',
    '{"type":"Finger"}',
    '{"type":"Finger","specVersion":"1.0"}',
    '{"type":"Finger"}',
  ],
  [
    "a device in discovery",
    (profile) => keys(discovery(profile)),
    "type deviceId subType deviceStatus certification serviceVersion deviceSubId callbackId",
    "deviceId deviceStatus certification serviceVersion deviceSubId callbackId digitalId deviceCode specVersion purpose",
    "deviceId deviceStatus certification serviceVersion deviceSubId callbackId digitalId deviceCode specVersion purpose",
    "serialNo deviceStatus certification serviceVersion deviceSubId callbackId digitalId specVersion purpose",
    "deviceStatus certification serviceVersion deviceSubId callbackId digitalId serialNo specVersion purpose",
  ],
  [
    "status in discovery",
    (profile) => discovery(profile).deviceStatus,
    "Active",
    "Active",
    "Ready",
    "Ready",
    "Ready",
  ],
  ["level", (profile) => discovery(profile).certification, "L1", "L1", "L1", "SBI 2.0", "L1"],
  [
    "sub ids",
    (profile) => discovery(profile).deviceSubId,
    [1, 2, 3],
    [1, 2, 3],
    ["1", "2", "3"],
    ["1", "2", "3"],
    ["1", "2", "3"],
  ],
  [
    "device info",
    (profile) => keys(info(profile)),
    "deviceId deviceSubId firmware deviceProviderName deviceProviderId deviceModel deviceMake deviceExpiry certification timestamp",
    "status deviceId deviceStatus firmware certification serviceVersion deviceSubId callbackId digitalId deviceCode purpose specVersion",
    "deviceStatus deviceId firmware certification serviceVersion deviceSubId callbackId digitalId deviceCode env purpose specVersion",
    "deviceStatus serialNo firmware certification serviceVersion deviceSubId callbackId digitalId env purpose specVersion",
    "deviceStatus firmware certification serviceVersion deviceSubId callbackId digitalId serialNo env purpose specVersion",
  ],
  [
    "how it is signed",
    ({ info: { form }, signature }) => `${form} ${signature}`,
    "detached detached",
    "jws jws",
    "jws jws",
    "jws jws",
    "jws jws",
  ],
  [
    "header of a signature",
    ({ jwsType }) => jwsType,
    { typ: "JWT" },
    { type: "MDSSign" },
    { typ: "JWT" },
    { typ: "JWT" },
    { typ: "JWT" },
  ],
  [
    "capture request",
    (profile) => keys(capture(profile)),
    "env mosipProcess version timeout captureTime transactionId bio",
    "env purpose specVersion timeout captureTime domainUri transactionId bio",
    "env purpose specVersion timeout captureTime domainUri transactionId bio",
    "env purpose specVersion timeout captureTime domainUri transactionId bio",
    "env purpose specVersion timeout captureTime domainUri transactionId bio",
  ],
  [
    "what it asks for",
    (profile) => keys(capture(profile).bio[0]),
    "type count requestedScore deviceId deviceSubId previousHash",
    "type count requestedScore deviceId deviceSubId previousHash",
    "type count bioSubType requestedScore deviceId deviceSubId previousHash",
    "type count bioSubType requestedScore serialNo deviceSubId previousHash",
    "type count bioSubType requestedScore deviceSubId previousHash",
  ],
  [
    "registration request",
    (profile) => keys(registration(profile)),
    "env version timeout captureTime transactionId registrationId mosipProcess bio",
    "env specVersion timeout captureTime registrationId bio",
    "env purpose specVersion timeout captureTime transactionId bio",
    "env purpose specVersion timeout captureTime transactionId bio",
    "env purpose specVersion timeout captureTime transactionId bio",
  ],
  [
    "kind of biometric",
    (profile) => capture(profile).bio[0].type,
    "FIR",
    "FIR",
    "Finger",
    "Finger",
    "Finger",
  ],
  [
    "exceptions",
    (profile) => registration(profile).bio[0].exception,
    ["LF_INDEX", "RF_THUMB"],
    ["LF_INDEX", "RF_THUMB"],
    ["Left IndexFinger", "Right Thumb"],
    ["Left IndexFinger", "Right Thumb"],
    ["Left IndexFinger", "Right Thumb"],
  ],
  [
    "numbers",
    (profile) => [capture(profile).timeout, capture(profile).bio[0].count],
    [10000, 2],
    [10000, 2],
    ["10000", "2"],
    ["10000", "2"],
    ["10000", "2"],
  ],
  [
    "time of a request",
    (profile) => capture(profile).captureTime,
    "2026-01-15T10:00:00.250Z",
    "2026-01-15T10:00:00.250Z",
    "2026-01-15T10:00:00Z",
    "2026-01-15T10:00:00Z",
    "2026-01-15T10:00:00Z",
  ],
  [
    "data block of a capture",
    (profile) => keys(captureBlock(profile)),
    "deviceCode deviceProviderID deviceServiceID deviceServiceVersion bioType bioSubType mosipProcess env bioValue transactionID timestamp requestedScore qualityScore",
    "digitalId deviceCode deviceServiceVersion bioType bioSubType purpose env domainUri bioValue transactionId timestamp requestedScore qualityScore",
    "digitalId deviceCode deviceServiceVersion bioType bioSubType purpose env domainUri bioValue transactionId timestamp requestedScore qualityScore",
    "digitalId deviceServiceVersion bioType bioSubType purpose env domainUri bioValue transactionId timestamp requestedScore qualityScore",
    "digitalId serialNo deviceServiceVersion bioType bioSubType purpose env domainUri bioValue transactionId timestamp requestedScore qualityScore",
  ],
  [
    "data block of a registration",
    (profile) => keys(registrationBlock(profile)),
    "deviceCode deviceProviderID deviceServiceID deviceServiceVersion bioSubType mosipProcess env bioValue bioExtract transactionId registrationID timestamp requestedScore qualityScore",
    "digitalId deviceCode deviceServiceVersion bioSubType purpose env bioValue bioExtract registrationId timestamp requestedScore qualityScore",
    "digitalId bioType deviceCode deviceServiceVersion bioSubType purpose env bioValue transactionId timestamp requestedScore qualityScore",
    "digitalId bioType deviceServiceVersion bioSubType purpose env bioValue transactionId timestamp requestedScore qualityScore",
    "digitalId bioType serialNo deviceServiceVersion bioSubType purpose env bioValue transactionId timestamp requestedScore qualityScore",
  ],
  [
    "finger in a data block",
    (profile) => captureBlock(profile).bioSubType,
    "Left Middle Finger",
    "Left Middle Finger",
    "Left MiddleFinger",
    "Left MiddleFinger",
    "Left MiddleFinger",
  ],
  [
    "alphabet of the value",
    (profile) => captureBlock(profile).bioValue,
    "/+8B",
    "_-8B",
    "_-8B",
    "_-8B",
    "_-8B",
  ],
  [
    "the list round the answer",
    (profile) => (Array.isArray(answer(profile)) ? "bare" : keys(answer(profile))),
    "biometrics",
    "bare",
    "biometrics",
    "biometrics",
    "requestOrigin biometrics",
  ],
  [
    "a segment of the answer",
    (profile) => keys((answer(profile).biometrics ?? answer(profile))[0]),
    "data hash sessionKey signature",
    "specVersion data hash sessionKey",
    "specVersion data hash sessionKey thumbprint",
    "specVersion data hash sessionKey thumbprint",
    "specVersion data hash sessionKey thumbprint",
  ],
  [
    "an error",
    (profile) => JSON.parse(profile.discovery.write([{ error: { code: "100", info: "x" } }]).value),
    [{ error: { errorcode: "100", errorinfo: "x" } }],
    [{ error: { errorcode: "100", errorinfo: "x" } }],
    [{ error: { errorCode: "100", errorInfo: "x" } }],
    [{ error: { errorCode: "100", errorInfo: "x" } }],
    [{ error: { errorCode: "100", errorInfo: "x" } }],
  ],
  [
    "stream request",
    (profile) =>
      keys(
        JSON.parse(
          profile.streamRequest.write({
            ...request,
            wanted: "finger",
            count: 4,
            exceptions: [],
            deviceId: "1",
            serialNo: "202600001001",
            subId: 1,
            dimensions: "6040",
            specVersion: profile.specVersion,
          }).value,
        ),
      ),
    "env mosipProcess version transactionId bio",
    "deviceId deviceSubId",
    "deviceId deviceSubId timeout",
    "type specVersion serialNo deviceSubId timeout dimensions",
    "deviceSubId timeout",
  ],
  [
    "digital id in a capture",
    ({ captureDigitalId }) => captureDigitalId,
    "none",
    "unsigned",
    "signed",
    "signed",
    "signed",
  ],
  [
    "hash rule",
    ({ hashRule }) => hashRule,
    "hex-of-payload",
    "hex-of-payload",
    "bytes-of-iso",
    "bytes-of-iso",
    "bytes-of-iso",
  ],
  [
    "unknown fields are refused",
    ({ refusesUnknownFields }) => refusesUnknownFields,
    false,
    false,
    true,
    true,
    true,
  ],
  ["success is said", ({ saysSuccess }) => saysSuccess, false, false, true, true, true],
];

describe.each(ROWS)("%s", (_what, said, ...expected) => {
  test.each(PROFILE_NAMES.map((name, index) => [name, expected[index]] as const))(
    "in %s",
    (name, wanted) => {
      expect(said(PROFILES[name])).toEqual(wanted);
    },
  );
});

describe("transaction ids since October 2023", () => {
  const writes = (name: ProfileName, transactionId: string) => () =>
    PROFILES[name].captureRequest.write({ ...request, transactionId });

  test.each(["abc", "a".repeat(51), "with blank", "under_score", ""])("%j", (id) => {
    expect(writes("0.9.5", id)).toThrow("transactionId");
    expect(writes("sbi-draft-1", id)).toThrow("transactionId");
    expect(writes("0.8.4", id)).not.toThrow();
    expect(writes("0.9.2", id)).not.toThrow();
  });
});
