import type { ApduTransport, CardReceive } from "../apdu-transport.js";
import type { Delivery } from "./check.js";
import type { TestCard } from "./test-card.js";

/** An APDU transport that is to be judged. */
export interface ApduTransportUnderTest {
  /** Opens it, joined to a card that answers by `receive`. Called once for each case. */
  open(receive: CardReceive, delivery: Delivery): Promise<ApduBench>;
  /** Lengths in bytes that its protocol carries; default 0 to 65,535 both ways. */
  readonly limits?: Partial<ApduLimits>;
  /** Exchanges after which nothing may be left behind; default 10,000. */
  readonly exchanges?: number;
  /** Milliseconds for anything that must not hang; default 10,000. */
  readonly patienceMs?: number;
}

export interface ApduLimits {
  readonly minCommand: number;
  /** A longer command must be refused; undefined: there is no such limit to try. */
  readonly maxCommand: number | undefined;
  readonly minResponse: number;
  readonly maxResponse: number;
}

/** One transport, open, and what its surroundings can do. */
export interface ApduBench {
  readonly transport: ApduTransport;
  /** Takes the card away; absent where nobody can. */
  removeCard?(): void | Promise<void>;
  /** Lays it again. */
  insertCard?(): void | Promise<void>;
  /** Listeners, timers and the like that may not grow in number. */
  resources?(): number;
  stop(): Promise<void>;
}

/** What a case is given. */
export interface ApduCaseBench {
  readonly bench: ApduBench;
  readonly transport: ApduTransport;
  readonly card: TestCard;
  readonly limits: ApduLimits;
  readonly exchanges: number;
  /** A command that is told from others by its seed, as long as asked for or as must be. */
  command(seed: number, length?: number): Uint8Array;
  soon<T>(what: string, promise: Promise<T>): Promise<T>;
}

/** A case, before it has a transport. */
export interface ApduCase {
  readonly name: string;
  readonly delivery?: Delivery;
  run(bench: ApduCaseBench): Promise<void>;
}
