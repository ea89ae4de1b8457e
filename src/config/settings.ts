import { CronExpressionParser } from 'cron-parser'
import { z } from 'zod'
import { CHANNELS } from '../feature/channel.ts'
import { listFeatures, type NumberName } from '../feature/features.ts'
import { REPEAT_MODELS } from '../feature/lifetime/repeat-model.ts'
import { declareNumberInput, modelInputs } from '../feature/model-input.ts'
import { IDENTIFIER_KINDS, IDENTIFIER_MODES } from '../matching/identifier-policy.ts'
import { CHANGE_KINDS } from '../profile/change-kind.ts'
import { FIELDS } from '../record/field.ts'
import { durationText } from '../record/parse-duration.ts'
import { declaredSegment, SEGMENT_NAME } from '../segment/declared-segment.ts'
import { PRESETS } from '../source/find-preset.ts'

/** How a source may be called. */
export const SOURCE_NAME = /^[a-z][a-z0-9_]{0,39}$/

/** How a webhook may be called. */
const WEBHOOK_NAME = /^[a-z][a-z0-9_]{0,39}$/

const SEVERITIES = ['info', 'warn', 'quarantine', 'reject'] as const
const country = z.string().regex(/^[A-Za-z]{2}$/, 'write the two letters of a country: GB')
const share = z.number().min(0, 'write a number from 0 to 1').max(1, 'write a number from 0 to 1')
const zone = z.string().refine(isZone, 'write a time zone by its name: Europe/London')
const cron = z
  .string()
  .regex(/^\s*[\dA-Za-z*,/?#-]+(\s+[\dA-Za-z*,/?#-]+){4,5}\s*$/, {
    message: "write a cron schedule of five fields, or six with seconds first: '0 3 * * *'",
    abort: true,
  })
  .refine(isCron, 'write a time that comes: minutes from 0 to 59, hours to 23, days that the month has')

/** How old what scores go by may become. */
const refit = z.string().regex(/^(run|\d+ ?(s|m|h|d))$/, 'write a span of time, 7d, or run for every walk')

/** What a composite index may be made of: numbers that need nobody else. */
const INDEXED = listFeatures('person').flatMap(([, { name, type }]) => (type === 'instant' ? [] : [name as NumberName]))

/** Whether the queue, which parses schedules in the same way, finds an instant that a schedule names. */
function isCron(schedule: string): boolean {
  try {
    return CronExpressionParser.parse(schedule).hasNext()
  } catch {
    return false
  }
}

function isZone(name: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: name }))
  } catch {
    return false
  }
}

const contract = z.strictObject({
  required: z.array(z.string()).default([]),
  types: z.record(z.string(), z.enum(['text', 'number', 'integer', 'date', 'timestamp', 'boolean'])).default({}),
  nullable: z.record(z.string(), z.boolean()).default({}),
  freshness: z.strictObject({ warn_after: durationText.optional(), error_after: durationText.optional() }).default({}),
  drift: z.enum(['evolve', 'freeze', 'discard_row', 'discard_value']).default('evolve'),
})

const threshold = share.optional().describe('share of rows from which the run has failed')

/** What becomes of rows with a finding that is made anyway. */
const policy = z.strictObject({
  code: z.string().describe('the finding: email.invalid, order.cancelled'),
  severity: z.enum(SEVERITIES),
  threshold,
})

/** A check of the project's own. */
const check = z.strictObject({
  field: z.enum(FIELDS),
  rule: z.enum(['required', 'valid', 'accepted_values', 'range', 'length', 'matches']),
  values: z.array(z.string()).optional(),
  min: z.number().optional(),
  max: z.number().optional(),
  pattern: z.string().optional().describe('`*` is any text, `?` one character'),
  severity: z.enum(SEVERITIES),
  threshold,
})

const identifierPolicy = z.strictObject({
  mode: z.enum(IDENTIFIER_MODES).optional(),
  priority: z.number().int().min(1, 'write a whole number from 1, which is strongest').optional(),
  max_per_profile: z.number().int().min(1, 'write a whole number from 1, or null for no limit').nullable().optional(),
  within: durationText.optional(),
})

/** What a property of an event holds; texts are told apart only, unless their values are listed. */
const propertyType = z.union([
  z.enum(['text', 'number', 'boolean']),
  z.array(z.string().min(1)).min(1, 'list at least one value'),
])

const source = z.strictObject({
  kind: z.enum(['people', 'orders', 'events']),
  preset: z.enum(PRESETS.map(({ name }) => name)).optional(),
  files: z.union([z.string(), z.array(z.string())]).optional(),
  schedule: cron.optional().describe('cron, five fields'),
  resolve: z.enum(['run', 'now']).default('run'),
  columns: z.record(z.string(), z.enum(FIELDS)).default({}),
  format: z
    .strictObject({
      delimiter: z.string().length(1).optional(),
      encoding: z.enum(['utf-8', 'utf-16le', 'utf-16be', 'windows-1252']).optional(),
      header: z.boolean().optional(),
    })
    .default({}),
  region: country.optional(),
  date_order: z.enum(['dmy', 'mdy', 'ymd']).optional(),
  zone: zone.optional(),
  namespace: z.string().optional().describe('whose customer numbers these are; sources with one namespace share them'),
  trust: share.default(0.5),
  repeats: z.enum(['drop', 'keep']).default('drop'),
  count_orders: z.boolean().optional(),
  channel: z.enum(CHANNELS).optional(),
  currency: z
    .string()
    .regex(/^[A-Za-z]{3}$/, 'write the three letters of a currency: EUR')
    .optional(),
  contract: contract.prefault({}),
  rules: z.array(z.union([check, policy])).default([]),
})

export const settingsSchema = z.strictObject({
  region: country.default('GB').describe('country for phone numbers and dates without one'),
  zone: zone.default('UTC'),
  sources: z
    .record(z.string().regex(SOURCE_NAME, 'a source name is lower-case letters, digits and _'), source)
    .default({}),
  events: z
    .strictObject({
      declared: z.array(z.string()).default([]).describe('event names you expect; others are kept and flagged'),
      names: z.record(z.string().min(1), z.string().min(1)).default({}),
      properties: z.record(z.string().min(1), z.record(z.string().min(1), propertyType)).default({}),
      campaigns: z.array(z.string().trim().min(1)).default([]),
      session_gap: durationText.default('30m'),
      session_cuts: z
        .strictObject({
          midnight: zone.optional(),
          campaign: z.boolean().default(false),
          user: z.boolean().default(false),
          longest: durationText.optional(),
        })
        .prefault({}),
    })
    .prefault({}),
  identity: z
    .strictObject({
      max_block: z.number().int().min(2).default(500),
      max_people_per_identifier: z.number().int().min(2).default(10),
      identifiers: z.partialRecord(z.enum(IDENTIFIER_KINDS), identifierPolicy).default({}),
    })
    .prefault({}),
  segments: z
    .record(z.string().regex(SEGMENT_NAME, 'a segment name is lower-case letters, digits and _'), declaredSegment)
    .default({}),
  webhooks: z
    .record(
      z.string().regex(WEBHOOK_NAME, 'a webhook name is lower-case letters, digits and _'),
      z.strictObject({
        url: z
          .url({ protocol: /^https?$/, error: 'write an address: https://crm.example.com/onefold' })
          .refine((url) => new URL(url).username === '', 'leave user and password out: messages are signed'),
        changes: z.array(z.enum(CHANGE_KINDS)).min(1, 'name a kind of change or leave `changes` out').optional(),
      }),
    )
    .default({}),
  rfm: z
    .strictObject({
      method: z.enum(['ntile', 'cume_dist', 'quantile']).default('ntile'),
      period_days: z.number().int().min(1).optional(),
    })
    .prefault({}),
  lifetime: z
    .strictObject({
      model: z.enum(REPEAT_MODELS).default('bg_nbd'),
      horizon_days: z.number().int().min(1, 'write a whole number of days from 1').default(365),
      discount: z.number().min(0, 'write a rate a year from 0: 0.1').default(0.1),
    })
    .prefault({}),
  composite_index: z
    .strictObject({
      features: z.array(declareNumberInput(INDEXED, 'z')).min(2, 'name two features or more'),
      weights: z.array(z.number()).optional(),
    })
    .refine(({ features, weights }) => weights === undefined || weights.length === features.length, {
      error: 'write a weight for each feature, or none at all',
      path: ['weights'],
    })
    .optional(),
  model_inputs: modelInputs.default([]),
  http: z
    .strictObject({
      host: z.string().min(1, 'write an address of this machine: 127.0.0.1, or 0.0.0.0 for all').default('127.0.0.1'),
      port: z.number().int().min(0).max(65_535, 'write a port from 0 (any free one) to 65535').default(7420),
    })
    .prefault({}),
  schedules: z
    .strictObject({
      run: cron.optional().describe('cron for the whole path, daily at 03:00 by default'),
      models: refit.default('7d'),
      thresholds: refit.default('30d'),
    })
    .prefault({}),
})

/** Everything a project declares, defaults filled in. */
export type Settings = z.infer<typeof settingsSchema>
export type SourceSettings = Settings['sources'][string]
/** What a project writes down: everything has a default. */
export type DeclaredSettings = z.input<typeof settingsSchema>
