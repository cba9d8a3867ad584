/** A command as ISO/IEC 7816-4 has it, before it is written in short or extended form. */
export interface CommandApdu {
  readonly cla: number;
  readonly ins: number;
  readonly p1: number;
  readonly p2: number;
  /** Command data, Nc bytes; absent or empty: none. */
  readonly data?: Uint8Array;
  /** Ne, the number of bytes expected at most: 1 to 256 short, to 65,536 extended; absent: none. */
  readonly le?: number;
}
