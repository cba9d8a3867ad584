import type { Finding } from "../lds/finding.js";

/** The formats of Doc 9303 parts 4 to 7. */
export type MrzFormat = "TD1" | "TD2" | "TD3" | "MRV-A" | "MRV-B";

export type MrzFieldName =
  | "documentCode"
  | "issuer"
  | "name"
  | "documentNumber"
  | "nationality"
  | "dateOfBirth"
  | "sex"
  | "dateOfExpiry"
  | "optionalData"
  | "optionalData2";

/** What a check digit covers. */
export type CheckedField =
  | "documentNumber"
  | "dateOfBirth"
  | "dateOfExpiry"
  | "optionalData"
  | "composite";

/** A field as it stands in the zone, fillers included. */
export interface MrzField {
  readonly name: MrzFieldName;
  /** Line and first position, counted from 1. */
  readonly line: number;
  readonly start: number;
  readonly length: number;
  readonly text: string;
}

export interface MrzCheckDigit {
  readonly of: CheckedField;
  readonly line: number;
  readonly position: number;
  readonly expected: string;
  readonly found: string;
  /** Also true of a filler in place of the zero of an empty optional field. */
  readonly correct: boolean;
}

/** What a zone says, as makers and readers exchange it. */
export interface MrzFields {
  /** One or two letters: `PP`, `I`, `V`, ... */
  readonly documentCode: string;
  /** Issuing state or organization, one to three letters (`D`, `UTO`). */
  readonly issuer: string;
  /** Primary identifier, its components apart by spaces. */
  readonly surname: string;
  /** Secondary identifier; empty where there is none. */
  readonly givenNames: string;
  /** In full, also where it is longer than its field, without trailing fillers. */
  readonly documentNumber: string;
  readonly nationality: string;
  /** YYMMDD; fillers where unknown. */
  readonly dateOfBirth: string;
  /** `X` is unspecified, a filler in the zone. */
  readonly sex: "F" | "M" | "X";
  /** YYMMDD. */
  readonly dateOfExpiry: string;
  /** Personal number or other data of the issuer, without trailing fillers. */
  readonly optionalData: string;
  /** The second optional field of TD1; elsewhere empty. */
  readonly optionalData2: string;
}

/** A machine readable zone that was read. Also a password for BAC and PACE. */
export interface Mrz extends MrzFields {
  readonly format: MrzFormat;
  readonly lines: readonly string[];
  /** Every field with its place, in the order of the zone. */
  readonly fields: readonly MrzField[];
  /** Every check digit with its place; a wrong one is for the reader to judge. */
  readonly checkDigits: readonly MrzCheckDigit[];
  /** The name field is full, so the name must be taken for a shortened one (Doc 9303-4, 4.2.3). */
  readonly nameMayBeTruncated: boolean;
  readonly findings: readonly Finding[];
}

/** Whether every check digit is right. */
export const mrzCheckDigitsCorrect = (mrz: Mrz): boolean =>
  mrz.checkDigits.every((digit) => digit.correct);
