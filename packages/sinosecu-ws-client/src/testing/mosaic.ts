/**
 * A grey picture as a baseline JPEG (ITU-T T.81) of flat blocks, 8 by 8 pixels each: every block has
 * a first coefficient only, so that no transform is needed and a picture is a few hundred bytes.
 *
 * @param grey 0 to 255 for the block in this column and row.
 */
export const mosaicJpeg = (
  columns: number,
  rows: number,
  grey: (column: number, row: number) => number,
): Uint8Array<ArrayBuffer> => {
  const [width, height] = [columns * 8, rows * 8];
  return Uint8Array.from([
    ...[0xff, 0xd8],
    ...segment(0xe0, [0x4a, 0x46, 0x49, 0x46, 0, 1, 1, 0, 0, 1, 0, 1, 0, 0]),
    // Quantisation by 8, which makes a first coefficient the grey itself.
    ...segment(0xdb, [0, ...Array<number>(64).fill(8)]),
    ...segment(0xc0, [8, height >> 8, height & 255, width >> 8, width & 255, 1, 1, 0x11, 0]),
    // First coefficients: nine sizes, four bits each. The others: only "none follow", one bit.
    ...segment(0xc4, [0x00, 0, 0, 0, 9, ...Array<number>(12).fill(0), 0, 1, 2, 3, 4, 5, 6, 7, 8]),
    ...segment(0xc4, [0x10, 1, ...Array<number>(15).fill(0), 0]),
    ...segment(0xda, [1, 1, 0x00, 0, 63, 0]),
    ...scan(columns, rows, grey),
    ...[0xff, 0xd9],
  ]);
};

const segment = (marker: number, body: readonly number[]): number[] => {
  const length = body.length + 2;
  return [0xff, marker, length >> 8, length & 255, ...body];
};

const scan = (
  columns: number,
  rows: number,
  grey: (column: number, row: number) => number,
): number[] => {
  const bytes: number[] = [];
  let bits = 0;
  let count = 0;
  const put = (value: number, length: number): void => {
    for (let i = length - 1; i >= 0; i--) {
      bits = (bits << 1) | ((value >> i) & 1);
      count += 1;
      if (count < 8) continue;
      // FF in a scan is followed by 00 (B.1.1.5).
      bytes.push(bits, ...(bits === 0xff ? [0] : []));
      [bits, count] = [0, 0];
    }
  };
  let before = 0;
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const level = Math.max(0, Math.min(255, Math.round(grey(column, row)))) - 128;
      const step = level - before;
      before = level;
      const size = step === 0 ? 0 : 32 - Math.clz32(Math.abs(step));
      put(size, 4);
      put(step < 0 ? step + (1 << size) - 1 : step, size);
      put(0, 1);
    }
  }
  while (count > 0) put(1, 1);
  return bytes;
};
