import { STEP_IDS } from "../story/index.js";
import { type Html, html } from "./html.js";
import type { Messages } from "./messages/index.js";
import { button } from "./parts/forms.js";
import type { Part } from "./view.js";

/** A whole document. */
const document = (words: Messages, body: Html, { script }: { readonly script: boolean }): string =>
  html`<!doctype html>
<html lang="${words.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${words.title}</title>
<link rel="stylesheet" href="/page.css">
<link rel="icon" href="/icon.svg">
${script && html`<script src="/page.js" defer></script>`}
</head>
<body data-connection-lost="${words.connectionLost}">
${body}
</body>
</html>
`.text;

const header = (words: Messages, csrf: string): Html => html`<header>
<h1>${words.title}</h1>
<form method="post" action="/language" data-plain><input type="hidden" name="csrf" value="${csrf}">
<input type="hidden" name="language" value="${words.language === "en" ? "de" : "en"}">
<button id="language" lang="${words.language === "en" ? "de" : "en"}">${words.otherLanguage}</button></form></header>`;

/** The desk's page, whole, for whoever loads it. */
export const deskPage = (
  words: Messages,
  csrf: string,
  parts: readonly Part[],
  states: Readonly<Record<string, string>>,
  refused: string | undefined,
): string => {
  const inner = (id: string): Html => parts.find((part) => part.id === id)!.html;
  return document(
    words,
    html`<a class="skip" href="#visit">${words.skipToContent}</a>
${header(words, csrf)}
<main class="desk">
<div class="alerts"><noscript><p class="alert">${words.withoutScript.text} <a id="reload" href="/">${words.withoutScript.reload}</a></p></noscript><p class="alert" id="alert" role="alert">${refused}</p>
<div id="idle" hidden role="alert"><p>${words.forgets}</p>${button(csrf, { input: "stay", label: words.actions.stay })}</div></div>
<section id="next" tabindex="-1" role="status" aria-live="polite">${inner("next")}</section>
<div id="visit"><h2 class="sr">${words.stepsTitle}</h2>
<ol id="steps">${STEP_IDS.map(
      (id) =>
        html`<li id="step-${id}" class="${states[`step-${id}`]}" aria-labelledby="title-${id}">${inner(`step-${id}`)}</li>`,
    )}</ol></div>
<section id="people">${inner("people")}</section>
<section id="ends">${inner("ends")}</section>
<section id="simulator">${inner("simulator")}</section>
</main>`,
    { script: true },
  );
};

/** The receipt on a page of its own, to be printed. */
export const receiptPage = (words: Messages, csrf: string, receipt: Html): string =>
  document(
    words,
    html`${header(words, csrf)}
<main class="receipt">${receipt}
<div class="row no-print"><button id="print" class="main" hidden>${words.actions.print}</button>
<a class="button" href="/">${words.actions.back}</a></div></main>`,
    { script: true },
  );

export const ICON = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><rect width="16" height="16" rx="3" fill="#0b5cad"/><rect x="4" y="3" width="8" height="10" rx="1" fill="#fff"/><circle cx="8" cy="7" r="2" fill="#0b5cad"/></svg>`;
