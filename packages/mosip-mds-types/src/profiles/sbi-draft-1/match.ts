import { jsonMessage, type MessageOf } from "../../message.js";
import { UTC_SECONDS } from "../../vocabulary/time.js";
import { errorObject } from "../mds-0.9.5/error.js";
import {
  BIO_SUB_TYPES,
  BIO_TYPES,
  ENV_ALIASES,
  FINGER,
  INFO_ENVS,
  MAX_TIMEOUT_MS,
} from "../words.js";
import { SPEC_VERSION } from "./version.js";

/** Forms of credential that the draft names. */
export const CREDENTIAL_FORMATS = ["jwt_vc_json", "mso_mdoc", "ldp_vc", "jwt_vc_json-ld"] as const;

/** POST /match: capture, and compare with the image inside a credential. SBI draft 1, "Match". */
export const MatchRequest = /* @__PURE__ */ jsonMessage("match request", (f) =>
  f.object({
    env: f.word(INFO_ENVS, ENV_ALIASES),
    relyingPartyUri: f.text(),
    /** Free text for the person, such as why a bank asks. */
    purpose: f.shortText(256),
    specVersion: f.matching(SPEC_VERSION),
    timeout: f.integer("quoted", 1, MAX_TIMEOUT_MS),
    transactionId: f.shortText(50),
    /** Key of the asking application; without it the credential is not encrypted. */
    jwk: f.optional(f.jwk()),
    credentialFormat: f.word(CREDENTIAL_FORMATS),
    credential: f.anything(),
    captureBio: f.object({
      type: f.word(BIO_TYPES, FINGER),
      bioSubType: f.optional(f.word(BIO_SUB_TYPES)),
      requestedScore: f.optional(f.score("quoted")),
    }),
    matchTo: f.object({
      credentialElement: f.text(),
      /** JSON Pointer (RFC 6901) or XPath, by the credential's format. */
      credentialPath: f.text(),
      mimeType: f.text(),
    }),
    customOpts: f.optional(f.pairs()),
  }),
);
export type MatchRequest = MessageOf<typeof MatchRequest>;

/** Whether the person in front of the device is the one of the credential. SBI draft 1, "Match". */
export const MatchResponse = /* @__PURE__ */ jsonMessage("match response", (f) =>
  f.object({
    match: f.word(["Yes", "No", "Error"]),
    transactionId: f.text(),
    timestamp: f.matching(UTC_SECONDS),
    matchedAgainst: f.optional(
      f.object({ issuerId: f.text(), issuerKey: f.text(), credentialId: f.text() }),
    ),
    /** Pairs for audit: hash of the credential, algorithm, its version, and others. */
    matchParams: f.optional(f.pairs()),
    error: errorObject(f),
  }),
);
export type MatchResponse = MessageOf<typeof MatchResponse>;
