import { type Html, html } from "./html.js";

const POLICY = [
  "default-src 'none'",
  "style-src 'self'",
  "script-src 'self'",
  "connect-src 'self'",
  "img-src 'self' data:",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
].join("; ");

/** A whole page as an answer. */
export const pageAnswer = (
  body: Html,
  {
    status = 200,
    script = false,
    headers = {},
  }: {
    readonly status?: number;
    readonly script?: boolean;
    readonly headers?: Readonly<Record<string, string>>;
  } = {},
): Response => {
  const document = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Terminals</title>
<link rel="stylesheet" href="/page.css">
<link rel="icon" href="data:,">
${script && html`<script src="/page.js" defer></script>`}
</head>
<body>
${body}
</body>
</html>
`;
  return new Response(document.text, {
    status,
    headers: { ...PAGE_HEADERS, "Content-Type": "text/html; charset=utf-8", ...headers },
  });
};

/** On everything that a browser shows. */
export const PAGE_HEADERS: Readonly<Record<string, string>> = {
  "Content-Security-Policy": POLICY,
  "Cache-Control": "no-store",
  "X-Content-Type-Options": "nosniff",
  "X-Frame-Options": "DENY",
  "Referrer-Policy": "no-referrer",
  "Cross-Origin-Opener-Policy": "same-origin",
};

/** The page for those who have not shown the token. */
export const loginPage = (problem: string | undefined, status = 200): Response =>
  pageAnswer(
    html`<header><h1>Terminals</h1></header>
<main class="narrow" id="main">
${problem !== undefined && html`<p class="message problem" role="alert">${problem}</p>`}
<section aria-labelledby="login-title">
<h2 id="login-title">Administration</h2>
<form method="post" action="/login">
<div class="fields"><label>Admin token
<input name="token" type="password" autocomplete="current-password" required autofocus></label></div>
<button class="main">Open</button>
</form>
</section>
</main>`,
    { status },
  );
