/** NFIQ 1.0 on the scale of 0 to 100 that captures for authentication use: 0.9.5, "Capture Request". */
const NFIQ1_SCALE = [
  { from: 81, nfiq: 1 },
  { from: 61, nfiq: 2 },
  { from: 41, nfiq: 3 },
  { from: 21, nfiq: 4 },
  { from: 0, nfiq: 5 },
] as const;

/** NFIQ 1.0 class, 1 best to 5 worst, of a score of 0 to 100. A fraction counts with the lower class. */
export const nfiq1OfScore = (score: number): 1 | 2 | 3 | 4 | 5 =>
  NFIQ1_SCALE.find(({ from }) => score >= from)?.nfiq ?? 5;

/** Lowest score of an NFIQ 1.0 class. */
export const scoreOfNfiq1 = (nfiq: 1 | 2 | 3 | 4 | 5): number => NFIQ1_SCALE[nfiq - 1]!.from;

/** Mean of the scores of a capture: "for all the count as average". */
export const averageScore = (scores: readonly number[]): number =>
  scores.length === 0 ? 0 : scores.reduce((sum, score) => sum + score, 0) / scores.length;
