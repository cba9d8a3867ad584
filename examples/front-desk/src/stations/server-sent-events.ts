/** One event of a stream (HTML, 9.2.6). */
export interface ServerSentEvent {
  readonly name: string;
  readonly data: string;
  readonly id?: string;
}

/** Longest event that is read. */
const MAX_EVENT = 1024 * 1024;

/** Reads server-sent events until the stream ends. @throws Error for an event without end. */
export async function* readEvents(
  body: ReadableStream<Uint8Array>,
): AsyncGenerator<ServerSentEvent> {
  const decoder = new TextDecoder();
  let text = "";
  for await (const chunk of body as unknown as AsyncIterable<Uint8Array>) {
    text += decoder.decode(chunk, { stream: true });
    const blocks = text.split(/\r?\n\r?\n/);
    text = blocks.pop() ?? "";
    if (text.length > MAX_EVENT) throw new Error("expected an event of at most a megabyte");
    for (const block of blocks) {
      const event = readEvent(block);
      if (event !== undefined) yield event;
    }
  }
}

const readEvent = (block: string): ServerSentEvent | undefined => {
  const data: string[] = [];
  let name = "message";
  let id: string | undefined;
  for (const line of block.split(/\r?\n/)) {
    const match = /^(event|data|id): ?(.*)$/.exec(line);
    if (match?.[1] === "event") name = match[2]!;
    else if (match?.[1] === "data") data.push(match[2]!);
    else if (match?.[1] === "id") id = match[2]!;
  }
  if (data.length === 0) return undefined;
  return { name, data: data.join("\n"), ...(id === undefined ? {} : { id }) };
};
