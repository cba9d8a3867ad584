import { decodeResult, type EmrtdPassport } from "@org/docval-protocol";
import { createRequestVerifier, readBody, type VerificationKey } from "@org/docval-protocol/server";

/** A result as the DocVal server signed it. */
export interface SignedResult {
  readonly passport: EmrtdPassport;
  readonly keyId: string;
}

/** Where the DocVal server posts results, and where the desk waits for its own. */
export interface ResultDesk {
  /** Opens a place for one result. Until then, and after `close`, nobody's is taken. */
  expect(validationId: string): {
    /** Whatever was posted and verified; undefined so far. */
    readonly result: SignedResult | undefined;
    close(): void;
  };
  /** Answers a POST: 204 for a verified result that is waited for. */
  handle(request: Request): Promise<Response>;
}

export interface ResultDeskOptions {
  readonly keys: readonly VerificationKey[];
  /** The URL that the DocVal server was told, which it signed; default that of the request. */
  readonly targetUri?: string;
}

/** A passport with all its files, in base64. */
const MAX_RESULT_BYTES = 24 * 1024 * 1024;

/**
 * Takes results that are signed by a key that is known (RFC 9421), fresh, not shown before, and waited for.
 * Everything else is refused, so that nobody on the way can put a verdict on the desk.
 */
export const createResultDesk = ({ keys, targetUri }: ResultDeskOptions): ResultDesk => {
  const verify = createRequestVerifier({
    keys,
    now: () => new Date(),
    ...(targetUri === undefined ? {} : { targetUri }),
  });
  const places = new Map<string, { result: SignedResult | undefined }>();
  return {
    expect(validationId) {
      const place: { result: SignedResult | undefined } = { result: undefined };
      places.set(validationId, place);
      return {
        get result() {
          return place.result;
        },
        close: () => void places.delete(validationId),
      };
    },
    async handle(request) {
      const body = await readBody(request, MAX_RESULT_BYTES);
      if (body === undefined) return answer(413);
      const verdict = await verify(request, body);
      if (!verdict.verified) return answer(401);
      try {
        const { passport, validationId } = decodeResult(new TextDecoder().decode(body));
        const place = places.get(validationId ?? "");
        if (place === undefined || place.result !== undefined) return answer(404);
        place.result = { passport, keyId: verdict.keyId };
        return answer(204);
      } catch {
        return answer(400);
      }
    },
  };
};

const answer = (status: number): Response =>
  new Response(null, { status, headers: { "Cache-Control": "no-store" } });
