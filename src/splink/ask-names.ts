import { FREQUENCY_LABELS } from '../engine/level-priors.ts'
import { isAlike, isSame, isSilent, type SplinkDialect } from './phrases.ts'
import type { Question, Questions } from './questions.ts'

/** Classes whose values are told one by one; there are at most some thousand of them. The rarer ones weigh as one. */
const TOLD = FREQUENCY_LABELS.slice(-3)

/** Given or family name, `other` being the other one. */
export function askNames(
  dialect: SplinkDialect,
  column: 'given_name' | 'family_name',
  commonOf: (label: string) => readonly string[],
): Questions {
  const other = column === 'given_name' ? 'family_name' : 'given_name'
  const firstWord = (side: 'l' | 'r'): string => `split_part(${column}_${side}, ' ', 1)`
  return {
    isSilent: isSilent(column),
    levels: [
      {
        name: 'Initial',
        condition: `(length(${column}_l) = 1 OR length(${column}_r) = 1) AND left(${column}_l, 1) = left(${column}_r, 1)`,
        labels: ['initial'],
      },
      ...askExact(column, commonOf),
      {
        name: 'Swapped with the other name',
        condition: `${column}_l = ${other}_r AND ${other}_l = ${column}_r`,
        labels: ['swapped'],
      },
      { name: 'Similar', condition: isAlike(dialect, column, 0.92), labels: ['similar'] },
      {
        name: 'Same first word',
        condition: `${firstWord('l')} = ${firstWord('r')} AND length(${firstWord('l')}) > 2`,
        labels: ['part'],
      },
      { name: 'Alike', condition: isAlike(dialect, column, 0.85), labels: ['alike'] },
    ],
  }
}

/** The same value, more often common: told by the values that are. */
function askExact(column: string, commonOf: (label: string) => readonly string[]): readonly Question[] {
  const told = TOLD.filter((label) => commonOf(label).length > 0)
  return [
    ...told.toReversed().map((label) => {
      const values = commonOf(label).map((value) => `'${value}'`)
      const condition = `${isSame(column)} AND ${column}_l IN (${values.join(', ')})`
      return { name: `Exact match${label.slice('exact'.length)}`, condition, labels: [label] }
    }),
    {
      name: 'Exact match',
      condition: isSame(column),
      labels: FREQUENCY_LABELS.filter((label) => !told.includes(label)),
    },
  ]
}
