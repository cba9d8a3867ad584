/** Length after {@link padBlocks}: always at least one byte more. */
export const paddedLength = (length: number, blockLength: number): number =>
  length + blockLength - (length % blockLength);

/** ISO/IEC 9797-1 padding method 2: 80, then zeros up to whole blocks. */
export const padBlocks = (data: Uint8Array, blockLength: number): Uint8Array<ArrayBuffer> => {
  const padded = new Uint8Array(paddedLength(data.length, blockLength));
  padded.set(data);
  padded[data.length] = 0x80;
  return padded;
};

/** The data without its padding; undefined where the last block does not end in one. */
export const unpadBlocks = (data: Uint8Array, blockLength: number): Uint8Array | undefined => {
  let end = data.length - 1;
  const floor = Math.max(0, data.length - blockLength);
  while (end > floor && data[end] === 0) end--;
  return end >= floor && data[end] === 0x80 ? data.subarray(0, end) : undefined;
};
