/**
 * HTTP as values: what a terminal sends and a server answers, without any platform's classes. Who
 * owns the socket turns them into bytes; `http-message.ts` can, too.
 */
export type Header = readonly [name: string, value: string];

export interface PushRequest {
  /** As sent: some terminals write `Get`. */
  readonly method: string;
  /** `/iclock/cdata`, without the query. */
  readonly path: string;
  /** After the question mark, as sent and still escaped; empty without one. */
  readonly query: string;
  readonly headers: readonly Header[];
  readonly body: Uint8Array;
}

export interface PushResponse {
  readonly status: number;
  readonly headers: readonly Header[];
  readonly body: Uint8Array;
}

/** The first header of this name, in any letter case. */
export const headerOf = (
  message: { readonly headers: readonly Header[] },
  name: string,
): string | undefined => {
  const wanted = name.toLowerCase();
  return message.headers.find(([key]) => key.toLowerCase() === wanted)?.[1];
};

/** A request target taken apart at the first question mark. */
export const splitTarget = (target: string): { path: string; query: string } => {
  const mark = target.indexOf("?");
  return mark < 0
    ? { path: target, query: "" }
    : { path: target.slice(0, mark), query: target.slice(mark + 1) };
};
