import { createRoute, type RouteConfig, z } from '@hono/zod-openapi'
import { CHANGE_KINDS } from '../profile/change-kind.ts'
import type { SegmentCall } from '../source/compose-segment-row.ts'
import { MOST_ROW_BYTES, MOST_ROWS } from './limits.ts'

const instant = z.iso.datetime({ offset: true })

const consent = z
  .looseObject({ categoryPreferences: z.record(z.string(), z.boolean()).optional() })
  .describe('Segment: `categoryPreferences`; RudderStack: `allowedConsentIds`, `deniedConsentIds`.')

const message = z
  .looseObject({
    userId: z.string().optional(),
    anonymousId: z.string().optional(),
    messageId: z.string().optional().describe('Names the message: what is sent again under it counts once.'),
    timestamp: instant.optional().describe("When it happened, by the sender's clock."),
    sentAt: instant.optional().describe("When it was sent, by the sender's clock, which is corrected by it."),
    context: z
      .looseObject({
        externalIds: z.array(z.looseObject({ id: z.string(), type: z.string() })).optional(),
        consent: consent.optional(),
        consentManagement: consent.optional(),
      })
      .optional(),
    traits: z.looseObject({}).optional(),
    properties: z.looseObject({}).optional(),
    event: z.string().optional(),
    name: z.string().optional(),
    previousId: z.string().optional(),
    groupId: z.string().optional(),
  })
  .describe(`At most ${MOST_ROW_BYTES} bytes; other members are kept.`)

const batch = z.looseObject({
  batch: z.array(z.looseObject({ type: z.string() }).and(message)).max(MOST_ROWS),
  context: z.looseObject({}).optional().describe('Of all messages; what a message says itself wins.'),
  sentAt: instant.optional(),
})

const record = z.looseObject({}).describe('Its members are the columns of the source.')

const problem = z.looseObject({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: z.string(),
  detail: z.string().optional().describe('What to do next.'),
})

const failing = (description: string) => ({ description, content: { 'application/problem+json': { schema: problem } } })

const FAILURES = {
  400: failing('The body cannot be read; nothing was taken.'),
  401: failing('The write key is missing or not in use.'),
  413: failing('The request, or one of its rows, is too large; nothing was taken.'),
  429: failing('More arrives than can be written: send the same again after `Retry-After` seconds.'),
  503: failing('The database does not answer, or the server is stopping: send the same again.'),
}

const SECURITY = [{ writeKey: [] }, { bearer: [] }]

/** One call of Segment's API, for the OpenAPI document. */
export function describeCall(type: SegmentCall): RouteConfig {
  return describeEvents(`/v1/${type}`, `Take in one ${type} call`, message)
}

/** Segment's batch, for the OpenAPI document. */
export function describeBatch(): RouteConfig {
  return describeEvents('/v1/batch', 'Take in many calls', batch)
}

function describeEvents(path: string, summary: string, schema: z.ZodType): RouteConfig {
  return createRoute({
    ...{ method: 'post', path, summary, tags: ['events'], security: SECURITY },
    request: { body: { required: true, content: { 'application/json': { schema } } } },
    responses: { 202: taken(z.object({ success: z.literal(true) })), ...FAILURES },
  })
}

/** Records of a source, for the OpenAPI document. */
export function describeRecords(): RouteConfig {
  return createRoute({
    method: 'post',
    path: '/v1/records/{source}',
    summary: 'Take in records of a source',
    tags: ['records'],
    security: SECURITY,
    request: {
      params: z.object({ source: z.string() }),
      body: {
        required: true,
        content: {
          'application/json': { schema: z.union([record, z.array(record).max(MOST_ROWS)]) },
          'application/x-ndjson': { schema: z.string().describe('One JSON object a line.') },
        },
      },
    },
    responses: {
      202: taken(z.object({ received: z.int() })),
      ...FAILURES,
      403: failing('The key is for another source.'),
      404: failing('The source is not configured any more.'),
    },
  })
}

/** What segments somebody is in, for the OpenAPI document. */
export function describePeople(): RouteConfig {
  const standing = z.object({
    segment: z.string(),
    version: z.int(),
    name: z.string(),
    reason: z.string().describe('Why, in numbers.'),
    since: instant.nullable().describe('Since when it is published; null when it was not yet.'),
    until: instant
      .nullable()
      .describe('Until then it stays so if nothing happens; null when time alone does not end it.'),
  })
  const person = z.object({
    profileId: z.string().describe('As in the table unified_profiles.'),
    asOf: instant.describe('The instant that is answered for: now.'),
    computedAt: instant.describe('When counts, ranks and scores were computed last.'),
    segments: z.array(standing),
  })
  return createRoute({
    method: 'get',
    path: '/v1/people/{person}/segments',
    summary: 'The segments that somebody is in now',
    tags: ['people'],
    security: [{ readKey: [] }, { bearer: [] }],
    request: { params: z.object({ person: z.string().describe('Profile id, `source:key`, or any identifier.') }) },
    responses: {
      200: { description: 'Judged at this instant.', content: { 'application/json': { schema: person } } },
      401: failing('The read key is missing or not in use.'),
      404: failing('Nobody is known by this, or nothing is computed of them yet.'),
      409: failing('Several people carry this identifier: ask by profile id.'),
      503: FAILURES[503],
    },
  })
}

/** The change feed, for the OpenAPI document. */
export function describeChanges(): RouteConfig {
  const place = z.string().describe('The id of the last event told, to read on from there; from now on without one.')
  return createRoute({
    ...{ method: 'get', path: '/v1/changes', summary: 'What happens to people, as it happens', tags: ['people'] },
    security: [{ readKey: [] }, { bearer: [] }],
    request: {
      query: z.object({
        kinds: z
          .string()
          .optional()
          .describe(`Of ${CHANGE_KINDS.join(', ')}, with commas between; all without.`),
        after: place.optional(),
      }),
      headers: z.object({ 'last-event-id': place.optional() }),
    },
    responses: {
      200: {
        description: 'Server-sent events: `id`, the kind as `event`, and `data` as webhooks are sent it.',
        content: { 'text/event-stream': { schema: z.string() } },
      },
      400: failing('No such kind, or no such place.'),
      401: failing('The read key is missing or not in use.'),
      503: FAILURES[503],
    },
  })
}

function taken<Schema extends z.ZodType>(schema: Schema) {
  return { description: 'The ledger has all of it.', content: { 'application/json': { schema } } }
}
