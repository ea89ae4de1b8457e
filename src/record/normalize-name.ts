import { SUFFIXES, TITLES } from './name-affixes.ts'
import { normalizeText } from './normalize-text.ts'

/**
 * Splits one part of a person's name into lower-case, accent-free tokens in their order.
 *
 * Apostrophes and hyphens split (`O'Brien-Łoś` gives `o brien los`); titles in front and suffixes behind
 * are dropped as long as a token remains, so that somebody called `Junior` keeps a name.
 * `undefined` when no letter or digit is left. Idempotent over its tokens joined by a blank.
 */
export function normalizeName(raw: string): readonly string[] | undefined {
  const text = normalizeText(raw)
  if (text === '') return undefined
  if (!text.includes(' ')) return [text]
  const tokens = text.split(' ')
  let from = 0
  let to = tokens.length
  while (to - from > 1 && TITLES.has(tokens[from] ?? '')) from++
  while (to - from > 1 && SUFFIXES.has(tokens[to - 1] ?? '')) to--
  return from === 0 && to === tokens.length ? tokens : tokens.slice(from, to)
}
