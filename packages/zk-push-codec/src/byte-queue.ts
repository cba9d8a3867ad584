/** Bytes that came and were not taken yet. However finely they come, each is copied a few times at most. */
export interface ByteQueue {
  readonly length: number;
  /** What is there; good until the next change. */
  readonly bytes: Uint8Array;
  append(bytes: Uint8Array): void;
  /** Lets go of the first bytes. */
  drop(count: number): void;
}

const FIRST_ROOM = 1024;
/** Room that an empty queue keeps at most: a connection may rest for long. */
const KEPT_ROOM = 65_536;

export const createByteQueue = (): ByteQueue => {
  let room = new Uint8Array(FIRST_ROOM);
  let from = 0;
  let to = 0;
  return {
    get length() {
      return to - from;
    },
    get bytes() {
      return room.subarray(from, to);
    },
    append(bytes) {
      if (to + bytes.length > room.length) {
        const held = room.subarray(from, to);
        const wanted = held.length + bytes.length;
        // Moving to the front pays only where half of the room has been let go of.
        const next = 2 * wanted > room.length ? new Uint8Array(2 * wanted) : room;
        next.set(held);
        [room, from, to] = [next, 0, held.length];
      }
      room.set(bytes, to);
      to += bytes.length;
    },
    drop(count) {
      from += count;
      if (from < to) return;
      from = to = 0;
      if (room.length > KEPT_ROOM) room = new Uint8Array(FIRST_ROOM);
    },
  };
};
