/**
 * Rows that hold every pair of values of every two dimensions at least once: greedy, and the same each
 * time.
 */
export const pairwise = <T>(dimensions: readonly (readonly T[])[]): T[][] => {
  const open = new Set<string>();
  const key = (i: number, a: number, j: number, b: number): string =>
    i < j ? `${i}.${a}-${j}.${b}` : `${j}.${b}-${i}.${a}`;
  for (let i = 0; i < dimensions.length; i++) {
    for (let j = i + 1; j < dimensions.length; j++) {
      for (let a = 0; a < dimensions[i]!.length; a++) {
        for (let b = 0; b < dimensions[j]!.length; b++) open.add(key(i, a, j, b));
      }
    }
  }
  const rows: T[][] = [];
  while (open.size > 0) {
    const [first] = open;
    const chosen: (number | undefined)[] = Array(dimensions.length).fill(undefined);
    for (const part of first!.split("-")) {
      const [dimension, value] = part.split(".").map(Number);
      chosen[dimension!] = value!;
    }
    for (let i = 0; i < dimensions.length; i++) {
      if (chosen[i] !== undefined) continue;
      const gains = dimensions[i]!.map(
        (_, a) => chosen.filter((b, j) => b !== undefined && open.has(key(i, a, j, b))).length,
      );
      chosen[i] = gains.indexOf(Math.max(...gains));
    }
    for (let i = 0; i < dimensions.length; i++) {
      for (let j = i + 1; j < dimensions.length; j++)
        open.delete(key(i, chosen[i]!, j, chosen[j]!));
    }
    rows.push(chosen.map((value, i) => dimensions[i]![value!]!));
  }
  return rows;
};
