import {
  createValidateHandler,
  ENDPOINTS,
  VALIDATE_PATH,
  type ValidateOptions,
} from "@org/docval-protocol/server";
import type { Metrics } from "./metrics.js";
import type { Sessions } from "./sessions.js";

export interface HandlerOptions<Proof> extends ValidateOptions<Proof> {
  readonly metrics: Pick<Metrics, "text" | "contentType">;
  readonly sessions: Pick<Sessions, "closing" | "active">;
}

/** What is asked without a WebSocket: files alone, health, numbers. */
export const createHandler = <Proof>(
  options: HandlerOptions<Proof>,
): ((request: Request) => Promise<Response>) => {
  const { metrics, sessions } = options;
  const validate = createValidateHandler(options);
  return async (request) => {
    const { pathname } = new URL(request.url);
    if (pathname === VALIDATE_PATH) return validate(request);
    if (Object.values<string>(ENDPOINTS).includes(pathname)) {
      return text(426, "UPGRADE REQUIRED\n", { connection: "upgrade", upgrade: "websocket" });
    }
    const readsOnly = request.method === "GET" || request.method === "HEAD";
    if (pathname !== "/healthz" && pathname !== "/metrics") return text(404, "NOT FOUND\n");
    if (!readsOnly) return text(405, "METHOD NOT ALLOWED\n", { allow: "GET, HEAD" });
    if (pathname === "/metrics") {
      return text(200, await metrics.text(), { "content-type": metrics.contentType });
    }
    const status = sessions.closing ? "closing" : "ok";
    return new Response(JSON.stringify({ status, sessions: sessions.active }), {
      status: sessions.closing ? 503 : 200,
      headers: { "content-type": "application/json", "cache-control": "no-store" },
    });
  };
};

const text = (status: number, body: string, headers: Record<string, string> = {}): Response =>
  new Response(body, { status, headers: { "content-type": "text/plain", ...headers } });
