/** One message of a channel: text or binary, and the difference is kept. */
export type Frame = string | Uint8Array;

/** How a channel ended (RFC 6455, 7.1.5 and 7.1.6). */
export interface CloseInfo {
  /** `us`: our `close`; `peer`: a close frame came; `lost`: neither, the line broke. */
  readonly by: "us" | "peer" | "lost";
  /** The code on the wire; 1005 where the peer named none, 1006 where the line broke. */
  readonly code: number;
  readonly reason: string;
}

export interface ChannelOptions {
  readonly signal?: AbortSignal | undefined;
}

/** Carries whole messages both ways, in order. */
export interface Channel {
  /**
   * Hands a frame over, and resolves when there is room for more: who awaits each `send` cannot run
   * ahead of a slow peer. An abort while waiting does not take the frame back.
   *
   * @throws TransportError `TRANSPORT_CLOSED`, `TRANSPORT_ABORTED`, `SEND_OVERFLOW`.
   */
  send(frame: Frame, options?: ChannelOptions): Promise<void>;
  /**
   * The next frame, or undefined when the channel has ended and all that came before was read. One
   * reader at a time. A frame is not lost to an aborted `receive`.
   *
   * @throws TransportError `TRANSPORT_BUSY`, `TRANSPORT_ABORTED`.
   */
  receive(options?: ChannelOptions): Promise<Frame | undefined>;
  /** Ends the channel and resolves with how it ended, ours or what came first. Default 1000, no reason. */
  close(code?: number, reason?: string): Promise<CloseInfo>;
  /** Resolves when the channel has ended; never rejects. */
  readonly closed: Promise<CloseInfo>;
  /** Frames until the end. Leaving the loop does not close the channel. */
  [Symbol.asyncIterator](): AsyncIterator<Frame>;
}

/** The iterator that every channel here gives, over its `receive`. */
export const iterateFrames = (receive: Channel["receive"]): AsyncIterator<Frame> => ({
  async next() {
    const frame = await receive();
    return frame === undefined ? { done: true, value: undefined } : { done: false, value: frame };
  },
});

const encoder = /* @__PURE__ */ new TextEncoder();

/** Bytes that a frame takes on the wire, without its header. */
export const frameLength = (frame: Frame): number =>
  typeof frame === "string" ? encoder.encode(frame).length : frame.length;

/** Whether a frame takes more bytes than that; a text is measured only where it is a close thing. */
export const isLongerThan = (frame: Frame, bytes: number): boolean => {
  if (typeof frame !== "string" || frame.length > bytes) return frame.length > bytes;
  return 3 * frame.length > bytes && frameLength(frame) > bytes;
};

const utf8Length = (codePoint: number): number => {
  if (codePoint < 0x80) return 1;
  if (codePoint < 0x800) return 2;
  return codePoint < 0x10000 ? 3 : 4;
};

/** A close reason is what a control frame holds beside the code (RFC 6455, 5.5). */
export const CLOSE_REASON_BYTES = 123;

/** Cuts a reason to the bytes of UTF-8 that fit, between characters. */
export const cutCloseReason = (reason: string): string => {
  if (encoder.encode(reason).length <= CLOSE_REASON_BYTES) return reason;
  let length = 0;
  let end = 0;
  for (const character of reason) {
    length += utf8Length(character.codePointAt(0)!);
    if (length > CLOSE_REASON_BYTES) break;
    end += character.length;
  }
  return reason.slice(0, end);
};
