import { foldWord } from "../fields.js";
import type { Modality } from "./modality.js";

const HANDS = ["left", "right"] as const;
const DIGITS = ["index", "middle", "ring", "little", "thumb"] as const;

/** Fingers in the order in which the documents list them. */
export const FINGERS = [
  "left-index",
  "left-middle",
  "left-ring",
  "left-little",
  "left-thumb",
  "right-index",
  "right-middle",
  "right-ring",
  "right-little",
  "right-thumb",
] as const;
export type Finger = (typeof FINGERS)[number];

export const EYES = ["left", "right"] as const;
export type Eye = (typeof EYES)[number];

/** Which finger or eye, free of any version's spelling. A face has none. */
export type BioSubType = Finger | Eye | "unknown";

/** All words of one kind. */
export const subTypesOf = (modality: Modality): readonly BioSubType[] =>
  modality === "finger" ? FINGERS : modality === "iris" ? EYES : [];

/** "Left IndexFinger" ... "Right Thumb", "Left", "Right", "UNKNOWN": 0.9.5 and later. */
export const LONG_NAMES: Readonly<Record<BioSubType, string>> = {
  "left-index": "Left IndexFinger",
  "left-middle": "Left MiddleFinger",
  "left-ring": "Left RingFinger",
  "left-little": "Left LittleFinger",
  "left-thumb": "Left Thumb",
  "right-index": "Right IndexFinger",
  "right-middle": "Right MiddleFinger",
  "right-ring": "Right RingFinger",
  "right-little": "Right LittleFinger",
  "right-thumb": "Right Thumb",
  left: "Left",
  right: "Right",
  unknown: "UNKNOWN",
};

/** Exceptions of 0.8.4 and 0.9.2: LF is a left finger, RF a right one. */
export const SHORT_NAMES: Readonly<Record<Finger | Eye, string>> = {
  "left-index": "LF_INDEX",
  "left-middle": "LF_MIDDLE",
  "left-ring": "LF_RING",
  "left-little": "LF_LITTLE",
  "left-thumb": "LF_THUMB",
  "right-index": "RF_INDEX",
  "right-middle": "RF_MIDDLE",
  "right-ring": "RF_RING",
  "right-little": "RF_LITTLE",
  "right-thumb": "RF_THUMB",
  left: "L_IRIS",
  right: "R_IRIS",
};

/**
 * Segments of 0.8.4 and 0.9.2. Those texts leave the words open and show "UNKNOWN", "LEFT" and "Middle
 * Finger"; these extend them in the way that devices of the time did.
 */
export const OLD_SEGMENT_NAMES: Readonly<Record<BioSubType, string>> = {
  "left-index": "Left Index Finger",
  "left-middle": "Left Middle Finger",
  "left-ring": "Left Ring Finger",
  "left-little": "Left Little Finger",
  "left-thumb": "Left Thumb",
  "right-index": "Right Index Finger",
  "right-middle": "Right Middle Finger",
  "right-ring": "Right Ring Finger",
  "right-little": "Right Little Finger",
  "right-thumb": "Right Thumb",
  left: "LEFT",
  right: "RIGHT",
  unknown: "UNKNOWN",
};

const MEANT: ReadonlyMap<string, BioSubType> = /* @__PURE__ */ (() => {
  const meant = new Map<string, BioSubType>([["unknown", "unknown"]]);
  for (const hand of HANDS) {
    const short = hand[0]!;
    for (const prefix of [hand, short, `${short}f`]) {
      for (const digit of DIGITS) {
        meant.set(`${prefix}${digit}`, `${hand}-${digit}`);
        meant.set(`${prefix}${digit}finger`, `${hand}-${digit}`);
      }
      meant.set(`${prefix}iris`, hand);
      meant.set(`${prefix}eye`, hand);
    }
    meant.set(hand, hand);
  }
  return meant;
})();

/** The finger or eye that a word of any version or vendor means, or `undefined`. */
export const parseBioSubType = (word: string): BioSubType | undefined => MEANT.get(foldWord(word));
