import type { OpenAPIHono } from '@hono/zod-openapi'
import type { Context } from '../pipeline/context.ts'
import type { Intake } from '../pipeline/intake/open-intake.ts'
import { composeSegmentRow, SEGMENT_CALLS, type SegmentEnvelope } from '../source/compose-segment-row.ts'
import type { Authenticate } from './open-authentication.ts'
import { describeBatch, describeCall } from './describe-routes.ts'
import { MOST_BODY_BYTES, MOST_ROW_BYTES, MOST_ROWS } from './limits.ts'
import { refuse } from './problem.ts'
import { parseJson, readBody } from './read-body.ts'

/**
 * Adds Segment's HTTP API [A3]: `/v1/identify`, `track`, `page`, `screen`, `group`, `alias`, each a message, and
 * `/v1/batch` with many. Answers 202 once the ledger has all of them.
 */
export function addSegmentRoutes(app: OpenAPIHono, context: Context, intake: Intake, authenticate: Authenticate): void {
  const take = async (source: string, messages: readonly unknown[], envelope: SegmentEnvelope): Promise<void> => {
    const rows = messages.map((message, at) => {
      const row = Buffer.from(composeSegmentRow(message, envelope, context.newId))
      if (Buffer.byteLength(JSON.stringify(message)) > MOST_ROW_BYTES) throw tooLarge(at)
      return row
    })
    await intake.take(source, rows)
  }
  for (const type of SEGMENT_CALLS) {
    app.openAPIRegistry.registerPath(describeCall(type))
    app.post(`/v1/${type}`, async (request) => {
      const source = await authenticate(request.req.header('authorization'))
      const message = requireObject(parseJson(await readBody(request.req.raw, MOST_BODY_BYTES)))
      await take(source, [message], { receivedAt: context.now(), type })
      return request.json({ success: true }, 202)
    })
  }
  app.openAPIRegistry.registerPath(describeBatch())
  app.post('/v1/batch', async (request) => {
    const source = await authenticate(request.req.header('authorization'))
    const body = requireObject(parseJson(await readBody(request.req.raw, MOST_BODY_BYTES)))
    const { batch, context: shared, integrations, sentAt } = body
    if (!Array.isArray(batch)) {
      throw refuse('api.malformed', 'The body has no batch.', 'Send an object with a list of messages as `batch`.')
    }
    if (batch.length > MOST_ROWS) {
      throw refuse('api.too_large', 'The batch has too many messages.', 'Send fewer at a time.', { most: MOST_ROWS })
    }
    await take(source, batch, { receivedAt: context.now(), context: shared, integrations, sentAt })
    return request.json({ success: true }, 202)
  })
}

function requireObject(value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>
  throw refuse('api.malformed', 'The body is no object.', 'Send one JSON object.')
}

function tooLarge(message: number): Error {
  return refuse('api.too_large', 'A message is too large.', 'Leave out what nobody needs; nothing was taken.', {
    message,
    most: MOST_ROW_BYTES,
  })
}
