import { normalizeText } from '../record/normalize-text.ts'
import { transliterateCyrillic } from '../record/transliterate-cyrillic.ts'
import { deriveAttribute } from './attribute.ts'
import { MISSING } from './comparison.ts'
import type { EvidenceDraft } from './evidence.ts'
import { openItems } from './open-items.ts'
import { openValueComparison } from './open-value-comparison.ts'
import type { Column } from './table.ts'

const isLatin = (word: string): boolean => /[a-z]/.test(word)

const PART = 1
const INITIAL = 2
const DIFFERENT = 3

/** Adds what names a person has besides the given and the family name: words of `columns` that `known` does not hold. */
export function openMiddleNames(
  draft: EvidenceDraft,
  columns: readonly Column[],
  known: readonly Column[],
  rowCount: number,
): void {
  const words = (cell: string): readonly string[] => transliterateCyrillic(normalizeText(cell)).split(' ')
  const attribute = draft.derive('middle_name', () =>
    deriveAttribute([...columns, ...known], rowCount, (cells) => {
      // A row with the whole name alone has its names from there.
      if (known.length > 0 && cells.slice(columns.length).every((cell) => cell === '')) return ''
      const taken = new Set(cells.slice(columns.length).flatMap(words))
      const said = new Set(cells.slice(0, columns.length).flatMap(words))
      return [...said].filter((word) => word !== '' && !taken.has(word)).join(' ')
    }),
  )
  const wordsOf = openItems(attribute.keys, (key): readonly string[] => key.split(' '))
  draft.comparisons.push(openValueComparison(draft, 'middle_name', 'middle_name', attribute, wordsOf, compareWords))
}

function compareWords(a: readonly string[], b: readonly string[]): number {
  // Names in two scripts cannot be held against each other.
  if (a.some(isLatin) !== b.some(isLatin)) return MISSING
  if (a.some((word) => word.length > 2 && b.includes(word))) return PART
  const begins = a.some((word) => b.some((other) => (word.length === 1 || other.length === 1) && word[0] === other[0]))
  return begins ? INITIAL : DIFFERENT
}
