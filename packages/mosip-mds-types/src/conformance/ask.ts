import { readText, withDeadline } from "../client/transport.js";
import { MdsError } from "../errors.js";
import type { Operation } from "../profiles/profile.js";
import type { ServiceUnderTest } from "./device-service.js";

/** What a service said, as far as the cases look at it. */
export interface Answered {
  readonly status: number;
  readonly text: string;
  header(name: string): string | undefined;
}

export interface Question {
  readonly verb?: string;
  readonly path?: string;
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly waitMs?: number;
}

/** Asks a service, with the verb and path of an operation unless others are given. */
export const ask = (
  service: ServiceUnderTest,
  operation: Operation,
  question: Question = {},
): Promise<Answered> => {
  const endpoint = service.profile.endpoints[operation];
  const { verb = endpoint?.verb ?? "POST", path = endpoint?.path ?? "/", body } = question;
  return withDeadline(
    async (signal) => {
      const reply = await service.send({
        method: verb,
        url: `${service.baseUrl}${path}`,
        headers: {
          ...(body === undefined ? {} : { "content-type": "application/json" }),
          ...question.headers,
        },
        ...(body === undefined ? {} : { body }),
        signal,
      });
      return { status: reply.status, text: await readText(reply), header: reply.header };
    },
    (question.waitMs ?? 0) + (service.timeoutMs ?? 10_000),
    service.clock,
    undefined,
  );
};

/** @throws MdsError `CONFORMANCE` unless it holds. */
export const expectThat = (holds: boolean, expected: string, found: unknown): void => {
  if (!holds) {
    throw new MdsError("CONFORMANCE", `expected ${expected}, found ${String(found).slice(0, 120)}`);
  }
};

/** The error object of an answer, in whatever envelope and spelling it came. */
export const errorCodeIn = (text: string): string | undefined =>
  /"errorcode"\s*:\s*"?(\d{1,4})/i.exec(text)?.[1];
