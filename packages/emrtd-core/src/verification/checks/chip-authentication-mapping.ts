import {
  mappingKeyOf,
  verifyChipAuthenticationMapping,
} from "../../authentication/chip-authentication-mapping.js";
import { judgeSigners } from "../../authentication/document-signers.js";
import type { ChipAuthenticationMappingEvidence } from "../../authentication/evidence.js";
import { readable } from "../../cms/readable.js";
import { type CardSecurity, decodeCardSecurity } from "../../lds/card-security.js";
import { securityProtocolName } from "../../lds/security-protocols.js";
import { failed, type Judgement, passed, type Subject, undetermined } from "./judgement.js";

/**
 * Whether chip authentication mapping proved the chip (Doc 9303-11, 4.4.3.5.2): EF.CardSecurity must be
 * signed by a signer that is trusted, its certificate valid, and the run of PACE must fit its key.
 *
 * A file that somebody signed proves nothing: without the trusted signer the question stays open.
 */
export const judgeChipAuthenticationMapping = (
  subject: Subject,
  evidence: ChipAuthenticationMappingEvidence,
): Judgement => {
  const { files, crypto } = subject;
  const protocol = securityProtocolName(evidence.oid) ?? evidence.oid;
  const { CardSecurity: file } = files;
  if (file === undefined) return undetermined("CARD_SECURITY_NOT_READ", { protocol });
  const decoded = readable(() => decodeCardSecurity(file));
  const staticKey =
    decoded && readable(() => mappingKeyOf(decoded.securityInfos, evidence.parameterId));
  if (!decoded || !staticKey) return failed("CARD_SECURITY_MALFORMED", { protocol });
  const signature = judgeSignature(subject, decoded);
  const detail = { protocol, cardSecurity: signature };
  if (signature === "failed") return failed("SIGNATURE_INVALID", detail);
  if (!verifyChipAuthenticationMapping(evidence, staticKey, crypto)) {
    return failed("CHIP_PROOF_INVALID", detail);
  }
  return signature === "trusted"
    ? passed(detail)
    : undetermined("CARD_SECURITY_NOT_TRUSTED", detail);
};

const judgeSignature = (
  { trust, crypto, at }: Subject,
  { signedData }: CardSecurity,
): "trusted" | "not-trusted" | "failed" => {
  const { contentType, content = new Uint8Array() } = signedData;
  const file = { signedData, encapsulated: { contentType, content } };
  const { signer, path } = judgeSigners(file, trust, crypto);
  if (signer.status === "failed" || path.status === "failed") return "failed";
  const validity = signer.certificate && readable(() => signer.certificate?.validity);
  const inForce = validity !== undefined && at >= validity.notBefore && at <= validity.notAfter;
  return signer.status === "passed" && path.status === "passed" && inForce
    ? "trusted"
    : "not-trusted";
};
