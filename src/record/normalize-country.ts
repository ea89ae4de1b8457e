import countries from 'i18n-iso-countries'
import type { Normalization } from './normalization.ts'
import { normalizeText } from './normalize-text.ts'

/** Languages in which a country's name is understood. */
const LANGUAGES = ['en', 'de', 'fr', 'es', 'it', 'nl', 'pt', 'pl', 'sv', 'da', 'cs', 'tr'] as const

/** Usual names and codes that no list of official ones has; folded. `uk` and `el` are the EU's own codes. */
const ALIASES: Readonly<Record<string, string>> = {
  uk: 'GB',
  'u k': 'GB',
  england: 'GB',
  scotland: 'GB',
  wales: 'GB',
  'northern ireland': 'GB',
  'great britain': 'GB',
  grossbritannien: 'GB',
  el: 'GR',
  'u s a': 'US',
  'u s': 'US',
  america: 'US',
  'united states': 'US',
  holland: 'NL',
  'the netherlands': 'NL',
  brd: 'DE',
  'korea republic of': 'KR',
  'south korea': 'KR',
  russia: 'RU',
  czechia: 'CZ',
  eire: 'IE',
  'etats unis': 'US',
  'estados unidos': 'US',
  usa: 'US',
  angleterre: 'GB',
  inglaterra: 'GB',
  'pays bas': 'NL',
  cesko: 'CZ',
  turkey: 'TR',
}

let namesByText: ReadonlyMap<string, string> | undefined

/**
 * Spells a country as ISO 3166-1 alpha-2, from a code (alpha-2, alpha-3, numeric) or a name in twelve languages.
 *
 * Issue `country.invalid` for what names no country of today's standard. Idempotent.
 */
export function normalizeCountry(raw: string): Normalization<string> {
  const text = normalizeText(raw)
  if (text === '') return undefined
  namesByText ??= readNames()
  const code = namesByText.get(text)
  return code === undefined ? { issue: 'country.invalid' } : { value: code }
}

/** About 4,000 names, folded once on first use: loading them is most of the cost of a small run. */
function readNames(): ReadonlyMap<string, string> {
  const names = new Map<string, string>()
  for (const language of LANGUAGES) {
    for (const [code, spelled] of Object.entries(countries.getNames(language, { select: 'all' }))) {
      for (const name of typeof spelled === 'string' ? [spelled] : spelled) {
        const text = normalizeText(name)
        if (!names.has(text)) names.set(text, code)
      }
    }
  }
  for (const [alias, code] of Object.entries(ALIASES)) names.set(alias, code)
  for (const [alpha2, alpha3] of Object.entries(countries.getAlpha2Codes())) {
    names.set(alpha2.toLowerCase(), alpha2)
    names.set(alpha3.toLowerCase(), alpha2)
    const numeric = countries.alpha2ToNumeric(alpha2)
    if (numeric !== undefined) names.set(numeric, alpha2)
  }
  return names
}
