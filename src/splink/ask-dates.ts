import { FREQUENCY_LABELS } from '../engine/level-priors.ts'
import { isOneSlip, isSame, isSilent } from './phrases.ts'
import type { Questions } from './questions.ts'

/** Birth dates as ISO 8601 writes them, `1984`, `1984-03` or `1984-03-07`. */
export function askDates(column: string): Questions {
  const part = (side: 'l' | 'r', from: number, count: number): string => `substr(${column}_${side}, ${from}, ${count})`
  const same = (from: number, count: number): string => `${part('l', from, count)} = ${part('r', from, count)}`
  const isWhole = `length(${column}_l) = 10 AND length(${column}_r) = 10`
  const isYearAlone = `length(${column}_l) = 4 OR length(${column}_r) = 4`
  const isNewYear = `${part('l', 5, 6)} = '-01-01' OR ${part('r', 5, 6)} = '-01-01'`
  const isExchanged = `${part('l', 6, 2)} = ${part('r', 9, 2)} AND ${part('l', 9, 2)} = ${part('r', 6, 2)}`
  return {
    isSilent: isSilent(column),
    levels: [
      { name: 'Exact match', condition: isSame(column), labels: FREQUENCY_LABELS },
      {
        name: 'What both know agrees',
        condition: `${same(1, 4)} AND (${isYearAlone} OR (${same(1, 7)} AND NOT (${isWhole})) OR ${isNewYear})`,
        labels: ['partial'],
      },
      {
        name: 'One slip',
        condition: `${isWhole} AND (${isOneSlip(column)} OR (${same(1, 4)} AND ${isExchanged}))`,
        labels: ['slip'],
      },
      { name: 'Same year and month', condition: `${isWhole} AND ${same(1, 7)}`, labels: ['same_month'] },
      { name: 'Same day of the year', condition: `${isWhole} AND ${same(5, 6)}`, labels: ['same_day'] },
      { name: 'Same year', condition: same(1, 4), labels: ['year'] },
    ],
  }
}
