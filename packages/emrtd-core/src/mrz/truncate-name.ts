/**
 * Writes a name into a field of `width` characters: primary identifier, two fillers, secondary
 * identifier, one filler between components (Doc 9303-3, 4.6).
 *
 * A name that does not fit is shortened so that the field ends with a letter (Doc 9303-4, -5, -6, 4.2.3;
 * -7, 4.2.3): components become initials, last ones first, until primary identifier and one letter of
 * the secondary fit; what room is left goes to the components in order. An issuer who wants other
 * letters kept passes the name already shortened.
 */
export const writeName = (
  surname: readonly string[],
  givenNames: readonly string[],
  width: number,
): string => {
  const whole = join(surname, givenNames);
  if (whole.length <= width) return whole.padEnd(width, "<");
  if (givenNames.length === 0) return fill(surname, width).padEnd(width, "<");
  const initials = abbreviate(surname, width - SEPARATOR.length - 1);
  const secondary = givenNames.join("<");
  const room = width - SEPARATOR.length - initials.length;
  const attempts =
    secondary.length <= room
      ? [fill(surname, width - SEPARATOR.length - secondary.length) + SEPARATOR + secondary]
      : // Names of one letter may leave the last position empty: then the primary gives way.
        [0, 1, 2].map((less) => {
          const primary = initials.slice(0, Math.max(1, initials.length - less)).replace(/<$/, "");
          return primary + SEPARATOR + fill(givenNames, width - SEPARATOR.length - primary.length);
        });
  return (attempts.find(({ length }) => length === width) ?? attempts[0]!).padEnd(width, "<");
};

const SEPARATOR = "<<";

const join = (surname: readonly string[], givenNames: readonly string[]): string =>
  surname.join("<") + (givenNames.length === 0 ? "" : SEPARATOR + givenNames.join("<"));

/** Turns components into initials from the last on, until all fit; drops what still does not. */
const abbreviate = (components: readonly string[], room: number): string => {
  const kept = [...components];
  for (let i = kept.length - 1; i >= 0 && kept.join("<").length > room; i--) {
    kept[i] = i === 0 ? kept[0]!.slice(0, Math.max(1, room - 2 * (kept.length - 1))) : kept[i]![0]!;
  }
  while (kept.join("<").length > room) kept.pop();
  return kept.join("<");
};

/** As many components as fit with a letter each; the first ones get what room is left. */
const fill = (components: readonly string[], room: number): string => {
  const kept = components.slice(0, Math.floor((room + 1) / 2));
  let spare = room - (2 * kept.length - 1);
  return kept
    .map((component) => {
      const length = Math.min(component.length, 1 + spare);
      spare -= length - 1;
      return component.slice(0, length);
    })
    .join("<");
};
