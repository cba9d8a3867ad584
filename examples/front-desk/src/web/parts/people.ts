import { nameOf, type Picture } from "../../story/index.js";
import { type Html, html } from "../html.js";
import { nameOfPicture } from "../pictures.js";
import type { ViewContext } from "../view.js";

/** The portraits beside each other, and what they do not mean. */
export const peoplePart = ({ words, story }: ViewContext): Html => {
  const { page, chip, capture } = story.visitor;
  const name = nameOf(story.visitor);
  const seen = [page?.portrait, chip?.portrait, capture?.picture].filter(Boolean).length;
  const unproved = chip !== undefined && chip.verdict !== "authentic";
  const figure = (
    label: string,
    picture: Picture | undefined,
    doubt: string | false = false,
  ) => html`<figure>
${
  picture === undefined
    ? html`<div class="empty">${words.portraits.none}</div>`
    : html`<img src="/pictures/${nameOfPicture(picture)}" alt="${label}">`
}
<figcaption>${label}${doubt !== false && html` <strong class="problem">${doubt}</strong>`}</figcaption></figure>`;
  return html`<h2>${words.peopleTitle}${name !== "" && html` <small>${name}</small>`}</h2>
<div class="portraits">
${figure(words.portraits.page, page?.portrait)}
${figure(words.portraits.chip, chip?.portrait, unproved && words.verdicts[chip.verdict])}
${figure(words.portraits.capture, capture?.picture)}
</div>
${seen > 1 && html`<p class="soft">${words.notMatched}</p>`}`;
};
