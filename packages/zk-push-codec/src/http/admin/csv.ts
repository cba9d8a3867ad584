/** What a spreadsheet takes for a formula, whoever wrote the name into the terminal. */
const FORMULA = /^[=+\-@\t\r]/;

/** One cell (RFC 4180); text that a spreadsheet would calculate gets an apostrophe in front. */
export const csvCell = (value: string | number | null): string => {
  if (value === null) return "";
  if (typeof value === "number") return value.toString();
  const text = FORMULA.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

/** A line with its end. */
export const csvLine = (cells: readonly (string | number | null)[]): string =>
  `${cells.map(csvCell).join(",")}\r\n`;
