/**
 * How surely a file is a known export, 0 to 1: nothing without every one of the telltale columns, which together
 * occur in no other export, else from 0.6 up with the share of usual columns that are there. Order does not matter.
 */
export function scorePreset(columns: readonly string[], telltale: readonly string[], usual: readonly string[]): number {
  const present = new Set(columns)
  if (!telltale.every((column) => present.has(column))) return 0
  const share = usual.length === 0 ? 1 : usual.filter((column) => present.has(column)).length / usual.length
  return 0.6 + 0.4 * share
}
