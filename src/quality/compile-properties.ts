import { normalizeCell } from '../record/normalize-cell.ts'
import type { NormalizedEvent } from '../record/normalized-record.ts'
import { normalizeNumber } from '../record/normalize-number.ts'
import type { Issue } from './issue.ts'

/** What a declared property holds: any text, a number, a truth value, or one of these values. */
export type PropertyType = 'text' | 'number' | 'boolean' | readonly string[]

/** The properties that are declared, by the name of the event, or its kind where it has none. */
export type Taxonomy = Readonly<Record<string, Readonly<Record<string, PropertyType>>>>

/** What any event may tell in a column of its own: how far down a page was seen, in percent. */
const ANYWHERE = { scroll_depth: 'number' } as const satisfies Taxonomy[string]

/** What every event may tell without declaring it; texts are told apart only. */
export const COMMON_PROPERTIES = {
  ...{ product: 'text', category: 'text', price: 'number' },
  ...ANYWHERE,
} as const satisfies Taxonomy[string]

/** A property of one event. `isFree` says that it is any text, which could hold anything and is not kept in the clear. */
export interface ToldProperty {
  readonly name: string
  readonly value: string | number | boolean
  readonly isFree: boolean
}

/** What an event tells, and what of it is not as declared. */
export interface ReadProperties {
  readonly told: readonly ToldProperty[]
  readonly issues: readonly Issue[]
}

/** How Segment's API, and files of it, call the column of a property. */
const PREFIX = 'properties.'
const NOTHING: ReadProperties = { told: [], issues: [] }
const MALFORMED: Issue = { code: 'property.malformed', severity: 'warn' }
const UNEXPECTED: Issue = { code: 'property.unexpected', severity: 'warn' }
const UNDECLARED: Issue = { code: 'property.undeclared', severity: 'info' }
const TRUTH: ReadonlyMap<string, boolean> = new Map([
  ...['true', '1', 'yes'].map((word) => [word, true] as const),
  ...['false', '0', 'no'].map((word) => [word, false] as const),
])

/**
 * Compiles how the properties of events [B6] are read from the columns of a delivery: one that is declared under its own
 * name or with `properties.` before it. `mapped` are columns that fields claim. Events stay accepted whatever is found:
 * `property.malformed` (not of its type, left out), `property.unexpected` (none of its values, told apart from them),
 * `property.undeclared` (of an event with declared properties another column tells something).
 */
export function compileProperties(
  columns: readonly string[],
  mapped: ReadonlySet<string>,
  taxonomy: Taxonomy,
): (event: NormalizedEvent, cells: readonly (string | null)[]) => ReadProperties {
  const plan = (properties: Taxonomy[string]): Plan => {
    const declared = Object.entries({ ...ANYWHERE, ...properties }).flatMap(([name, type]) => {
      const index = [PREFIX + name, name].map((column) => columns.indexOf(column)).find((at) => at >= 0)
      return index === undefined ? [] : [{ name, type, index }]
    })
    const claimed = new Set(declared.map(({ index }) => index))
    const others = columns.flatMap((column, index) =>
      column.startsWith(PREFIX) && !mapped.has(column) && !claimed.has(index) ? [index] : [],
    )
    return { declared, others }
  }
  const plans = new Map(Object.entries(taxonomy).map(([event, properties]) => [event, plan(properties)]))
  const undeclared: Plan = { ...plan({}), others: [] }
  return (event, cells) => {
    const { declared, others } = plans.get(event.name ?? event.kind) ?? undeclared
    const told = readCommon(event)
    if (declared.length + others.length === 0) return told.length === 0 ? NOTHING : { told, issues: [] }
    const issues: Issue[] = []
    for (const { name, type, index } of declared) {
      const text = normalizeCell(cells[index] ?? '')
      if (text === '') continue
      const value = readValue(text, type)
      const isUnexpected = typeof type === 'object' && !type.includes(text)
      if (value === undefined) issues.push(MALFORMED)
      else told.push({ name, value, isFree: type === 'text' || isUnexpected })
      if (isUnexpected) issues.push(UNEXPECTED)
    }
    if (others.some((index) => (cells[index] ?? '') !== '')) issues.push(UNDECLARED)
    return { told, issues }
  }
}

/** Where the properties of an event are, and which other columns would tell what is not declared. */
interface Plan {
  readonly declared: readonly { readonly name: string; readonly type: PropertyType; readonly index: number }[]
  readonly others: readonly number[]
}

function readCommon({ product, category, unitPrice }: NormalizedEvent): ToldProperty[] {
  const told: ToldProperty[] = []
  if (product !== undefined) told.push({ name: 'product', value: product, isFree: true })
  if (category !== undefined) told.push({ name: 'category', value: category, isFree: true })
  if (unitPrice !== undefined) told.push({ name: 'price', value: unitPrice, isFree: false })
  return told
}

function readValue(text: string, type: PropertyType): ToldProperty['value'] | undefined {
  if (type === 'number') return normalizeNumber(text)?.value
  return type === 'boolean' ? TRUTH.get(text.toLowerCase()) : text
}
