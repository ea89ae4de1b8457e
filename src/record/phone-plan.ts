import metadata from 'libphonenumber-js/max/metadata'

/** The numbers of a calling code or of one region of it, as patterns over national digits. */
export interface PhonePlan {
  readonly callingCode: string
  /** The digit dialled before a national number, when it is a plain prefix without a rewriting rule. */
  readonly trunk: string | undefined
  /** Matches national digits from which a parser might strip something. */
  readonly prefixed: RegExp
  readonly general: readonly RegExp[]
  /** One per region and kind of line; a number is assigned when any matches. */
  readonly assigned: readonly RegExp[]
}

/** Positions inside a region's row of the metadata, version 4 of libphonenumber-js. */
const GENERAL = 2
const NATIONAL_PREFIX = 5
const PREFIX_FOR_PARSING = 7
const KINDS = 11

type Row = readonly unknown[]
const rows = metadata.countries as unknown as Readonly<Record<string, Row>>
const regionsByCode = metadata.country_calling_codes as unknown as Readonly<Record<string, readonly string[]>>

const callingPlans = new Map<string, PhonePlan | undefined>()
const nationalPlans = new Map<string, PhonePlan | undefined>()

/**
 * Finds the plan of a country calling code over all its regions (`1` has 25 of them).
 * `undefined` for codes that are not geographic. Compiled once a code: at most as many as there are codes.
 */
export function findCallingPlan(callingCode: string): PhonePlan | undefined {
  const known = callingPlans.get(callingCode)
  if (known !== undefined || !Object.hasOwn(regionsByCode, callingCode)) return known
  const regions = regionsByCode[callingCode] ?? []
  const plan = compilePlan(callingCode, regions)
  callingPlans.set(callingCode, plan)
  return plan
}

/**
 * Finds the plan by which digits dialled inside a region are read: its own trunk prefix, all its code's numbers.
 * `undefined` when the region has no telephone numbers.
 */
export function findNationalPlan(region: string): PhonePlan | undefined {
  const known = nationalPlans.get(region)
  if (known !== undefined || !Object.hasOwn(rows, region)) return known
  const callingCode = String(rows[region]?.[0])
  const regions = regionsByCode[callingCode] ?? []
  const plan = compilePlan(callingCode, [region, ...regions.filter((other) => other !== region)])
  nationalPlans.set(region, plan)
  return plan
}

function compilePlan(callingCode: string, regions: readonly string[]): PhonePlan {
  const used = regions.map((region) => rows[region]).filter((row) => row !== undefined)
  const first = used[0] ?? []
  const trunk = typeof first[NATIONAL_PREFIX] === 'string' ? first[NATIONAL_PREFIX] : undefined
  const strips = used.flatMap((row) => [row[PREFIX_FOR_PARSING] || row[NATIONAL_PREFIX]]).filter(isText)
  return {
    callingCode,
    trunk: isText(first[PREFIX_FOR_PARSING]) ? undefined : trunk,
    prefixed:
      strips.length === 0 ? /^$/ : new RegExp(`^(?:${[...new Set(strips)].map((strip) => `(?:${strip})`).join('|')})`),
    general: used
      .map((row) => row[GENERAL])
      .filter(isText)
      .map(compileWhole),
    assigned: used.flatMap(patternsOf).map(compileWhole),
  }
}

/** A kind's row is `[pattern, lengths?]`, `0` when the region has none. The pattern alone fixes the length. */
function patternsOf(row: Row): readonly string[] {
  const kinds = row[KINDS]
  if (!Array.isArray(kinds)) return [row[GENERAL]].filter(isText)
  return kinds.flatMap((kind: unknown) => (Array.isArray(kind) && isText(kind[0]) ? [kind[0]] : []))
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== ''
}

function compileWhole(pattern: string): RegExp {
  return new RegExp(`^(?:${pattern})$`)
}
