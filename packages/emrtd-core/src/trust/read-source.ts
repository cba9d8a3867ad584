import type { Certificate } from "../cms/certificate.js";
import { type Crl, decodeCrl } from "../cms/crl.js";
import type { SignedData } from "../cms/signed-data.js";
import type { CryptoProvider } from "../crypto/provider.js";
import { EmrtdError } from "../errors.js";
import { type DefectList, decodeDefectList, ID_DEFECT_LIST } from "./defect-list.js";
import { type DeviationList, decodeDeviationList, ID_DEVIATION_LIST } from "./deviation-list.js";
import { decodeCertificates, readOne, readSignedList } from "./encoding.js";
import { openMasterList } from "./open-master-list.js";
import { verifyUnderRoot } from "./root.js";
import type { ListTrust } from "./signed-list.js";
import type { MasterListSource, TrustSource } from "./source.js";
import type { TrustedCertificate } from "./trusted-certificate.js";

/** What sources come to once they are read. */
export interface TrustMaterial {
  readonly trusted: readonly TrustedCertificate[];
  /** Certificates that count only where a path leads on from them. */
  readonly links: readonly TrustedCertificate[];
  readonly crls: readonly GivenCrl[];
  readonly deviationLists: readonly GivenDeviationList[];
  readonly defectLists: readonly VerifiedDefectList[];
}

export interface GivenCrl {
  readonly crl: Crl;
  readonly origin: string | undefined;
}

/** A deviation list before anybody asked who signed it. */
export interface GivenDeviationList {
  readonly list: DeviationList;
  readonly signedData: SignedData;
  readonly origin: string | undefined;
}

export interface VerifiedDefectList {
  readonly list: DefectList;
  readonly trust: Extract<ListTrust, { trusted: true }>;
  readonly origin: string | undefined;
}

const NOTHING: TrustMaterial = {
  trusted: [],
  links: [],
  crls: [],
  deviationLists: [],
  defectLists: [],
};

/**
 * Reads a source. Its bytes are copied: what is trusted does not change when a buffer does.
 *
 * @throws EmrtdError `TRUST_SOURCE_INVALID` with the origin, where it is not what it is said to be;
 *   `TRUST_LIST_REFUSED` for a list that is not signed under the root that it was given with.
 */
export const readTrustSource = (source: TrustSource, crypto: CryptoProvider): TrustMaterial => {
  const where = source.origin ?? `a source of type ${source.type}`;
  try {
    return readUnwrapped(source, crypto);
  } catch (cause) {
    if (!(cause instanceof EmrtdError)) throw cause;
    if (cause.code === "TRUST_LIST_REFUSED") {
      throw new EmrtdError(cause.code, `${where}: ${cause.message}`, { cause });
    }
    const expected = source.type === "crl" ? "revocation list" : source.type.replaceAll("-", " ");
    throw new EmrtdError("TRUST_SOURCE_INVALID", `${where} is no ${expected}: ${cause.message}`, {
      cause,
    });
  }
};

const readUnwrapped = (source: TrustSource, crypto: CryptoProvider): TrustMaterial => {
  const { bytes, origin } = source;
  switch (source.type) {
    case "certificate":
      return { ...NOTHING, trusted: entries(decodeCertificates(bytes), source) };
    case "link-certificate":
      return { ...NOTHING, links: entries(decodeCertificates(bytes), source) };
    case "master-list":
      return readMasterList(source, crypto);
    case "crl":
      return {
        ...NOTHING,
        crls: [{ crl: decodeCrl(readOne(bytes, "a revocation list", "X509 CRL")), origin }],
      };
    case "deviation-list": {
      const { signedData, content } = readSignedList(bytes, ID_DEVIATION_LIST, "a deviation list");
      const list = decodeDeviationList(content);
      return { ...NOTHING, deviationLists: [{ list, signedData, origin }] };
    }
    case "defect-list": {
      const { signedData, content } = readSignedList(bytes, ID_DEFECT_LIST, "a defect list");
      const roots = decodeCertificates(source.root);
      const trust = verifyUnderRoot(signedData, { roots, usage: undefined, crypto });
      if (!trust.trusted) throw refused(trust.reason);
      return { ...NOTHING, defectLists: [{ list: decodeDefectList(content), trust, origin }] };
    }
  }
};

const readMasterList = (source: MasterListSource, crypto: CryptoProvider): TrustMaterial => {
  const { bytes, root } = source;
  const { certificates, trust, signingTime } = openMasterList(bytes, {
    crypto,
    ...(root ? { root } : {}),
  });
  if (root && !trust.trusted) throw refused(trust.reason);
  const listed = entries(certificates, {
    ...source,
    ...(signingTime ? { date: signingTime } : {}),
  });
  return trust.trusted ? { ...NOTHING, trusted: listed } : { ...NOTHING, links: listed };
};

const entries = (
  certificates: readonly Certificate[],
  source: {
    readonly type: TrustedCertificate["source"];
    readonly origin?: string;
    readonly date?: Date;
  },
): readonly TrustedCertificate[] =>
  certificates.map((certificate) => ({
    certificate,
    source: source.type,
    origin: source.origin,
    date: source.date,
  }));

const refused = (reason: string): EmrtdError =>
  new EmrtdError(
    "TRUST_LIST_REFUSED",
    `expected a list signed under the given root, found ${reason}`,
  );
