import { listOf, mapping, row } from "../model/mapping.js";
import * as as from "../model/pairs.js";
import type { BioRequest, DigitalId, Segment } from "../model/types.js";

/** Rows that 0.9.5, SBI 1.0 and the draft have alike. */

export const digitalId = /* @__PURE__ */ mapping<DigitalId>(() => [
  row("serialNo", "serialNo", as.text),
  row("make", "make", as.text),
  row("model", "model", as.text),
  row("modality", "type", as.modality("Finger")),
  row("subType", "deviceSubType", as.deviceSubType("Slap")),
  row("provider", "deviceProvider", as.text),
  row("providerId", "deviceProviderId", as.text),
  row("dateTime", "dateTime", as.seconds),
]);

const deviceRow = {
  deviceId: () => [row("deviceId", "deviceId", as.text, "0")],
  serialNo: () => [row("serialNo", "serialNo", as.text, "")],
  none: () => [],
} as const;

/** Entries of a capture request: they name the device by its id, its serial number, or not at all. */
export const bio = (device: "deviceId" | "serialNo" | "none", exceptions: boolean) =>
  listOf(
    mapping<BioRequest>(() => [
      row("wanted", "type", as.wanted),
      row("count", "count", as.number, 1),
      row("subTypes", "bioSubType", as.subTypes, []),
      ...(exceptions ? [row("exceptions", "exception", as.subTypes, [])] : []),
      row("requestedScore", "requestedScore", as.number, 0),
      ...deviceRow[device](),
      row("subId", "deviceSubId", as.number, 0),
      row("previousHash", "previousHash", as.text, ""),
    ]),
  );

export const segment = (specVersion: string, form: RegExp, additionalInfo: boolean) =>
  mapping<Segment>(() => [
    row("specVersion", "specVersion", as.textLike(form), specVersion),
    row("data", "data", as.textOrEmpty, ""),
    row("hash", "hash", as.textOrEmpty, ""),
    row("sessionKey", "sessionKey", as.textOrEmpty),
    row("thumbprint", "thumbprint", as.textOrEmpty),
    row("error", "error", as.error),
    ...(additionalInfo ? [row("additionalInfo", "additionalInfo", as.record)] : []),
  ]);
