/** An answer: its data and SW1-SW2. */
export interface ResponseApdu {
  readonly data: Uint8Array;
  /** SW1 in the high byte, SW2 in the low: 0x9000 is success. */
  readonly statusWord: number;
}
