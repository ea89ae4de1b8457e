import type { OpenAPIHono } from '@hono/zod-openapi'
import type { Intake } from '../pipeline/intake/open-intake.ts'
import type { FileFormat } from '../source/file-format.ts'
import { openRowSplitter } from '../source/open-row-splitter.ts'
import type { Authenticate } from './open-authentication.ts'
import { describeRecords } from './describe-routes.ts'
import { MOST_BODY_BYTES, MOST_ROW_BYTES, MOST_ROWS } from './limits.ts'
import { refuse } from './problem.ts'
import { parseJson, readBody } from './read-body.ts'

const JSON_FILE: FileFormat = {
  ...{ container: 'plain', encoding: 'utf-8', syntax: 'json', quote: '"' },
  ...{ bomBytes: 0, header: false, confidence: 1 },
}

/**
 * Adds `POST /v1/records/{source}` [A3]: a record as a JSON object, several as a list or as JSON Lines
 * (`application/x-ndjson`), whose keys are the columns of the source. Answers 202 once the ledger has all of them.
 */
export function addRecordsRoute(app: OpenAPIHono, intake: Intake, authenticate: Authenticate): void {
  app.openAPIRegistry.registerPath(describeRecords())
  app.post('/v1/records/:source', async (request) => {
    const source = await authenticate(request.req.header('authorization'))
    if (source !== request.req.param('source')) {
      throw refuse('api.forbidden', 'The key is for another source.', 'Make one for this: `onefold key create SOURCE`.')
    }
    const body = await readBody(request.req.raw, MOST_BODY_BYTES)
    const rows = cutRows(body, request.req.header('content-type') ?? '')
    if (rows.length > MOST_ROWS)
      throw refuse('api.too_large', 'There are too many records.', 'Send fewer at a time.', { most: MOST_ROWS })
    const large = rows.findIndex((row) => row.length > MOST_ROW_BYTES)
    if (large >= 0) {
      throw refuse('api.too_large', 'A record is too large.', 'Leave out what nobody needs; nothing was taken.', {
        record: large,
        most: MOST_ROW_BYTES,
      })
    }
    await intake.take(source, rows)
    return request.json({ received: rows.length }, 202)
  })
}

/** Rows are kept as they were written, digits and all; what is in them the reader judges. */
function cutRows(body: Buffer, contentType: string): readonly Buffer[] {
  if (/^application\/(x-ndjson|jsonl|x-jsonlines)\b/i.test(contentType)) {
    // UTF-8 has these bytes nowhere but where these characters are.
    return body
      .toString('latin1')
      .split(/\r\n|\r|\n/)
      .filter((line) => !/^[ \t]*$/.test(line))
      .map((line) => Buffer.from(line, 'latin1'))
  }
  const value = parseJson(body)
  if (!Array.isArray(value)) return [toLine(body)]
  const bomBytes = body[0] === 0xef ? 3 : 0
  const splitter = openRowSplitter({ ...JSON_FILE, bomBytes }, body, bomBytes, {})
  splitter.push(body)
  splitter.finish()
  const rows: Buffer[] = []
  for (let row = splitter.next(); row !== undefined; row = splitter.next()) rows.push(toLine(row.raw))
  return rows
}

/** Line ends stand between the tokens of JSON only, where a blank says the same. */
function toLine(json: Buffer): Buffer {
  return Buffer.from(json.map((byte) => (byte === 0x0a || byte === 0x0d ? 0x20 : byte)))
}
