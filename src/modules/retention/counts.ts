/** Counts of several erasures together; those of nothing are left out. */
export function addCounts(all: readonly Readonly<Record<string, number>>[]): Record<string, number> {
  const sum: Record<string, number> = {};
  for (const [name, count] of all.flatMap((counts) => Object.entries(counts))) if (count > 0) sum[name] = (sum[name] ?? 0) + count;
  return sum;
}
