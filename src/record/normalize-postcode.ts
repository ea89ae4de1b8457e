const COUNTRY_PREFIX = /^(?:D|A|B|CH|F|I|L|NL|DK|FIN|S|N)[- ](?=\d)/
const NOT_CODE = /[^A-Z0-9]/g

/**
 * Spells a postcode in capitals and digits only (`SW1A 1AA` is `SW1A1AA`, `00-950` is `00950`).
 *
 * Vehicle letters of the country in front go (`D-10115`); an American ZIP+4 is cut to its five digits, which all
 * systems know. `undefined` when nothing is left or when it is longer than any postcode (10). Idempotent.
 */
export function normalizePostcode(raw: string, country?: string): string | undefined {
  const text = raw.trim().toUpperCase().replace(COUNTRY_PREFIX, '').slice(0, 40).replace(NOT_CODE, '')
  if (text === '' || text.length > 10) return undefined
  return country === 'US' && /^\d{9}$/.test(text) ? text.slice(0, 5) : text
}
