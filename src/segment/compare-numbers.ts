import type { Comparison } from './segment-definition.ts'

const COMPARE: Readonly<Record<Comparison, (left: number, right: number) => boolean>> = {
  is: (left, right) => left === right,
  is_not: (left, right) => left !== right,
  above: (left, right) => left > right,
  at_least: (left, right) => left >= right,
  below: (left, right) => left < right,
  at_most: (left, right) => left <= right,
}

/** Whether a number compares to another as a rule asks; `above` and `below` exclude it. */
export function compareNumbers(comparison: Comparison, left: number, right: number): boolean {
  return COMPARE[comparison](left, right)
}
