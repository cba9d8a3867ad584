import { readable } from "../cms/readable.js";
import type { CurveName } from "../crypto/curves.js";
import { decodePoint } from "../crypto/point.js";
import type { EcKey, RsaKey } from "../crypto/public-key.js";
import type { Oid } from "../oid.js";
import type { HolderAuthorization } from "./authorization.js";
import type { CvCertificate } from "./certificate.js";
import type { CvDate } from "./date.js";
import { type ApplicationRights, applicationRightsOf } from "./extensions.js";
import type { CvPublicKey } from "./public-key.js";
import { invalidCvc } from "./refuse.js";

/** A public key that a chip has imported, with what it remembers of the certificate (Doc 9303-11, 7.1.4.3.7). */
export interface CvKey {
  /** Certificate holder reference. */
  readonly reference: string;
  readonly key: RsaKey | EcKey;
  /** The protocol of terminal authentication that it signs in. */
  readonly protocol: Oid;
  /** Of a trust point its own; below it, what everybody above left of it. */
  readonly authorization: HolderAuthorization;
  /** Likewise. */
  readonly applicationRights: ApplicationRights;
  readonly effectiveDate: CvDate;
  readonly expirationDate: CvDate;
}

/**
 * The key of a certificate with the parameters of its curve: its own, or those of the authority.
 *
 * @param inherited curve of the authority's key.
 * @throws EmrtdError `PUBLIC_KEY_INVALID` for a point off the curve, `CVC_INVALID` where no curve is known.
 */
export const resolveCvKey = (
  publicKey: CvPublicKey,
  inherited: CurveName | undefined,
): RsaKey | EcKey => {
  if (publicKey.type === "RSA") {
    return { type: "RSA", modulus: publicKey.modulus, exponent: publicKey.exponent };
  }
  const curve = publicKey.curve ?? inherited;
  if (curve === undefined) throw invalidCvc("domain parameters", "CV certificate body.publicKey");
  return {
    type: "EC",
    curve,
    point: decodePoint(curve, publicKey.point, "CV certificate body.publicKey"),
    explicitParameters: publicKey.curve !== undefined,
  };
};

/**
 * The trust point that a certificate of a country verifying authority makes. Who calls this trusts it: no
 * signature is looked at.
 *
 * @throws EmrtdError `CVC_INVALID` for a certificate of anybody else, or one without domain parameters.
 */
export const trustPointOf = (certificate: CvCertificate): CvKey => {
  if (certificate.authorization.role !== "CVCA") {
    throw invalidCvc("a certificate of a country verifying authority", "trust point");
  }
  return keyOf(certificate, undefined);
};

/** What a verifier keeps of a certificate, before it asks what the authority leaves of its rights. */
const keyOf = (certificate: CvCertificate, inherited: CurveName | undefined): CvKey => ({
  reference: certificate.holderReference,
  key: resolveCvKey(certificate.publicKey, inherited),
  protocol: certificate.publicKey.protocol,
  authorization: certificate.authorization,
  applicationRights: applicationRightsOf(certificate.extensions ?? []),
  effectiveDate: certificate.effectiveDate,
  expirationDate: certificate.expirationDate,
});

export const curveOf = ({ key }: CvKey): CurveName | undefined =>
  key.type === "EC" ? key.curve : undefined;

/** {@link keyOf}, or undefined for a key that is none. */
export const readableKeyOf = (
  certificate: CvCertificate,
  inherited: CurveName | undefined,
): CvKey | undefined => readable(() => keyOf(certificate, inherited));
