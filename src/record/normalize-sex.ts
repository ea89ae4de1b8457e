import type { Normalization } from './normalization.ts'
import { normalizeText } from './normalize-text.ts'

const WORDS: Readonly<Record<'f' | 'm' | 'x', readonly string[]>> = {
  f: [
    'f',
    'female',
    'w',
    'woman',
    'weiblich',
    'frau',
    'femme',
    'feminin',
    'mujer',
    'femenino',
    'vrouw',
    'v',
    'mrs',
    'ms',
    'girl',
    '2',
  ],
  m: [
    'm',
    'male',
    'man',
    'mannlich',
    'maennlich',
    'herr',
    'mann',
    'homme',
    'h',
    'masculin',
    'hombre',
    'masculino',
    'mr',
    'boy',
    '1',
  ],
  x: [
    'x',
    'd',
    'divers',
    'diverse',
    'other',
    'nonbinary',
    'non binary',
    'nb',
    'autre',
    'otro',
    'andere',
    'third gender',
  ],
}
const UNSAID = new Set([
  '0',
  '9',
  'u',
  'unknown',
  'unbekannt',
  'not known',
  'not applicable',
  'prefer not to say',
  'n a',
  'na',
])

const SEX_BY_WORD: ReadonlyMap<string, 'f' | 'm' | 'x'> = new Map(
  (['f', 'm', 'x'] as const).flatMap((sex) => WORDS[sex].map((word): [string, 'f' | 'm' | 'x'] => [word, sex])),
)

/**
 * Reads a person's sex as `f`, `m` or `x`, from words in English, German, French, Spanish and Dutch.
 *
 * The codes 1 and 2 are those of ISO/IEC 5218, whose 0 (not known) and 9 (not applicable) say nothing.
 * `undefined` when nothing is said, issue `sex.invalid` when the word is not understood. Idempotent.
 */
export function normalizeSex(raw: string): Normalization<'f' | 'm' | 'x'> {
  const text = normalizeText(raw)
  if (text === '' || UNSAID.has(text)) return undefined
  const value = SEX_BY_WORD.get(text)
  return value === undefined ? { issue: 'sex.invalid' } : { value }
}
