import { DEGREES, GENERATIONS, TITLES } from './name-affixes.ts'
import { normalizeText } from './normalize-text.ts'

/**
 * Splits one part of a person's name into lower-case, accent-free tokens in their order.
 *
 * Apostrophes and hyphens split (`O'Brien-Łoś` gives `o brien los`); titles in front and degrees behind are dropped
 * as long as a token remains. A generation stays as the last token, in one spelling (`Smith, Senior` gives
 * `smith sr`); alone it is a name, somebody is called `Junior`.
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
  while (to - from > 1 && DEGREES.has(tokens[to - 1] ?? '')) to--
  const generation = to - from > 1 ? GENERATIONS.get(tokens[to - 1] ?? '') : undefined
  if (generation !== undefined) return [...tokens.slice(from, to - 1), generation]
  return from === 0 && to === tokens.length ? tokens : tokens.slice(from, to)
}
