import { z } from 'zod'
import { type FeatureName, INSTANTS, type InstantName, NUMBERS, type NumberName } from '../feature/features.ts'
import { ATTRIBUTES, type AttributeName } from '../feature/model-input.ts'
import { durationText } from '../record/parse-duration.ts'
import { PURCHASE } from './timeline.ts'

const NUMBER_NAMES = Object.keys(NUMBERS) as [NumberName, ...NumberName[]]
const INSTANT_NAMES = Object.keys(INSTANTS) as [InstantName, ...InstantName[]]
const FEATURE_NAMES: [FeatureName, ...FeatureName[]] = [...NUMBER_NAMES, ...INSTANT_NAMES]

/** Comparisons with one number, in the order in which they are told. */
export const SINGLE = ['is', 'is_not', 'above', 'at_least', 'below', 'at_most'] as const
const COMPARISONS = [...SINGLE, 'between'] as const
const number = z.number().optional()
const span = durationText.optional()
const comparisons = { is: number, is_not: number, above: number, at_least: number, below: number, at_most: number }

/** `{ feature: purchases, at_least: 3, below: 10 }`: all comparisons given must hold. */
const numberRule = z
  .strictObject({
    feature: z.enum(NUMBER_NAMES),
    ...comparisons,
    between: z.tuple([z.number(), z.number()]).optional(),
  })
  .refine((rule) => COMPARISONS.some((name) => rule[name] !== undefined), {
    error: `say what it is compared with: ${COMPARISONS.join(', ')}`,
  })

/** `{ feature: last_purchase_at, within: 30d }` */
const instantRule = z
  .strictObject({ feature: z.enum(INSTANT_NAMES), within: span, longer_ago_than: span })
  .refine((rule) => rule.within !== undefined || rule.longer_ago_than !== undefined, {
    error: 'say how long ago: within, longer_ago_than',
  })

const knownRule = z.strictObject({ feature: z.enum(FEATURE_NAMES), known: z.boolean() })
const KNOWABLE: [FeatureName | AttributeName, ...(FeatureName | AttributeName)[]] = [...FEATURE_NAMES, ...ATTRIBUTES]

/** `{ known_share_of: [country, recency_days], below: 0.5 }` */
const knownShareRule = z
  .strictObject({
    known_share_of: z
      .array(z.enum(KNOWABLE))
      .min(1, 'name a feature or an attribute')
      .refine((names) => new Set(names).size === names.length, 'name each once'),
    ...comparisons,
  })
  .refine((rule) => SINGLE.some((name) => rule[name] !== undefined), {
    error: `say what it is compared with: ${SINGLE.join(', ')}`,
  })

const memberRule = z.strictObject({ segment: z.string() })

const measure = z
  .strictObject(comparisons)
  .refine((asked) => Object.values(asked).some((value) => value !== undefined), {
    error: `say what it is compared with: ${SINGLE.join(', ')}`,
  })

const value = z.union([z.string().min(1), z.number(), z.boolean()])
const property = z.string().min(1)

/** `{ category: [shoes, hats], price: { at_least: 100 } }`: all of it must hold of an event for it to count. */
const where = z
  .record(property, z.union([value, z.array(value).min(1, 'write at least one value'), measure]))
  .optional()

/**
 * `{ event: Product Viewed, same: product, count: { above: 3 }, within: 1h }`; `sum` of a purchase's amount, or of a number
 * that it is told `of`, and how many `distinct` values of a property.
 */
const windowRule = z
  .strictObject({
    event: z.string().min(1),
    where,
    count: measure.optional(),
    sum: measure.optional(),
    distinct: measure.optional(),
    of: property.optional(),
    same: property.optional(),
    within: durationText,
  })
  .refine(({ count, sum, distinct }) => [count, sum, distinct].filter((asked) => asked !== undefined).length === 1, {
    error: 'ask for one of count, sum, distinct',
  })
  .refine(({ event, sum, of }) => sum === undefined || event === PURCHASE || of !== undefined, {
    error: `only the event ${PURCHASE} has an amount to sum; of others say which number: of: price`,
    path: ['sum'],
  })
  .refine(({ distinct, of }) => distinct === undefined || of !== undefined, {
    error: 'say what is told apart: of: category',
    path: ['distinct'],
  })
  .refine(({ count, of }) => count === undefined || of === undefined, {
    error: 'a count is of events; write distinct to count the values of a property',
    path: ['of'],
  })

const age = z
  .strictObject({ within: durationText.optional(), longer_ago_than: durationText.optional() })
  .refine((asked) => (asked.within === undefined) !== (asked.longer_ago_than === undefined), {
    error: 'say how long ago: within or longer_ago_than',
  })
  .optional()

/** `{ event: Signed Up, first: { within: 30d } }`: the first or last there ever was. */
const endRule = z
  .strictObject({ event: z.string().min(1), where, first: age, last: age })
  .refine(({ first, last }) => (first === undefined) !== (last === undefined), {
    error: 'ask for the first or the last',
  })

/** `{ sequence: [Product Viewed, Product Added], within: 1h, lasts: 1d }` */
const sequenceRule = z.strictObject({
  sequence: z.array(z.string().min(1)).min(2, 'name two events or more'),
  within: durationText,
  lasts: durationText,
})

/** `{ event: Product Added, not_followed_by: purchase, after: 2h, lasts: 7d }` */
const absenceRule = z.strictObject({
  event: z.string().min(1),
  where,
  not_followed_by: z.string().min(1),
  after: durationText,
  lasts: durationText,
})

/** A rule as a project writes it down. */
export type DeclaredRule =
  | z.infer<typeof windowRule>
  | z.infer<typeof endRule>
  | z.infer<typeof sequenceRule>
  | z.infer<typeof absenceRule>
  | z.infer<typeof numberRule>
  | z.infer<typeof instantRule>
  | z.infer<typeof knownRule>
  | z.infer<typeof knownShareRule>
  | z.infer<typeof memberRule>
  | { all: DeclaredRule[] }
  | { any: DeclaredRule[] }
  | { not: DeclaredRule }

const rule: z.ZodType<DeclaredRule> = z.lazy(() =>
  z.union([
    numberRule,
    instantRule,
    knownRule,
    knownShareRule,
    memberRule,
    windowRule,
    endRule,
    sequenceRule,
    absenceRule,
    z.strictObject({ all: z.array(rule).min(1, 'write at least one rule') }),
    z.strictObject({ any: z.array(rule).min(1, 'write at least one rule') }),
    z.strictObject({ not: rule }),
  ]),
)

/** How a segment may be called. */
export const SEGMENT_NAME = /^[a-z][a-z0-9_]{0,59}$/

/** A segment as a project declares it, under its id. */
export const declaredSegment = z.strictObject({
  name: z.string().min(1).optional(),
  description: z.string().min(1, 'say in a sentence who is in it'),
  owner: z.string().min(1, 'say who answers for it'),
  review: z.iso.date('write the day of the next review: 2027-06-30'),
  version: z.int().min(1).default(1),
  parent: z.string().optional(),
  /** Keeps its people out of segments by ranks, scores and models. */
  fallback: z.boolean().optional(),
  rule,
})

export type DeclaredSegment = z.infer<typeof declaredSegment>
