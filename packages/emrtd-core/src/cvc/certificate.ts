import { concatBytes } from "../bytes.js";
import { decodeTlv, encodeTlv, formatTag, type Tlv } from "../tlv.js";
import {
  AUTHORIZATION_TAG,
  decodeHolderAuthorization,
  encodeHolderAuthorization,
  type HolderAuthorization,
} from "./authorization.js";
import { type CvDate, decodeCvDate, encodeCvDate } from "./date.js";
import {
  type CvExtension,
  decodeCvExtensions,
  EXTENSIONS_TAG,
  encodeCvExtensions,
} from "./extensions.js";
import { CVC_LIMITS } from "./limits.js";
import {
  type CvPublicKey,
  decodeCvPublicKey,
  encodeCvPublicKey,
  PUBLIC_KEY_TAG,
} from "./public-key.js";
import { decodeCvReference, encodeCvReference } from "./reference.js";
import { invalidCvc } from "./refuse.js";

/**
 * A card verifiable certificate: what a chip can verify about a terminal (Doc 9303-12, 7.2.2; BSI
 * TR-03110-3, C.1). It lives for weeks and cannot be revoked.
 *
 * ```
 * 7F21 {
 *   7F4E { 5F29 profile, 42 authority reference, 7F49 public key, 5F20 holder reference,
 *          7F4C authorization, 5F25 effective date, 5F24 expiration date, 65 extensions, if any }
 *   5F37 signature over 7F4E, tag and length included }
 * ```
 */
export interface CvCertificateContent {
  /** Names the key that signed this certificate: the reference of its holder. */
  readonly authorityReference: string;
  readonly publicKey: CvPublicKey;
  /** Names the key in this certificate. */
  readonly holderReference: string;
  readonly authorization: HolderAuthorization;
  /** The day it was made. */
  readonly effectiveDate: CvDate;
  /** The last day on which it is good. */
  readonly expirationDate: CvDate;
  readonly extensions?: readonly CvExtension[];
}

export interface CvCertificate extends CvCertificateContent {
  /** As received. */
  readonly bytes: Uint8Array;
  /** The signed part as received, tag and length included. */
  readonly body: Uint8Array;
  readonly signature: Uint8Array;
}

const TAG = {
  certificate: 0x7f21,
  body: 0x7f4e,
  profile: 0x5f29,
  authorityReference: 0x42,
  publicKey: PUBLIC_KEY_TAG,
  holderReference: 0x5f20,
  authorization: AUTHORIZATION_TAG,
  effectiveDate: 0x5f25,
  expirationDate: 0x5f24,
  extensions: EXTENSIONS_TAG,
  signature: 0x5f37,
} as const;

const PATH = "CV certificate";
/** Version 1 of the profile. */
const PROFILE = 0;

/**
 * Reads a certificate; whether its signature holds is another question.
 *
 * @throws EmrtdError `CVC_INVALID` for another structure, order or profile, or a value that breaks its
 *   rules; for its key as `decodeCvPublicKey`; `TLV_…`, `DER_INVALID` and `OID_INVALID`.
 */
export const decodeCvCertificate = (bytes: Uint8Array): CvCertificate => {
  if (bytes.length > CVC_LIMITS.size) {
    throw invalidCvc(`at most ${CVC_LIMITS.size} bytes, found ${bytes.length}`, PATH);
  }
  const [body, signature] = inOrder(
    decodeTlv(bytes, { der: true }).expect(TAG.certificate, PATH),
    [TAG.body, TAG.signature],
    PATH,
  ) as [Tlv, Tlv];
  if (signature.value.length === 0) throw invalidCvc("a signature", PATH);
  return { ...decodeBody(body), bytes, body: body.bytes, signature: signature.value };
};

const FIELDS = [
  TAG.profile,
  TAG.authorityReference,
  TAG.publicKey,
  TAG.holderReference,
  TAG.authorization,
  TAG.effectiveDate,
  TAG.expirationDate,
] as const;

const decodeBody = (body: Tlv): CvCertificateContent => {
  const path = `${PATH} body`;
  const extended = body.children().length > FIELDS.length;
  const tags = extended ? [...FIELDS, TAG.extensions] : FIELDS;
  const [profile, authority, key, holder, authorization, effective, expiration, extensions] =
    inOrder(body, tags, path) as [Tlv, Tlv, Tlv, Tlv, Tlv, Tlv, Tlv, Tlv?];
  if (profile.value.length !== 1 || profile.value[0] !== PROFILE) {
    throw invalidCvc("profile 0", path, profile.start);
  }
  return {
    authorityReference: decodeCvReference(authority.value, `${path}.authorityReference`),
    publicKey: decodeCvPublicKey(key, `${path}.publicKey`),
    holderReference: decodeCvReference(holder.value, `${path}.holderReference`),
    authorization: decodeHolderAuthorization(authorization, `${path}.authorization`),
    effectiveDate: decodeCvDate(effective.value, `${path}.effectiveDate`),
    expirationDate: decodeCvDate(expiration.value, `${path}.expirationDate`),
    ...(extensions === undefined
      ? {}
      : { extensions: decodeCvExtensions(extensions, `${path}.extensions`) }),
  };
};

/** The children of an element where they are exactly these, in this order. */
const inOrder = (element: Tlv, tags: readonly number[], path: string): Tlv[] => {
  const children = element.children();
  if (children.length !== tags.length || children.some(({ tag }, i) => tag !== tags[i])) {
    throw invalidCvc(
      `the data objects ${tags.map(formatTag).join(", ")}`,
      path,
      element.valueStart,
    );
  }
  return children;
};

/** Writes the part that is signed. @throws EmrtdError `CVC_VALUE` for a value that it cannot hold. */
export const encodeCvCertificateBody = (content: CvCertificateContent): Uint8Array<ArrayBuffer> => {
  const { extensions } = content;
  return encodeTlv(
    TAG.body,
    encodeTlv(TAG.profile, Uint8Array.of(PROFILE)),
    encodeTlv(
      TAG.authorityReference,
      encodeCvReference(content.authorityReference, "authorityReference"),
    ),
    encodeCvPublicKey(content.publicKey),
    encodeTlv(TAG.holderReference, encodeCvReference(content.holderReference, "holderReference")),
    encodeHolderAuthorization(content.authorization),
    encodeTlv(TAG.effectiveDate, encodeCvDate(content.effectiveDate, "effectiveDate")),
    encodeTlv(TAG.expirationDate, encodeCvDate(content.expirationDate, "expirationDate")),
    extensions === undefined ? new Uint8Array() : encodeCvExtensions(extensions),
  );
};

/** Puts a signed body and its signature together. */
export const encodeCvCertificate = ({
  body,
  signature,
}: Pick<CvCertificate, "body" | "signature">): Uint8Array<ArrayBuffer> =>
  encodeTlv(TAG.certificate, encodeCvObjects({ body, signature }));

/** Body and signature side by side, as PSO:Verify Certificate has them (Doc 9303-11, 7.1.5.2). */
export const encodeCvObjects = ({
  body,
  signature,
}: Pick<CvCertificate, "body" | "signature">): Uint8Array<ArrayBuffer> =>
  concatBytes(body, encodeTlv(TAG.signature, signature));

/** Reads {@link encodeCvObjects}. @throws EmrtdError as {@link decodeCvCertificate}. */
export const decodeCvObjects = (objects: Uint8Array): CvCertificate =>
  decodeCvCertificate(encodeTlv(TAG.certificate, objects));
