import { jsonMessage, type MessageOf } from "../../message.js";
import { UTC_SECONDS } from "../../vocabulary/time.js";
import { ENV_ALIASES, ENVS } from "../words.js";

/** Payload of `data`: whose certificate is wanted. MDS 0.9.5 and SBI 1.0, "Certificates". */
export const EncryptionDomain = /* @__PURE__ */ jsonMessage("encryption domain", (f) =>
  f.object({ env: f.word(ENVS, ENV_ALIASES), domainUri: f.text() }),
);
export type EncryptionDomain = MessageOf<typeof EncryptionDomain>;

/** POST /v1/masterdata/device/encryptioncertficates (spelt so). */
export const EncryptionCertificateRequest = /* @__PURE__ */ jsonMessage(
  "encryption certificate request",
  (f) =>
    f.object({
      id: f.word(["io.mosip.auth.country.certificate"]),
      version: f.text(),
      request: f.object({ data: f.filled() }),
      requesttime: f.matching(UTC_SECONDS),
    }),
);
export type EncryptionCertificateRequest = MessageOf<typeof EncryptionCertificateRequest>;

/** Payload of `response`: certificates in base64, either alphabet. */
export const EncryptionCertificates = /* @__PURE__ */ jsonMessage("encryption certificates", (f) =>
  f.list(f.object({ certificate: f.filled() })),
);
export type EncryptionCertificates = MessageOf<typeof EncryptionCertificates>;

/** Answer, signed as a whole. */
export const EncryptionCertificateResponse = /* @__PURE__ */ jsonMessage(
  "encryption certificate response",
  (f) =>
    f.object({
      id: f.word(["io.mosip.auth.country.certificate"]),
      version: f.text(),
      responsetime: f.matching(UTC_SECONDS),
      response: f.filled(),
    }),
);
export type EncryptionCertificateResponse = MessageOf<typeof EncryptionCertificateResponse>;
