/** So many bytes that nobody can guess. */
export type RandomBytes = (length: number) => Uint8Array;
