export type DateOrder = 'dmy' | 'mdy' | 'ymd'

/** How numbers and dates are written where a source comes from. */
export interface RegionHabits {
  readonly dateOrder: DateOrder
  readonly decimalMark: '.' | ','
}

const derived = new Map<string, RegionHabits>()
/** Malformed ones among them. */
const MOST_REGIONS = 1_000

const REGION_NAMES = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' })
/** Codes that CLDR names but that are no place: unknown region and pseudo-locales. */
const NOWHERE = new Set(['ZZ', 'XA', 'XB'])

/**
 * Derives how a region writes numeric dates and decimals from Unicode CLDR, by the region's main language.
 *
 * `region` is ISO 3166-1 alpha-2; an unknown or malformed one reads as day first with a decimal point,
 * the more widespread order. Building the formatters takes 2 ms, so that what was derived is remembered: there are
 * some 250 regions.
 */
export function deriveRegionHabits(region: string): RegionHabits {
  const known = derived.get(region)
  if (known !== undefined) return known
  const habits = derive(region)
  if (derived.size < MOST_REGIONS) derived.set(region, habits)
  return habits
}

function derive(region: string): RegionHabits {
  const known = /^[A-Z]{2}$/.test(region) && REGION_NAMES.of(region) !== undefined && !NOWHERE.has(region)
  if (!known) return { dateOrder: 'dmy', decimalMark: '.' }
  // Without the script subtag: `en-Latn-GB` finds no data of its own and falls back to American English.
  const language = new Intl.Locale(`und-${region}`).maximize().language
  const locale = new Intl.Locale(`${language}-${region}`, { calendar: 'gregory', numberingSystem: 'latn' })
  const parts = new Intl.DateTimeFormat(locale, { year: 'numeric', month: '2-digit', day: '2-digit', timeZone: 'UTC' })
    .formatToParts(new Date(0))
    .map((part) => part.type)
    .filter((type) => type === 'day' || type === 'month' || type === 'year')
  const decimal = new Intl.NumberFormat(locale).formatToParts(1.5).find((part) => part.type === 'decimal')
  return {
    dateOrder: parts[0] === 'year' ? 'ymd' : parts[0] === 'month' ? 'mdy' : 'dmy',
    decimalMark: decimal?.value === ',' ? ',' : '.',
  }
}
