import { foldWord } from "../fields.js";

/** What a device captures, free of any version's spelling. */
export const MODALITIES = ["finger", "iris", "face"] as const;
export type Modality = (typeof MODALITIES)[number];

/**
 * The modality that a word of any version or vendor means, or `undefined`.
 *
 * Requests say Fingerprint or Finger, captures FIR, IIR or FMR, digital ids "Slab Fingerprint": field
 * clients look for a part of the word, and so does this.
 */
export const parseModality = (word: string): Modality | undefined => {
  const folded = foldWord(word);
  if (folded.includes("finger") || folded === "fir" || folded === "fmr") {
    return "finger";
  }
  if (folded.includes("iris") || folded === "iir") {
    return "iris";
  }
  return folded.includes("face") ? "face" : undefined;
};

/** The special type that asks for whatever there is. */
export const ANY_DEVICE = "Biometric Device";

/** Most segments that a person has of a kind. */
export const MOST_OF: Readonly<Record<Modality, number>> = { finger: 10, iris: 2, face: 1 };
