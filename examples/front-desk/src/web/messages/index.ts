import { DE } from "./de.js";
import { EN } from "./en.js";
import type { Language, Messages } from "./messages.js";

export type { Language, Messages } from "./messages.js";

const CATALOGUES: Readonly<Record<Language, Messages>> = { en: EN, de: DE };

export const isLanguage = (text: string | undefined): text is Language =>
  text === "en" || text === "de";

/** The words of a language: the one that was chosen, else the first that the browser would have. */
export const messagesFor = (chosen: string | undefined, accepted: string | undefined): Messages => {
  if (isLanguage(chosen)) return CATALOGUES[chosen];
  const wanted = (accepted ?? "").split(",").map((part) => part.trim().slice(0, 2).toLowerCase());
  return CATALOGUES[wanted.find(isLanguage) ?? "en"];
};
