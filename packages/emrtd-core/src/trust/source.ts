/** What every source has. The caller vouches for the source: nothing in a document can. */
interface SourceBase {
  readonly bytes: Uint8Array;
  /** Where it came from, for reports: a file's name, the name of a list. */
  readonly origin?: string;
}

/** Certificates that are trusted as they are: of authorities, or of signers that documents only name. */
export interface CertificateSource extends SourceBase {
  readonly type: "certificate";
  /** One certificate as DER, or one and more as PEM text. */
  readonly bytes: Uint8Array;
  /** Since when they are known, for reports. */
  readonly date?: Date;
}

/**
 * Certificates of authorities that are not trusted by themselves, DER or PEM: each counts where an
 * authority that is trusted has signed it (Doc 9303-12, 4.1.4.3).
 */
export interface LinkCertificateSource extends SourceBase {
  readonly type: "link-certificate";
  readonly date?: Date;
}

/** A master list (Doc 9303-12, 9), DER or PEM: authorities that a state trusts. */
export interface MasterListSource extends SourceBase {
  readonly type: "master-list";
  /**
   * Certificate of the authority under which the list is signed, DER or PEM. Without it nothing in the
   * list is trusted by itself: its certificates are no more than possible links.
   */
  readonly root?: Uint8Array;
}

/** A certificate revocation list (Doc 9303-12, 7.1.4), DER or PEM. An anchor of its country must have signed it. */
export interface CrlSource extends SourceBase {
  readonly type: "crl";
}

/** A deviation list (Doc 9303-12, 10), DER or PEM: a state on its own documents, signed under one of its anchors. */
export interface DeviationListSource extends SourceBase {
  readonly type: "deviation-list";
}

/** A defect list (BSI TR-03129, A.1), DER or PEM: an authority on anybody's documents. */
export interface DefectListSource extends SourceBase {
  readonly type: "defect-list";
  /** Certificate of the authority under which the list is signed, DER or PEM. */
  readonly root: Uint8Array;
}

/** Something that is given to be trusted. */
export type TrustSource =
  | CertificateSource
  | LinkCertificateSource
  | MasterListSource
  | CrlSource
  | DeviationListSource
  | DefectListSource;
