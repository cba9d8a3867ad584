/** An element of the page; what devices say is text and never markup. */
export const element = <Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  properties: Partial<HTMLElementTagNameMap[Name]> = {},
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[Name] => {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
};

/** A row of a table. */
export const row = (...cells: readonly (Node | string)[]): HTMLTableRowElement =>
  element("tr", {}, ...cells.map((cell) => element("td", {}, cell)));

/** The element of an id that the page has. */
export const byId = (id: string): HTMLElement => document.getElementById(id)!;
