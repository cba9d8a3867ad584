import { optional, required } from "../fields.js";
import { keyedMessage, type ValueOf } from "../keyed-message.js";
import { base64, integer, pin, text } from "../kind.js";

/** Fields of an identity card, the same in IDCARD and in DATA UPDATE IDCARD; all text is UTF-8. */
export const IDENTITY_CARD_FIELDS = {
  /** `0`: the card belongs to nobody who is enrolled. */
  pin: required("PIN", pin),
  /** Number of the chip. */
  serialNumber: optional("SNNum", text),
  /** Number of the citizen. */
  idNumber: optional("IDNum", text),
  /** Number of the card body. */
  documentNumber: optional("DNNum", text),
  name: optional("Name", text),
  /** See `GENDERS`. */
  gender: optional("Gender", integer),
  /** See `NATIONS`. */
  nation: optional("Nation", integer),
  /** `yyyyMMdd`. */
  birthday: optional("Birthday", text),
  /** First and last day, `yyyyMMddyyyyMMdd`. */
  validity: optional("ValidInfo", text),
  address: optional("Address", text),
  /** Address that was added to the chip later. */
  additionalAddress: optional("AdditionalInfo", text),
  issuer: optional("Issuer", text),
  /** Encrypted by the card; base64. */
  photo: optional("Photo", base64),
  fingerprint1: optional("FPTemplate1", base64),
  fingerprint2: optional("FPTemplate2", base64),
  reserved: optional("Reserve", text),
  notice: optional("Notice", text),
} as const;

/**
 * IDCARD, one identity card that was read, in an IDCARD body.
 *
 * Attendance PUSH 3.7, 11.6.
 *
 *     IDCARD SP PIN= HT SNNum= HT IDNum= HT … HT Reserve= HT Notice=
 */
export const IdentityCardRecord = /* @__PURE__ */ keyedMessage(
  "record",
  "IDCARD",
  { section: "11.6", since: "2.3.0" },
  IDENTITY_CARD_FIELDS,
);
export type IdentityCardRecord = ValueOf<typeof IdentityCardRecord>;
