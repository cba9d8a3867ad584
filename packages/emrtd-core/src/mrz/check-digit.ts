/** Values of the characters (Doc 9303-3, 4.9): digits as themselves, A to Z as 10 to 35, `<` as 0. */
const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
const WEIGHTS = [7, 3, 1] as const;

/**
 * The check digit over MRZ characters, weights 7, 3, 1 repeated, modulo 10 (Doc 9303-3, 4.9).
 *
 * @returns one digit as text. A character outside the alphabet counts as `<`, that is zero.
 */
export const mrzCheckDigit = (text: string): string => {
  let sum = 0;
  for (let i = 0; i < text.length; i++) {
    sum += Math.max(0, ALPHABET.indexOf(text[i]!)) * WEIGHTS[i % 3]!;
  }
  return String(sum % 10);
};
