import type { Field } from '../record/field.ts'
import { HEADER_WORDS } from './header-words.ts'

const BY_WORDS: ReadonlyMap<string, Field> = new Map(
  Object.entries(HEADER_WORDS).flatMap(([field, spellings]) =>
    spellings.split(',').map((spelling) => [joinWords(spelling), field as Field] as const),
  ),
)

/**
 * The field a column name stands for in English, German, French or Spanish, in any of the usual spellings:
 * `E-Mail`, `emailAddress`, `EMAIL_ADDRESS`, `contact.email`. Undefined when the name is not known.
 */
export function findHeaderField(column: string): Field | undefined {
  const whole = BY_WORDS.get(joinWords(column))
  if (whole !== undefined) return whole
  // A dotted path is judged by its end, `address.city` and `context.traits.email` say.
  const parts = column.split('.')
  for (let from = 1; from < parts.length; from++) {
    const field = BY_WORDS.get(joinWords(parts.slice(from).join('.')))
    if (field !== undefined) return field
  }
  return undefined
}

/** Letters and digits only, lower-case, without accents: `Straße Nr.` and `strasse_nr` are one. */
function joinWords(name: string): string {
  return name
    .slice(0, 200)
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .normalize('NFKD')
    .replace(/[^\p{L}\p{N}]/gu, '')
}
