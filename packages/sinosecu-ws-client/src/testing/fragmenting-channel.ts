import type { Channel } from "../channel.js";

/** A channel that can also send one message of text in parts, as a WebSocket does in fragments. */
export interface FragmentingChannel extends Channel {
  sendFragments(parts: readonly Uint8Array[]): Promise<void>;
}
