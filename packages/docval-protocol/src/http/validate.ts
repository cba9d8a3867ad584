import type { ServerChip } from "../chip/server-chip.js";
import { type DocvalFileName, isFileName } from "../file-name.js";
import { LIMITS } from "../limits.js";
import { ValidationResult } from "../result/validation-result.js";
import type { ClientSettings } from "../session/server-session.js";
import { readBody } from "./read-body.js";

/** Where files alone are judged. */
export const VALIDATE_PATH = "/v4/validate";

export interface ValidateOptions<Proof = unknown> {
  readonly chip: Pick<ServerChip<Proof>, "judge">;
  readonly client: (clientId: string) => ClientSettings | undefined;
  /** Whether the Authorization header of a request is one that lets in; default: anybody is let in. */
  readonly authorize?: (authorization: string | undefined) => boolean;
  /** Sends every file along with the result. Default false. */
  readonly includeFiles?: boolean;
  /** Told what went wrong inside; the client is told 500 and no more. */
  readonly onError?: (error: unknown) => void;
}

/** Beside the files: boundaries, headers, short fields. */
const FORM_OVERHEAD = 65_536;

/**
 * `POST /v4/validate`: files of a document as a form, judged without its chip. Fields `client_id`, `sod`
 * and `dg1` to `dg16`, and `validation_id`, which is handed through. The answer is the result; nothing is
 * posted to a result server.
 *
 * | status | when |
 * |---|---|
 * | 200 | the result |
 * | 400 | no form, a field that is missing, unknown or there twice |
 * | 401 | no such client, or not authorized |
 * | 405, 413, 415 | another method, too large, another type |
 */
export const createValidateHandler =
  <Proof>(options: ValidateOptions<Proof>) =>
  async (request: Request): Promise<Response> => {
    if (request.method !== "POST") return refuse(405, "METHOD_NOT_ALLOWED", { allow: "POST" });
    if (
      options.authorize &&
      !options.authorize(request.headers.get("authorization") ?? undefined)
    ) {
      return refuse(401, "UNAUTHORIZED", { "www-authenticate": "Bearer" });
    }
    const type = request.headers.get("content-type") ?? "";
    if (!/^multipart\/form-data\s*;/i.test(type)) return refuse(415, "UNSUPPORTED_MEDIA_TYPE");
    const body = await readBody(request, LIMITS.filesTotal + FORM_OVERHEAD);
    if (body === undefined) return refuse(413, "TOO_LARGE");
    const form = await readForm(body, type);
    if (form === undefined) return refuse(400, "INVALID_FORM");
    if (!options.client(form.clientId)) return refuse(401, "INVALID_CLIENT_ID");
    try {
      const judged = options.chip.judge({ files: form.files, proofs: [], chipPresent: false });
      const passport = options.includeFiles
        ? { ...judged, filesBinary: Object.fromEntries(form.files) }
        : judged;
      const result = ValidationResult.encode({
        emrtd_passport: passport,
        client_validation_id: form.validationId,
      });
      return new Response(result, { headers: JSON_HEADERS });
    } catch (error) {
      options.onError?.(error);
      return refuse(500, "SERVER_ERROR");
    }
  };

const JSON_HEADERS = { "content-type": "application/json", "cache-control": "no-store" };

const refuse = (status: number, error: string, headers: Record<string, string> = {}): Response =>
  new Response(JSON.stringify({ error }), { status, headers: { ...JSON_HEADERS, ...headers } });

interface ValidateForm {
  readonly clientId: string;
  readonly validationId: string | null;
  readonly files: ReadonlyMap<DocvalFileName, Uint8Array>;
}

const readForm = async (
  body: Uint8Array<ArrayBuffer>,
  type: string,
): Promise<ValidateForm | undefined> => {
  let form: FormData;
  try {
    form = await new Response(body, { headers: { "content-type": type } }).formData();
  } catch {
    return undefined;
  }
  const texts = new Map<string, string>();
  const files = new Map<DocvalFileName, Uint8Array>();
  for (const [name, value] of form) {
    if (texts.has(name) || files.has(name as DocvalFileName)) return undefined;
    if (typeof value !== "string") {
      if (!isFileName(name)) return undefined;
      files.set(name, new Uint8Array(await value.arrayBuffer()));
    } else if (TEXT_FIELDS.has(name) && value.length <= LIMITS.identifier) texts.set(name, value);
    else return undefined;
  }
  const clientId = texts.get("client_id");
  if (clientId === undefined || !files.has("sod")) return undefined;
  return { clientId, validationId: texts.get("validation_id") ?? null, files };
};

const TEXT_FIELDS: ReadonlySet<string> = /* @__PURE__ */ new Set(["client_id", "validation_id"]);
