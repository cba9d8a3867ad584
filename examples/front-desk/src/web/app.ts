import { type Context, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { getCookie, setCookie } from "hono/cookie";
import type { ChipPlace } from "../card-reader.js";
import type { Desk } from "../desk.js";
import { RESULT_PATH } from "../result-path.js";
import type { World } from "../simulate/world.js";
import type { ResultDesk } from "../stations/result-desk.js";
import { STEP_IDS } from "../story/index.js";
import { deskEvents } from "./events.js";
import { readForm } from "./forms.js";
import { createGuard } from "./guard.js";
import { isLanguage, type Messages, messagesFor } from "./messages/index.js";
import { deskPage, ICON, receiptPage } from "./page.js";
import { nameOfPicture, picturesOf } from "./pictures.js";
import { receipt } from "./receipt.js";
import { SCRIPT } from "./script.js";
import { simulate } from "./simulate.js";
import { STYLE } from "./style.js";
import { partsOf } from "./view.js";

export interface AppOptions {
  readonly desk: Desk;
  readonly world: World;
  readonly results: ResultDesk;
  /** Of the desk, without a path. */
  readonly url: string;
  readonly chip: ChipPlace;
  readonly cardPort: number | undefined;
}

/** The desk on the web. */
export interface App {
  fetch(request: Request): Response | Promise<Response>;
}

const MAX_FORM_BYTES = 16_384;
/** Pages that are open at a time. */
const MOST_PAGES = 32;
const LANGUAGE_COOKIE = "language";

/** The page, what it does, and the place where the DocVal server posts its results. */
export const createApp = ({ desk, world, results, url, chip, cardPort }: AppOptions): App => {
  const app = new Hono();
  const guard = createGuard(url);
  const listeners = new Set<() => void>();
  const worldChanged = () => {
    for (const listener of [...listeners]) listener();
  };

  const wordsOf = (context: Context): Messages =>
    messagesFor(getCookie(context, LANGUAGE_COOKIE), context.req.header("accept-language"));
  const draw = (words: Messages, csrf: string) => {
    const { story } = desk;
    const parts = partsOf({ words, story, csrf, world, hasSimulatedChip: chip.kind === "sim" });
    const states = Object.fromEntries(
      STEP_IDS.map((id): [string, string] => [`step-${id}`, story.steps[id].state]),
    );
    return { parts, states };
  };
  /** A form's answer: for the script in JSON, for a browser without it by way of the page. */
  const answer = (context: Context, refused: keyof Messages["refusals"] | undefined) => {
    const text = refused === undefined ? undefined : wordsOf(context).refusals[refused];
    if (context.req.header("accept") === "application/json") {
      return context.json(text === undefined ? {} : { refused: text });
    }
    return context.redirect(refused === undefined ? "/" : `/?refused=${refused}`, 303);
  };

  // Machines post here; no page may.
  app.post(RESULT_PATH, (context) =>
    context.req.header("origin") === undefined
      ? results.handle(context.req.raw)
      : context.body(null, 403),
  );
  app.use(guard.check);
  app.use(bodyLimit({ maxSize: MAX_FORM_BYTES }));

  app.get("/", (context) => {
    const words = wordsOf(context);
    const csrf = guard.token(context);
    const { parts, states } = draw(words, csrf);
    const asked = context.req.query("refused");
    const refused = Object.entries(words.refusals).find(([code]) => code === asked)?.[1];
    return context.html(deskPage(words, csrf, parts, states, refused));
  });
  app.get("/receipt", (context) => {
    const words = wordsOf(context);
    const csrf = guard.token(context);
    return context.html(receiptPage(words, csrf, receipt(words, desk.story, new Date())));
  });
  app.get("/events", (context) => {
    if (listeners.size >= MOST_PAGES) return context.body(null, 503);
    const words = wordsOf(context);
    const csrf = guard.token(context);
    const stream = deskEvents({
      draw: () => draw(words, csrf),
      desk,
      signal: context.req.raw.signal,
      onChange(listener) {
        listeners.add(listener);
        return () => void listeners.delete(listener);
      },
    });
    return context.body(stream, 200, { "Content-Type": "text/event-stream" });
  });
  app.get("/pictures/:name", (context) => {
    const name = context.req.param("name");
    const picture = picturesOf(desk.story.visitor).find((one) => nameOfPicture(one) === name);
    if (picture === undefined) return context.notFound();
    return context.body(Uint8Array.from(picture.bytes), 200, { "Content-Type": picture.mediaType });
  });
  app.post("/act", async (context) => {
    const form = await context.req.parseBody();
    if (!guard.holds(context, form["csrf"])) return answer(context, "FORM");
    const input = readForm(form);
    return answer(context, typeof input === "string" ? input : desk.act(input));
  });
  app.post("/simulate", async (context) => {
    const form = await context.req.parseBody();
    if (!guard.holds(context, form["csrf"])) return answer(context, "FORM");
    const done = await simulate(form, { world, desk, chip, cardPort });
    worldChanged();
    return answer(context, done ? undefined : "NOT_NOW");
  });
  app.post("/language", async (context) => {
    const form = await context.req.parseBody();
    const { language } = form;
    if (!guard.holds(context, form["csrf"])) return answer(context, "FORM");
    if (typeof language === "string" && isLanguage(language)) {
      setCookie(context, LANGUAGE_COOKIE, language, {
        httpOnly: true,
        sameSite: "Strict",
        path: "/",
      });
    }
    return context.redirect("/", 303);
  });
  app.get("/page.css", (context) =>
    context.body(STYLE, 200, { "Content-Type": "text/css; charset=utf-8" }),
  );
  app.get("/page.js", (context) =>
    context.body(SCRIPT, 200, { "Content-Type": "text/javascript; charset=utf-8" }),
  );
  app.get("/icon.svg", (context) => context.body(ICON, 200, { "Content-Type": "image/svg+xml" }));
  app.get("/healthz", (context) => context.json({ status: "ok" }));
  return { fetch: (request) => app.fetch(request) };
};
