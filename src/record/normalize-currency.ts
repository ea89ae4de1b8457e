import type { Normalization } from './normalization.ts'

const CODES: ReadonlySet<string> = new Set(Intl.supportedValuesOf('currency'))

/** Signs of one currency; `$`, `¥` and `kr` depend on the region. */
const SIGNS: Readonly<Record<string, string>> = {
  '€': 'EUR',
  EURO: 'EUR',
  '£': 'GBP',
  US$: 'USD',
  '₹': 'INR',
  '₽': 'RUB',
  '₺': 'TRY',
  '₩': 'KRW',
  '₪': 'ILS',
  '₫': 'VND',
  '₴': 'UAH',
  R$: 'BRL',
  ZŁ: 'PLN',
  KČ: 'CZK',
  FT: 'HUF',
}
const SIGNS_BY_REGION: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  $: { US: 'USD', CA: 'CAD', AU: 'AUD', NZ: 'NZD', MX: 'MXN', SG: 'SGD', HK: 'HKD', AR: 'ARS', CL: 'CLP', CO: 'COP' },
  '¥': { JP: 'JPY', CN: 'CNY' },
  KR: { SE: 'SEK', NO: 'NOK', DK: 'DKK', IS: 'ISK' },
}

/**
 * Spells a currency as its ISO 4217 code in capitals, from a code or a sign.
 *
 * A sign that several countries share is read by `region`; without one there, `$` is USD and `¥` is JPY.
 * Issue `currency.invalid` for anything else. Idempotent.
 */
export function normalizeCurrency(raw: string, region?: string): Normalization<string> {
  const text = raw.trim().toUpperCase()
  if (text === '') return undefined
  if (text.length === 3 && CODES.has(text)) return { value: text }
  const shared = Object.hasOwn(SIGNS_BY_REGION, text) ? SIGNS_BY_REGION[text] : undefined
  const local = shared !== undefined && region !== undefined ? shared[region] : undefined
  const fallback = text === '$' ? 'USD' : text === '¥' ? 'JPY' : Object.hasOwn(SIGNS, text) ? SIGNS[text] : undefined
  const value = local ?? fallback
  return value === undefined ? { issue: 'currency.invalid' } : { value }
}
