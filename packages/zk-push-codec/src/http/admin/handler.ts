import { equalSecrets } from "../../bytes.js";
import { createRateLimiter, type RateTerms } from "../../engine/server/rates.js";
import type { Reconciler } from "../../server/reconcile.js";
import type { ServerStore } from "../../server-store.js";
import type { Administration } from "./administration.js";
import { Problem, problemAnswer } from "./answers.js";
import type { LiveFeed } from "./live.js";
import { ROUTES, type TerminalFiles } from "./routes.js";
import type { Sessions } from "./session.js";

export interface AdminHandlerOptions {
  readonly store: ServerStore;
  readonly administration: Administration;
  readonly feed: LiveFeed;
  /** Where files for terminals are kept: a file shelf. */
  readonly files: TerminalFiles;
  readonly reconciler: Pick<Reconciler, "check">;
  /** Every route needs it, as `Authorization: Bearer`. */
  readonly token: string;
  /** Whose browsers may also see the stream, photos and the table without the header. */
  readonly sessions?: Sessions;
  /** Who asks; default: nobody knows. */
  readonly addressOf?: (request: Request) => string;
  /** Failures to show the token, of one address. Default 1 in 5 seconds, 10 at once. */
  readonly failures?: RateTerms;
  /** Milliseconds since 1970; default the platform's clock. */
  readonly now?: () => number;
  /** Told of an error that is nobody's in particular. */
  readonly onError?: (error: unknown) => void;
}

/**
 * A handler of `/api/…` for any platform with `Request` and `Response`; `undefined` for any other
 * path.
 */
export const createAdminHandler = (
  options: AdminHandlerOptions,
): ((request: Request) => Promise<Response | undefined>) => {
  const {
    store,
    administration,
    feed,
    files,
    reconciler,
    token,
    sessions,
    now = Date.now,
  } = options;
  const addressOf = options.addressOf ?? (() => "");
  const failures = createRateLimiter(options.failures ?? { burst: 10, perSecond: 0.2 });

  const admit = async (request: Request, viewable: boolean): Promise<void> => {
    const address = addressOf(request);
    if (!failures.allows(address, now())) {
      throw new Problem(429, "TOO_MANY_FAILURES", "expected fewer failures from this address");
    }
    const shown = /^Bearer +(\S+)$/i.exec(request.headers.get("authorization") ?? "")?.[1];
    if (shown === undefined && viewable && (await sessions?.of(request)) !== undefined) return;
    if (shown !== undefined && equalSecrets(shown, token)) return;
    failures.take(address, now());
    throw new Problem(401, "UNAUTHORIZED", "expected the token of the administration");
  };

  return async (request) => {
    const url = new URL(request.url);
    const match = /^\/api(?:\/(.*))?$/.exec(url.pathname);
    if (match === null) return undefined;
    try {
      const found = routeOf(request.method, match[1] ?? "");
      await admit(request, "route" in found && found.route.viewable === true);
      if (!("route" in found)) throw found.problem;
      const { route, name } = found;
      const query = url.searchParams;
      return await route.run({
        store,
        administration,
        feed,
        files,
        reconciler,
        request,
        query,
        name,
      });
    } catch (error) {
      const answer = problemAnswer(error);
      if (answer.status === 500) options.onError?.(error);
      if (answer.status === 401) answer.headers.set("WWW-Authenticate", "Bearer");
      return answer;
    }
  };
};

type Found =
  | { readonly route: (typeof ROUTES)[number]; readonly name: string }
  | { readonly problem: Problem };

const routeOf = (method: string, path: string): Found => {
  const parts = path.split("/");
  let allowed = false;
  for (const route of ROUTES) {
    const [wanted, pattern = ""] = route.pattern.split(" ");
    const names = pattern.split("/");
    const fits =
      names.length === parts.length &&
      names.every((name, i) => (name === ":" ? parts[i] !== "" : name === parts[i]));
    if (!fits) continue;
    allowed = true;
    if (wanted !== method) continue;
    const name = decodeName(parts[names.indexOf(":")] ?? "");
    return name === undefined ? { problem: NOTHING } : { route, name };
  }
  return { problem: allowed ? WRONG_METHOD : NOTHING };
};

const NOTHING = /* @__PURE__ */ new Problem(404, "NOT_FOUND", "expected a path that exists");
const WRONG_METHOD = /* @__PURE__ */ new Problem(
  405,
  "METHOD_NOT_ALLOWED",
  "expected another method for this path",
);

const decodeName = (text: string): string | undefined => {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
};
