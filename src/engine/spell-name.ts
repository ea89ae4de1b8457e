import type { ComparableName } from '../matching/derive-comparable.ts'
import { deriveSounds } from '../matching/derive-sounds.ts'
import { isPlaceholder } from '../quality/is-placeholder.ts'
import { normalizeName } from '../record/normalize-name.ts'
import { transliterateCyrillic } from '../record/transliterate-cyrillic.ts'
import { GENERATIONS } from './name-generations.ts'

/** A name with the generation behind it, 0 when none is given. */
export interface NameItem extends ComparableName {
  readonly generation: number
}

const GENERATION = ' #'

/** The one spelling by which names are told apart, Cyrillic in Latin letters, with the generation's number behind it; empty for no name. */
export function spellName(cell: string): string {
  if (cell === '' || isPlaceholder('name', cell)) return ''
  const tokens = normalizeName(cell)?.map(transliterateCyrillic) ?? []
  const generation = tokens.length > 1 ? GENERATIONS.get(tokens.at(-1)!) : undefined
  return generation === undefined ? tokens.join(' ') : `${tokens.slice(0, -1).join(' ')}${GENERATION}${generation}`
}

/** Reads what `spellName` wrote. How a name sounds is derived when it is first asked for, which it seldom is. */
export function parseName(key: string): NameItem {
  const end = key.indexOf(GENERATION)
  const text = end < 0 ? key : key.slice(0, end)
  const tokens = text === '' ? [] : text.split(' ')
  const joined = tokens.length === 1 ? text : tokens.join('')
  let sounds: readonly string[] | undefined
  return {
    tokens,
    text,
    joined,
    first: tokens[0] ?? '',
    get sounds() {
      return (sounds ??= deriveSounds(joined))
    },
    isLatin: joined === '' || /[a-z]/.test(joined),
    generation: end < 0 ? 0 : Number(key.slice(end + GENERATION.length)),
  }
}
