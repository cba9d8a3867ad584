import { ZkPushError } from "../../errors.js";

/** What every answer of the administration carries: nothing of it is for a cache or a frame. */
export const SAFE_HEADERS: Readonly<Record<string, string>> = {
  "Cache-Control": "no-store",
  "X-Content-Type-Options": "nosniff",
  "Referrer-Policy": "no-referrer",
};

/** A JSON document. */
export const json = (document: unknown, status = 200): Response =>
  new Response(JSON.stringify(document), {
    status,
    headers: { ...SAFE_HEADERS, "Content-Type": "application/json" },
  });

/** A request that is not done: ends the handling of it wherever it is found out. */
export class Problem extends Error {
  override readonly name = "Problem";

  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

/** A problem as an answer; an error that is nobody's in particular is a defect of the server. */
export const problemAnswer = (error: unknown): Response => {
  if (error instanceof Problem) {
    return json({ error: { code: error.code, message: error.message } }, error.status);
  }
  if (error instanceof ZkPushError) {
    return json({ error: { code: error.code, message: error.message } }, 422);
  }
  return json({ error: { code: "INTERNAL", message: "the server could not do this" } }, 500);
};

export const notFound = (what: string): Problem =>
  new Problem(404, "NOT_FOUND", `expected ${what} that exists`);

export const malformed = (message: string): Problem => new Problem(422, "MALFORMED", message);
