import type { Oid } from "../oid.js";

/** Protocol, version and a parameter or key id: PACE and chip authentication alike. */
export interface VersionedInfo {
  readonly protocol: Oid;
  readonly version: number;
}

/** Doc 9303-11, 9.2.1. The parameter id may be missing where explicit parameters are used. */
export interface PaceInfo extends VersionedInfo {
  readonly type: "PACEInfo";
  readonly parameterId?: number;
}

/** Doc 9303-11, 9.2.2. Unsigned in EF.CardAccess: use only parameters known to be sound. */
export interface PaceDomainParameterInfo {
  readonly type: "PACEDomainParameterInfo";
  readonly protocol: Oid;
  /** AlgorithmIdentifier, DER. */
  readonly domainParameter: Uint8Array;
  readonly parameterId?: number;
}

/** Doc 9303-11, 9.2.4. */
export interface ActiveAuthenticationInfo extends VersionedInfo {
  readonly type: "ActiveAuthenticationInfo";
  /** As BSI TR-03111 names it: ECDSA plain with its hash. */
  readonly signatureAlgorithm: Oid;
}

/** Doc 9303-11, 9.2.5. */
export interface ChipAuthenticationInfo extends VersionedInfo {
  readonly type: "ChipAuthenticationInfo";
  readonly keyId?: number;
}

/** BSI TR-03110-3, A.1.1.2: parameters of chip authentication version 2. */
export interface ChipAuthenticationDomainParameterInfo {
  readonly type: "ChipAuthenticationDomainParameterInfo";
  readonly protocol: Oid;
  /** AlgorithmIdentifier, DER. */
  readonly domainParameter: Uint8Array;
  readonly keyId?: number;
}

/** Doc 9303-11, 9.2.6. */
export interface ChipAuthenticationPublicKeyInfo {
  readonly type: "ChipAuthenticationPublicKeyInfo";
  readonly protocol: Oid;
  /** SubjectPublicKeyInfo, DER. */
  readonly publicKey: Uint8Array;
  readonly keyId?: number;
}

/** Doc 9303-11, 9.2.8; where the references to trust points are, BSI TR-03110-3, A.1.1.3. */
export interface TerminalAuthenticationInfo extends VersionedInfo {
  readonly type: "TerminalAuthenticationInfo";
  /** EF.CVCA, for version 1: file identifier and short file identifier. */
  readonly efCvca?: { readonly fileId: Uint8Array; readonly shortFileId?: Uint8Array };
}

/** Doc 9303-11, 9.2.10: a copy of EF.DIR that can be signed. */
export interface EfDirInfo {
  readonly type: "EFDIRInfo";
  readonly protocol: Oid;
  readonly efDir: Uint8Array;
}

/** Anything else, and an info of a known protocol that is not formed as the standard says. */
export interface UnknownSecurityInfo {
  readonly type: "unknown";
  readonly protocol: Oid;
  /** The whole SecurityInfo as it stands. */
  readonly bytes: Uint8Array;
}

/**
 * What a chip can do, and the keys that it does it with.
 *
 * ```asn1
 * SecurityInfos ::= SET OF SecurityInfo
 * SecurityInfo ::= SEQUENCE { protocol OBJECT IDENTIFIER, requiredData ANY, optionalData ANY OPTIONAL }
 * ```
 */
export type SecurityInfo =
  | PaceInfo
  | PaceDomainParameterInfo
  | ActiveAuthenticationInfo
  | ChipAuthenticationInfo
  | ChipAuthenticationDomainParameterInfo
  | ChipAuthenticationPublicKeyInfo
  | TerminalAuthenticationInfo
  | EfDirInfo
  | UnknownSecurityInfo;
