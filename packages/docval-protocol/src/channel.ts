/** One whole message of a WebSocket: text or binary. */
export type Frame = string | Uint8Array;

/** How a channel ended (RFC 6455, 7.1.5 and 7.1.6). */
export interface ChannelEnd {
  /** `us`: our `close`; `peer`: the other side's; `lost`: neither, the line broke. */
  readonly by: "us" | "peer" | "lost";
  readonly code: number;
  readonly reason: string;
}

/**
 * An open way for whole messages in both directions, in order: a WebSocket, or two ends in memory. The
 * channels of `@org/transports` are such; so is whatever else has these four members.
 */
export interface Channel {
  /** Hands a message over; rejects where the channel has ended. */
  send(frame: Frame): Promise<void>;
  /** The next message, or undefined when the channel has ended and everything was read. */
  receive(): Promise<Frame | undefined>;
  /** @param reason at most 123 bytes of UTF-8, never personal data. */
  close(code?: number, reason?: string): Promise<unknown>;
  /** Resolves when the channel has ended; never rejects. */
  readonly closed: Promise<ChannelEnd>;
}

/** Time as an input: the platform's, or a test's own. */
export interface Clock {
  /** Milliseconds since some fixed moment; never runs backwards. */
  now(): number;
  /** Calls back once after `ms` milliseconds; the returned function calls it off. */
  schedule(ms: number, callback: () => void): () => void;
}
