import type { Modality } from "../vocabulary/modality.js";

/** What a device is used for; the tables have a column for each. */
export type Use = "registration" | "authentication";

/** What a table demands of a factor. */
export type Demand =
  | { readonly kind: "above"; readonly value: number; readonly unit: string }
  | { readonly kind: "at-least"; readonly value: number; readonly unit: string }
  | { readonly kind: "below"; readonly value: number; readonly unit: string }
  | { readonly kind: "at-most"; readonly value: number; readonly unit: string }
  /** Every value from the one to the other must be covered. */
  | { readonly kind: "covers"; readonly from: number; readonly to: number; readonly unit: string }
  /** A value within the bounds. */
  | { readonly kind: "within"; readonly from: number; readonly to: number; readonly unit: string }
  /** All of these names: standards, formats, properties. */
  | { readonly kind: "all-of"; readonly names: readonly string[] };

/** One row of a table. */
export interface Capability {
  readonly factor: string;
  readonly demands: Readonly<Partial<Record<Use, Demand>>>;
  /** "Country to decide": a demand that an adopter may change or leave out. */
  readonly countryDecides?: true;
}

const all = (...names: readonly string[]): Demand => ({ kind: "all-of", names });
const both = (demand: Demand) => ({ registration: demand, authentication: demand });

const JPEG_2000 = /* @__PURE__ */ all("JPEG 2000 lossless");
const FCC = /* @__PURE__ */ all("FCC class A or equivalent");
const PREVIEW: Demand = { kind: "above", value: 3, unit: "frames per second" };
const celsius = (from: number, to: number): Demand => ({ kind: "covers", from, to, unit: "C" });

/** "Base Specifications for Devices", MDS 0.8.4, section 3: the three tables, row by row. */
export const CAPABILITIES: Readonly<Record<Modality, readonly Capability[]>> =
  /* @__PURE__ */ (() => ({
    finger: [
      {
        factor: "minimum resolution",
        demands: { registration: { kind: "above", value: 500, unit: "native dpi" } },
      },
      { factor: "extractor quality", demands: both(all("MINEX")) },
      {
        factor: "extracted minutiae",
        demands: both({ kind: "at-least", value: 12, unit: "minutiae" }),
      },
      {
        factor: "false rejection rate",
        demands: both({ kind: "below", value: 2, unit: "%" }),
      },
      {
        factor: "false acceptance rate",
        demands: both({ kind: "at-most", value: 0.01, unit: "%" }),
      },
      { factor: "dpi", demands: both({ kind: "at-least", value: 500, unit: "dpi" }) },
      {
        factor: "image specification",
        demands: {
          registration: all("ISO 19794-4"),
          authentication: all("ISO 19794-4", "ISO 19794-2"),
        },
      },
      {
        factor: "electrostatic discharge",
        demands: {
          registration: { kind: "at-least", value: 8, unit: "kV" },
          authentication: { kind: "above", value: 8, unit: "kV" },
        },
      },
      { factor: "electromagnetic compatibility", demands: both(FCC) },
      {
        factor: "operating temperature",
        demands: { registration: celsius(0, 50), authentication: celsius(-30, 50) },
        countryDecides: true,
      },
      { factor: "liveness detection", demands: both(all("IEEE 2790")), countryDecides: true },
      { factor: "preview", demands: { registration: PREVIEW } },
      { factor: "preview score", demands: { registration: all("NFIQ superimposed") } },
      { factor: "image format", demands: both(JPEG_2000) },
    ],
    iris: [
      {
        factor: "rotation angle",
        demands: { registration: all("calculated before compression, ISO 19794-6") },
      },
      { factor: "rotation uncertainty", demands: { registration: all("ISO 19794-6") } },
      {
        factor: "minimum diameter",
        demands: both({ kind: "at-least", value: 150, unit: "pixels" }),
      },
      {
        factor: "margin left and right",
        demands: { registration: { kind: "at-least", value: 50, unit: "% of the diameter" } },
      },
      {
        factor: "margin top and bottom",
        demands: { registration: { kind: "at-least", value: 25, unit: "% of the diameter" } },
      },
      { factor: "colour", demands: { registration: all("grey, 8 bits a pixel") } },
      {
        factor: "illumination",
        demands: { registration: all("infrared, or another source of good grey images") },
      },
      { factor: "image format", demands: both(JPEG_2000) },
      { factor: "aspect ratio", demands: { registration: all("1:1") } },
      {
        factor: "image quality",
        demands: { registration: { kind: "within", from: 76, to: 100, unit: "score" } },
      },
      {
        factor: "operating temperature",
        demands: both(celsius(-30, 50)),
        countryDecides: true,
      },
      { factor: "electromagnetic compatibility", demands: both(FCC) },
      { factor: "preview", demands: { registration: PREVIEW } },
      { factor: "image specification", demands: both(all("ISO 19794-6")) },
      { factor: "iso format", demands: { registration: all("K3"), authentication: all("K7") } },
    ],
    face: [
      {
        factor: "minimum resolution",
        demands: both({ kind: "at-least", value: 1080, unit: "pixels at 2.8 mm" }),
      },
      {
        factor: "field of view",
        demands: { registration: { kind: "at-least", value: 110, unit: "degrees" } },
      },
      { factor: "skin tone", demands: both(all("all")) },
      {
        factor: "operating temperature",
        demands: both(celsius(-30, 50)),
        countryDecides: true,
      },
      { factor: "electromagnetic compatibility", demands: both(FCC) },
      { factor: "image specification", demands: both(all("ISO 19794-5")) },
      {
        factor: "image quality",
        demands: {
          registration: all("full frontal", "24 bit RGB", "white background", "35 by 45 mm"),
        },
      },
      {
        factor: "rotation",
        demands: { registration: { kind: "at-most", value: 5, unit: "degrees either way" } },
      },
      { factor: "image format", demands: both(JPEG_2000) },
    ],
  }))();
