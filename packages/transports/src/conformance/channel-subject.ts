import type { Channel } from "../channel.js";
import type { Delivery } from "./check.js";

/** A channel that is to be judged, from both of its ends. */
export interface ChannelUnderTest {
  /** Opens a pair of ends. Called once for each case. */
  open(delivery: Delivery): Promise<ChannelBench>;
  /** Ends that cannot hold a sender back: unread frames end them instead. Default none. */
  readonly cannotHold?: readonly Side[];
  /** The code that an end sends for another; default the same. */
  readonly wireCode?: (side: Side, code: number) => number;
  /** Frames after which nothing may be left behind; default 10,000. */
  readonly exchanges?: number;
  /** Milliseconds for anything that must not hang; default 10,000. */
  readonly patienceMs?: number;
}

export type Side = "left" | "right";

export interface ChannelBench {
  readonly left: Channel;
  readonly right: Channel;
  /** Breaks the line without a word; absent where nobody can. */
  cut?(): void | Promise<void>;
  resources?(): number;
  stop(): Promise<void>;
}

/** What the suite gives to every case. */
export interface ChannelContext {
  soon<T>(what: string, promise: Promise<T>): Promise<T>;
  readonly frames: number;
  wireCode(side: Side, code: number): number;
  holds(side: Side): boolean;
}

/** And to one, for one direction: `a` stands at `from`, `b` at `to`. */
export interface ChannelCaseBench extends ChannelContext {
  readonly bench: ChannelBench;
  readonly from: Side;
  readonly to: Side;
  readonly a: Channel;
  readonly b: Channel;
}

/** A case, before it has a channel. */
export interface ChannelCase {
  readonly name: string;
  readonly delivery?: Delivery;
  run(bench: ChannelCaseBench): Promise<void>;
}
