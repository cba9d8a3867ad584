/** Largest body of a request, in bytes. No request of any version comes near it. */
export const MAX_BODY_BYTES = 1024 * 1024;

/** The body as text, or a refusal when it is longer than the limit; it is read no further then. */
export const readBody = async (
  request: Request,
  limit: number,
): Promise<{ readonly text: string } | { readonly tooLarge: true }> => {
  if (Number(request.headers.get("content-length") ?? 0) > limit) {
    await request.body?.cancel().catch(() => undefined);
    return { tooLarge: true };
  }
  const reader = request.body?.getReader();
  const chunks: Uint8Array[] = [];
  let length = 0;
  for (;;) {
    const { done, value } = (await reader?.read()) ?? { done: true, value: undefined };
    if (done) {
      break;
    }
    length += value.length;
    if (length > limit) {
      await reader?.cancel().catch(() => undefined);
      return { tooLarge: true };
    }
    chunks.push(value);
  }
  const whole = new Uint8Array(length);
  let offset = 0;
  for (const chunk of chunks) {
    whole.set(chunk, offset);
    offset += chunk.length;
  }
  return { text: new TextDecoder().decode(whole) };
};
