/** All that is known of the person at the desk: personal data, kept in memory until the visit ends. */
export interface Visitor {
  readonly page?: PrintedPage;
  /** What opens the chip, where it was typed. */
  readonly typedKey?: ChipKey;
  readonly chip?: ProvedChip;
  readonly comparison?: Comparison;
  readonly capture?: CapturedSample;
  readonly override?: { readonly reason: string };
  readonly enrolment?: Enrolment;
  readonly punches: readonly Punch[];
}

/** What opens a chip: the zone's three fields, or the number on the card's front. */
export type ChipKey =
  | {
      readonly documentNumber: string;
      /** YYMMDD */
      readonly dateOfBirth: string;
      /** YYMMDD */
      readonly dateOfExpiry: string;
    }
  | { readonly can: string };

/** A picture as a browser shows it. */
export interface Picture {
  readonly mediaType: "image/jpeg" | "image/png";
  readonly bytes: Uint8Array;
}

/** The fields that page, zone and chip have in common; names in upper case, dates as YYMMDD. */
export const COMPARED_FIELDS = [
  "documentNumber",
  "surname",
  "givenNames",
  "nationality",
  "issuer",
  "sex",
  "dateOfBirth",
  "dateOfExpiry",
] as const;
export type ComparedField = (typeof COMPARED_FIELDS)[number];
export type Fields = { readonly [field in ComparedField]?: string };

/** The page, as the reader saw it. Nothing of it is proved. */
export interface PrintedPage {
  /** The machine readable zone. */
  readonly zone: Fields;
  /** What is printed above it. */
  readonly printed: Fields;
  readonly portrait?: Picture;
  /** What the reader's optical checks found wrong: `uvDull`, `fibre`, `source`. */
  readonly opticalFindings: readonly string[];
}

/** What the DocVal server signed. */
export interface ProvedChip {
  readonly verdict: "authentic" | "not-authentic" | "undetermined";
  /** What was proved: `sod-signature`, ... */
  readonly proofs: readonly string[];
  /** What was not, with its reason. */
  readonly problems: readonly string[];
  /** Data group 1. */
  readonly fields: Fields;
  /** Data group 2. */
  readonly portrait?: Picture;
  /** Who signed the result. */
  readonly keyId: string;
}

/** Page, zone and chip beside each other. */
export interface Comparison {
  readonly rows: readonly ComparisonRow[];
  readonly expired: boolean;
}

export interface ComparisonRow {
  readonly field: ComparedField;
  readonly printed?: string;
  readonly zone?: string;
  readonly chip?: string;
  /** Null where only one of them says anything. */
  readonly agree: boolean | null;
}

/** A capture: kept to be looked at, compared with nothing. */
export interface CapturedSample {
  readonly modality: "finger" | "face" | "iris";
  readonly verdict: "authentic" | "not-authentic" | "undetermined";
  /** Checks of the report, as `id: status`. */
  readonly checks: readonly string[];
  readonly quality?: number;
  readonly picture?: Picture;
  /** Serial number of the device. */
  readonly device?: string;
}

/** What the time clock knows of the person. */
export interface Enrolment {
  readonly pin: string;
  readonly terminal: string;
  /** The PIN has punches already. */
  readonly returning: boolean;
  readonly removal: "none" | "running" | "removed" | "failed";
}

export interface Punch {
  readonly id: string;
  /** As the terminal wrote it. */
  readonly time: string;
  readonly verify: number | null;
}
