import { deriveName, type ComparableName } from '../matching/derive-comparable.ts'
import { isPlaceholder } from '../quality/is-placeholder.ts'
import { normalizeName } from '../record/normalize-name.ts'
import { GENERATIONS } from './name-generations.ts'

/** A name with the generation behind it, 0 when none is given. */
export interface NameItem extends ComparableName {
  readonly generation: number
}

const GENERATION = ' #'

/** The one spelling by which names are told apart, with the generation's number behind it; empty for no name. */
export function spellName(cell: string): string {
  if (cell === '' || isPlaceholder('name', cell)) return ''
  const tokens = normalizeName(cell) ?? []
  const generation = tokens.length > 1 ? GENERATIONS.get(tokens.at(-1)!) : undefined
  return generation === undefined ? tokens.join(' ') : `${tokens.slice(0, -1).join(' ')}${GENERATION}${generation}`
}

const NOBODY: NameItem = { tokens: [], text: '', joined: '', first: '', sounds: [], isLatin: true, generation: 0 }

/** Reads what `spellName` wrote. */
export function parseName(key: string): NameItem {
  const end = key.indexOf(GENERATION)
  const name = deriveName((end < 0 ? key : key.slice(0, end)).split(' '))
  if (name === undefined) return NOBODY
  return { ...name, generation: end < 0 ? 0 : Number(key.slice(end + GENERATION.length)) }
}
