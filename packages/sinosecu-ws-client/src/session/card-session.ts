import type { Field } from "../messages/fields.js";
import type { ImageEntry } from "../messages/image-kinds.js";
import type { Attachment, CardRecord, ClosedBy, UncertainReason } from "./card-record.js";
import {
  attach,
  closeRecord,
  isBlank,
  namesOf,
  type OpenRecord,
  openRecord,
  partNames,
  withoutEmpty,
  withoutRepeats,
} from "./open-record.js";
import { SESSION_RULES, type SessionState } from "./session-rules.js";

/** What happens on the reader. */
export type SessionInput =
  | { readonly kind: "detected" }
  /** A reading was asked for; a document may follow until this time. */
  | { readonly kind: "expected"; readonly until: number }
  | { readonly kind: "text"; readonly fields: readonly Field[]; readonly failure?: string }
  | { readonly kind: "failure"; readonly failure: string }
  | { readonly kind: "attachment"; readonly part: Attachment }
  | {
      readonly kind: "document";
      readonly fields: readonly Field[];
      readonly images: readonly ImageEntry[];
      readonly failure?: string;
    }
  | { readonly kind: "taken-away" }
  | { readonly kind: "due" }
  | { readonly kind: "lost"; readonly by: "connection-lost" | "stopped" };

export type SessionEvent =
  | { readonly type: "record"; readonly record: CardRecord }
  | { readonly type: "uncertain"; readonly part: Attachment; readonly reason: UncertainReason };

export interface SessionStep {
  readonly events: readonly SessionEvent[];
  /** When to come back with `due`, if nothing else happens before. */
  readonly wakeAt?: number;
}

export interface CardSessionOptions {
  /** How long a record with parts waits for more, in milliseconds. */
  readonly settleMs?: number;
  /** How late an image may still come after the last part of its document, in milliseconds. */
  readonly lateMs?: number;
}

/** Parts of one document, without an end to it: the machine that gathers them into records. */
export interface CardSession {
  readonly state: SessionState;
  receive(input: SessionInput, now: number): SessionStep;
}

/** What reading a document gives: its text, why there is none, or everything at once. */
type Reading = "text" | "failure" | "document";

/** A closed record's part names, for as long as more of it may come. Nothing personal. */
interface Recent {
  readonly names: ReadonlySet<string>;
  readonly until: number;
}

/**
 * Gathers what the service tells of a document into one record, whatever the order and whatever is
 * missing. Messages carry no number, so whose a part is follows from these rules:
 *
 * 1. The reader reads one document at a time: a text or failure between two detections belongs to the
 *    first of them. Without detections a text begins a record unless the open one lacks exactly that,
 *    and a document that gives neither cannot be told from late images of the one before.
 * 2. An image belongs to a document that has none of its kind yet. If that can be the open record and
 *    no record closed within `lateMs`, the open record gets it. Else it is `uncertain` and nobody's:
 *    two people are never mixed.
 */
export const createCardSession = ({
  settleMs = 1_500,
  lateMs = 10_000,
}: CardSessionOptions = {}): CardSession => {
  let open: OpenRecord | undefined;
  let recents: Recent[] = [];
  let count = 0;

  const state = (): SessionState => {
    if (open === undefined) return "empty";
    if (isBlank(open)) return "laid";
    return open.fields === undefined && open.failure === undefined ? "gathering" : "read";
  };

  const begin = (
    now: number,
    how: { announced?: boolean; detected?: boolean } = {},
  ): OpenRecord => {
    count += 1;
    open = openRecord(count, now, how);
    return open;
  };

  const close = (now: number, by: ClosedBy): SessionEvent[] => {
    const record = open;
    open = undefined;
    if (record === undefined || isBlank(record)) return [];
    const lastPart = (record.deadline ?? now) - settleMs;
    recents.push({ names: new Set(partNames(record)), until: lastPart + lateMs });
    return [{ type: "record", record: closeRecord(record, now, by) }];
  };

  const touch = (record: OpenRecord, now: number): void => {
    record.deadline = now + settleMs;
  };

  const take = (input: SessionInput & { kind: Reading }, now: number) => {
    const events = open !== undefined && !lacks(open, input) ? close(now, "next-document") : [];
    const record = open ?? begin(now);
    if (input.kind !== "failure") record.fields = input.fields;
    if (input.failure !== undefined) record.failure = input.failure;
    if (input.kind === "document") {
      record.images.push(...input.images.filter(({ data }) => data !== ""));
    }
    touch(record, now);
    return events;
  };

  const place = (received: Attachment, now: number): SessionEvent[] => {
    const part = withoutRepeats(withoutEmpty(received), open);
    const names = namesOf(part);
    if (names.length === 0) return [];
    const isFree = (taken: Iterable<string>) => {
      const has = new Set(taken);
      return !names.some((name) => has.has(name));
    };
    const late = recents.some(({ names: has }) => isFree(has));
    const fits = open !== undefined && isFree(partNames(open));
    const uncertain = (reason: UncertainReason): SessionEvent[] => [
      { type: "uncertain", part, reason },
    ];
    if (late) return uncertain(fits ? "either" : "late");
    if (open !== undefined && !fits) return uncertain("repeated");
    const record = open ?? begin(now);
    attach(record, part);
    touch(record, now);
    return [];
  };

  const leave = (now: number): SessionEvent[] => {
    if (open === undefined) return [];
    open.takenAway = true;
    // Nothing was read so far: the reading may still be under way.
    open.deadline = now + (isBlank(open) ? lateMs : settleMs);
    return [];
  };

  /** The rules decide what is done; the input only says with what. */
  const act = (input: SessionInput, now: number): SessionEvent[] => {
    const action = SESSION_RULES[state()][input.kind];
    if (action === "begin") {
      const events = close(now, "next-document");
      const record = begin(now, { announced: true, detected: input.kind === "detected" });
      if (input.kind === "expected") record.deadline = input.until;
      return events;
    }
    if (action === "take") return take(input as SessionInput & { kind: Reading }, now);
    if (action === "place")
      return place((input as SessionInput & { kind: "attachment" }).part, now);
    if (action === "leave") return leave(now);
    if (action === "none" || input.kind === "due") return [];
    const events = close(now, input.kind === "lost" ? input.by : "stopped");
    // What the old connection had still to bring will not come over the new one.
    recents = [];
    return events;
  };

  return {
    get state() {
      return state();
    },
    receive(input, now) {
      // A record whose time ran out before this input is closed first: timers may come late.
      const overdue = open?.deadline !== undefined && open.deadline <= now;
      const before = overdue ? close(now, "settled") : [];
      recents = recents.filter(({ until }) => until > now);
      const events = [...before, ...act(input, now)];
      return {
        events,
        ...(open?.deadline === undefined ? {} : { wakeAt: open.deadline }),
      };
    },
  };
};

/** Whether the open record still waits for such a part. */
const lacks = (open: OpenRecord, input: SessionInput & { kind: Reading }): boolean => {
  if (isBlank(open)) return true;
  if (input.kind === "document") return false;
  if (open.announced) {
    return input.kind === "text"
      ? open.fields === undefined && (input.failure === undefined || open.failure === undefined)
      : open.failure === undefined;
  }
  return open.fields === undefined && open.failure === undefined;
};
