/**
 * Latin letters that are not simply written without their diacritics (Doc 9303-3, section 6.A), by
 * code point, with the forms in the table's order; the last is the plainest.
 */
export const LATIN: Readonly<Record<number, readonly string[]>> = {
  196: ["AE", "A"],
  197: ["AA", "A"],
  198: ["AE"],
  208: ["D"],
  209: ["N", "NXX", "N"],
  214: ["OE", "O"],
  216: ["OE"],
  220: ["UE", "UXX", "U"],
  222: ["TH"],
  272: ["D"],
  294: ["H"],
  321: ["L"],
  330: ["N"],
  338: ["OE"],
  358: ["T"],
  7838: ["SS"],
};
