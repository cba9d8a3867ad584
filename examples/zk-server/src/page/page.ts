import { createRateLimiter, equalSecrets, type ServerStore, ZkPushError } from "@org/zk-push-codec";
import { type Administration, Problem, type Session, type Sessions } from "@org/zk-push-codec/http";
import type { FetchHandler } from "../fetch-listener.js";
import { ACTIONS } from "./actions.js";
import { createCounts } from "./counts.js";
import { dashboardBody, type Message, readDashboard } from "./dashboard.js";
import { loginPage, PAGE_HEADERS, pageAnswer } from "./layout.js";
import { SCRIPT } from "./script.js";
import { STYLE } from "./style.js";

export interface PageOptions {
  readonly store: ServerStore;
  readonly administration: Administration;
  readonly token: string;
  readonly sessions: Sessions;
  readonly addressOf: (request: Request) => string;
  readonly onError: (error: unknown) => void;
}

const MAX_FORM = 16 * 1024;

/** The page at `/`: everything works by forms; a script only keeps it up to date. */
export const createPage = (options: PageOptions): FetchHandler => {
  const { store, administration, token, sessions, addressOf } = options;
  const counts = createCounts(store);
  const failures = createRateLimiter({ burst: 10, perSecond: 0.2 });

  const show = async (
    session: Session,
    query: URLSearchParams,
    message?: Message,
    status = 200,
  ): Promise<Response> => {
    const dashboard = await readDashboard(store, counts, query);
    const body = dashboardBody(dashboard, session, Date.now(), message);
    return pageAnswer(body, { status, script: true });
  };

  const login = async (request: Request): Promise<Response> => {
    const address = addressOf(request);
    if (!failures.allows(address, Date.now())) {
      return loginPage("Too many failures. Wait a minute.", 429);
    }
    const form = await readForm(request);
    if (!isOwn(request) || !equalSecrets(form.get("token") ?? "", token)) {
      failures.take(address, Date.now());
      return loginPage("That is not the token.", 403);
    }
    return goHome(await sessions.open());
  };

  const act = async (request: Request, path: string, session: Session): Promise<Response> => {
    const form = await readForm(request);
    if (!isOwn(request) || !equalSecrets(form.get("csrf") ?? "", session.csrf)) {
      const text = "The form is out of date. Try again.";
      return show(session, new URLSearchParams(), { kind: "problem", text }, 403);
    }
    if (path === "/logout") return goHome(sessions.closed);
    const action = ACTIONS.get(path);
    if (action === undefined) return loginPage("There is no such page.", 404);
    try {
      await action.run(administration, form);
      return goHome(undefined, path);
    } catch (error) {
      const known = error instanceof Problem || error instanceof ZkPushError;
      if (!known) throw error;
      const status = error instanceof Problem ? error.status : 422;
      const message = { kind: "problem", text: `Not done: ${error.message}.` } as const;
      return show(session, new URLSearchParams(), message, status);
    }
  };

  const answer = async (request: Request): Promise<Response | undefined> => {
    const url = new URL(request.url);
    if (request.method === "POST" && url.pathname === "/login") return login(request);
    if (request.method === "GET") {
      if (url.pathname === "/page.css") return asset(STYLE, "text/css");
      if (url.pathname === "/page.js") return asset(SCRIPT, "text/javascript");
      if (url.pathname !== "/") return undefined;
    } else if (request.method !== "POST") return undefined;
    const session = await sessions.of(request);
    if (session === undefined) return loginPage(undefined, request.method === "GET" ? 200 : 403);
    if (request.method === "POST") return act(request, url.pathname, session);
    const done = ACTIONS.get(url.searchParams.get("did") ?? "")?.done;
    const message = done === undefined ? undefined : ({ kind: "done", text: done } as const);
    return show(session, url.searchParams, message);
  };

  return async (request) => {
    try {
      return await answer(request);
    } catch (error) {
      if (error instanceof ZkPushError) return goHome(undefined);
      options.onError(error);
      return loginPage("The server could not do this.", 500);
    }
  };
};

/** Whether a form was sent by a page of ours; old browsers do not say, and have the field only. */
const isOwn = (request: Request): boolean => {
  const site = request.headers.get("sec-fetch-site");
  return site === null || site === "same-origin";
};

const readForm = async (request: Request): Promise<URLSearchParams> => {
  let text = "";
  const decoder = new TextDecoder();
  for await (const part of request.body ?? []) {
    text += decoder.decode(part as Uint8Array, { stream: true });
    if (text.length > MAX_FORM) return new URLSearchParams();
  }
  return new URLSearchParams(text);
};

/** Back to the page, so that reloading it does nothing twice. */
const goHome = (cookie: string | undefined, did?: string): Response =>
  new Response(null, {
    status: 303,
    headers: {
      ...PAGE_HEADERS,
      Location: did === undefined ? "/" : `/?${new URLSearchParams({ did })}`,
      ...(cookie === undefined ? {} : { "Set-Cookie": cookie }),
    },
  });

const asset = (text: string, type: string): Response =>
  new Response(text, {
    headers: { ...PAGE_HEADERS, "Content-Type": `${type}; charset=utf-8` },
  });
