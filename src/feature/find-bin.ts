/**
 * Which bin a value belongs to, from 0: how many cut points (ascending) lie below it.
 * A value equal to a cut point belongs to the bin that ends there.
 */
export function findBin(value: number, cutPoints: readonly number[]): number {
  let bin = 0
  while (bin < cutPoints.length && (cutPoints[bin] ?? Infinity) < value) bin += 1
  return bin
}
