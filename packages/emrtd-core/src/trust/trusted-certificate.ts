import type { Certificate } from "../cms/certificate.js";

/** A certificate of the store, and where it comes from. */
export interface TrustedCertificate {
  readonly certificate: Certificate;
  /** The kind of source that it came with. */
  readonly source: "certificate" | "link-certificate" | "master-list";
  /** What the caller calls that source: a file's name, the name of a list. */
  readonly origin: string | undefined;
  /** Since when it is known: when its list was signed, or what the caller says. */
  readonly date: Date | undefined;
}
