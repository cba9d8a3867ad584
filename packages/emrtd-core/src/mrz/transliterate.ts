import { EmrtdError } from "../errors.js";
import { ARABIC, SHADDA } from "./transliteration-arabic.js";
import {
  CYRILLIC,
  CYRILLIC_EXCEPTIONS,
  type CyrillicLanguage,
  UKRAINIAN_FIRST,
} from "./transliteration-cyrillic.js";
import { LATIN } from "./transliteration-latin.js";

export interface TransliterationOptions {
  /** Where the Cyrillic table differs by language. */
  readonly language?: CyrillicLanguage;
  /**
   * Which of several Latin forms: `first` as the table lists them (AE, AA, N, OE, UE), `plain` the
   * bare letter, `escaped` the one that can be turned back (NXX, UXX, else the first). Default first.
   */
  readonly latin?: "first" | "plain" | "escaped";
}

/** White space, hyphens, commas and fillers part the components of a name (Doc 9303-3, 4.6). */
const SEPARATORS = /[\s\p{Pd},<]+/u;
/** Apostrophes, other punctuation and marks are left out; so are invisible joiners. */
const LEFT_OUT = /[\p{P}\p{M}\p{Lm}\p{Sk}\p{Cf}]/u;

/**
 * Writes a name with A to Z as the tables of Doc 9303-3, section 6 recommend, its components apart by
 * one space. A Latin or Cyrillic letter that no table has is taken without its diacritics.
 *
 * @throws EmrtdError `MRZ_CHARACTERS` for digits and for letters of other scripts.
 */
export const transliterateName = (text: string, options: TransliterationOptions = {}): string =>
  text
    .normalize("NFC")
    .toUpperCase()
    .split(SEPARATORS)
    .map((component) => transliterateComponent(component, options))
    .filter((component) => component !== "")
    .join(" ");

const transliterateComponent = (component: string, options: TransliterationOptions): string => {
  const parts: string[] = [];
  for (const character of component) {
    if (character === SHADDA) parts.push(parts.at(-1) ?? "");
    else parts.push(...transliterateCharacter(character, parts.length === 0, options));
  }
  const written = parts.filter((part) => part !== "");
  // Teh marbuta has another form at the end of a component (section 6.C, note 2).
  if (written.at(-1) === "XTA") written[written.length - 1] = "XAH";
  return written.join("");
};

const transliterateCharacter = (
  character: string,
  first: boolean,
  options: TransliterationOptions,
): string[] => {
  const found = lookUp(character, first, options);
  if (found !== undefined) return found === "" ? [] : [found];
  if (LEFT_OUT.test(character)) return [];
  const decomposed = character.normalize("NFKD");
  if (decomposed !== character) {
    return [...decomposed].flatMap((part) => transliterateCharacter(part, first, options));
  }
  throw new EmrtdError(
    "MRZ_CHARACTERS",
    "expected Latin, Cyrillic or Arabic letters in a name, found another character",
    { path: "name" },
  );
};

const lookUp = (
  character: string,
  first: boolean,
  { language, latin = "first" }: TransliterationOptions,
): string | undefined => {
  if (/^[A-Z]$/.test(character)) return character;
  const code = character.codePointAt(0)!;
  const forms = LATIN[code];
  if (forms !== undefined) {
    if (latin === "plain") return forms.at(-1);
    return latin === "escaped" ? (forms.find((form) => form.endsWith("XX")) ?? forms[0]) : forms[0];
  }
  if (language === "ukrainian" && first && code in UKRAINIAN_FIRST) return UKRAINIAN_FIRST[code];
  const exception = language === undefined ? undefined : CYRILLIC_EXCEPTIONS[language][code];
  return exception ?? CYRILLIC[code] ?? ARABIC[code];
};
