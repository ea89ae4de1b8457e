import { isbot } from 'isbot'
import { isPlaceholder } from '../quality/is-placeholder.ts'
import { compileZone } from './compile-zone.ts'
import { createBoundedCache } from './create-bounded-cache.ts'
import { deriveRegionHabits } from './derive-region-habits.ts'
import type { Field } from './field.ts'
import type { MappedColumn, MappingOptions, MappingPlan } from './mapping-plan.ts'
import { normalizeBirthDate } from './normalize-birth-date.ts'
import { normalizeName } from './normalize-name.ts'
import { normalizeNumber } from './normalize-number.ts'
import { normalizeTimestamp } from './normalize-timestamp.ts'
import { normalizeText } from './normalize-text.ts'
import { parseFullName } from './parse-full-name.ts'

/** Longer texts are rare, rarely repeated, and would make a bounded number of entries unbounded memory. */
const LONGEST_REMEMBERED = 64
const DEFAULT_CACHE_LIMIT = 20_000

/**
 * Compiles a mapping of columns to fields into what `normalizeRow` needs, for one delivery.
 *
 * Columns are read in the delivery's order; a column that occurs twice is read twice. The plan remembers the
 * spellings it has seen within bounds, so use one a thread and compile anew when columns are appended; results
 * never depend on what is remembered. Throws `zone.unknown` (settings).
 */
export function compileMapping(
  columns: readonly string[],
  mapping: Readonly<Record<string, Field>>,
  options: MappingOptions,
): MappingPlan {
  const mapped: MappedColumn[] = []
  const unmapped: string[] = []
  columns.forEach((column, index) => {
    const field = Object.hasOwn(mapping, column) ? mapping[column] : undefined
    if (field === undefined) unmapped.push(column)
    else mapped.push({ index, column, field })
  })
  const habits = deriveRegionHabits(options.region)
  const order = options.dateOrder ?? habits.dateOrder
  const declared = options.dateOrder !== undefined
  const zone = compileZone(options.zone ?? 'UTC')
  const limit = options.cacheLimit ?? DEFAULT_CACHE_LIMIT
  const instants = {
    occurred_at: { zone, order, declared, field: 'occurred_at' },
    updated_at: { zone, order, declared, field: 'updated_at' },
  } as const
  return {
    kind: options.kind,
    region: options.region,
    keepReserved: options.reservedValues === 'keep',
    mapped,
    nameEvent: options.nameEvent ?? ((name) => name),
    countryIndex: mapped.find(({ field }) => field === 'country')?.index,
    addressIndex: mapped.find(({ field }) => field === 'address')?.index,
    absent: Object.keys(mapping).filter((column) => !columns.includes(column)),
    unmapped,
    readName: remember(limit, (text) => ({ placeholder: isPlaceholder('name', text), tokens: normalizeName(text) })),
    readText: normalizeText,
    readFullName: remember(limit, (text) => parseFullName(text, options.region)),
    readBirthDate: (text) => normalizeBirthDate(text, { order, declared, asOf: options.asOf }),
    readInstant: (text, field) => normalizeTimestamp(text, instants[field]),
    readNumber: (text) => normalizeNumber(text, habits.decimalMark),
    isBot: rememberAgents(limit),
  }
}

function remember<V>(limit: number, read: (text: string) => V): (text: string) => V {
  const cache = createBoundedCache<V>(limit)
  return (text) => {
    if (text.length > LONGEST_REMEMBERED || isAscii(text)) return read(text)
    const known = cache.find(text)
    if (known !== undefined) return known
    const value = read(text)
    cache.save(text, value)
    return value
  }
}

/** A few agents send nearly everything, and a test of one costs as much as reading a row. */
function rememberAgents(limit: number): (text: string) => boolean {
  const cache = createBoundedCache<boolean>(limit)
  return (text) => {
    const known = cache.find(text)
    if (known !== undefined) return known
    const answer = isbot(text)
    cache.save(text, answer)
    return answer
  }
}

/** Folding plain letters costs less than finding them among thousands of remembered words. */
function isAscii(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 127) return false
  return true
}
