/** A decoded image: eight bits a channel, rows from the top, channels side by side. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  /** 1 grey, 3 red green blue, 4 with opacity. */
  readonly channels: 1 | 3 | 4;
  readonly data: Uint8Array;
}
