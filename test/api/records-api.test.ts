import { afterAll, beforeAll, expect, test } from 'vitest'
import { createWriteKey } from '../../src/pipeline/key/create-key.ts'
import { openIntake } from '../../src/pipeline/intake/open-intake.ts'
import { inTransaction } from '../../src/store/in-transaction.ts'
import { type ApiBench, openApiBench } from './api-fixture.ts'

let bench: ApiBench
beforeAll(async () => {
  bench = await openApiBench('records_api')
})
afterAll(() => bench.close())

const person = (id: string) => ({ id, first: 'Mira', last: 'Ostrander', mail: `mira.${id}@mailhaven.net` })
const countRecords = async (): Promise<number> =>
  (await bench.context.store.sql<{ count: number }[]>`SELECT count(*) FROM onefold.records`)[0]!.count

test('records come one by one, as a list and as lines', async () => {
  const send = (body: unknown, headers = {}) => bench.post('/v1/records/crm', body, { key: bench.crmKey, headers })
  expect(await send(person('1'))).toMatchObject({ status: 202, body: { received: 1 } })
  expect(await send([person('2'), person('3')])).toMatchObject({ status: 202, body: { received: 2 } })
  const lines = `${JSON.stringify(person('4'))}\r\n\n${JSON.stringify(person('5'))}\n`
  expect(await send(lines, { 'content-type': 'application/x-ndjson' })).toMatchObject({ body: { received: 2 } })
  expect(await countRecords()).toBe(5)
  expect(await bench.findBroken()).toEqual([])
})

test('digits stay as they were written, and a line end of any kind parts lines and nothing else', async () => {
  const send = (body: string, type = 'application/json') =>
    bench.post('/v1/records/crm', body, { key: bench.crmKey, headers: { 'content-type': type } })
  const before = await countRecords()
  const ids = ['9007199254740993', '9007199254740992']
  const rows = ids.map((id) => `{\n  "id": ${id},\r\n  "first": "Ada",\n  "mail": "a${id}@mailhaven.net"\n}`)
  expect(await send(rows[0]!)).toMatchObject({ status: 202, body: { received: 1 } })
  expect(await send(`[${rows.join(' ,\n')}]`)).toMatchObject({ status: 202, body: { received: 2 } })
  expect(await countRecords()).toBe(before + 2)
  expect(
    await send(['x1', 'x2', 'x3'].map((id) => JSON.stringify(person(id))).join('\r'), 'application/x-ndjson'),
  ).toMatchObject({
    body: { received: 3 },
  })
  expect(await send(JSON.stringify(person('x4')), 'application/x-ndjson')).toMatchObject({ body: { received: 1 } })
  expect(await countRecords()).toBe(before + 6)
  expect(await send('[]')).toMatchObject({ status: 202, body: { received: 0 } })
  expect(await bench.findBroken()).toEqual([])
})

test('after a failure others are taken in all the same', async () => {
  const send = (id: string) => bench.post('/v1/records/crm', person(id), { key: bench.crmKey })
  const { sql } = bench.context.store
  expect((await send('good-1')).status).toBe(202)
  await sql`ALTER TABLE onefold.deliveries ADD CONSTRAINT planted CHECK (bytes < 1) NOT VALID`
  const answer = await send('bad-1')
  expect(answer).toMatchObject({ status: 503 })
  expect(JSON.stringify(answer.body)).not.toContain('planted')
  await sql`ALTER TABLE onefold.deliveries DROP CONSTRAINT planted`
  expect((await send('bad-1')).status).toBe(202)
  expect(await bench.findBroken()).toEqual([])
})

test('a source whose identical rows are real is not written to by requests', async () => {
  const { key } = await createWriteKey(bench.context, 'till')
  expect(await bench.post('/v1/records/till', { id: '1' }, { key })).toMatchObject({
    status: 409,
    body: { code: 'intake.repeats' },
  })
})

test('a key writes to its own source alone', async () => {
  expect(await bench.post('/v1/records/crm', person('6'))).toMatchObject({
    status: 403,
    body: { code: 'api.forbidden' },
  })
})

test('while too much waits for the ledger, more is told to come later, and nothing is lost', async () => {
  const intake = openIntake(bench.context, 1_000)
  const before = await countRecords()
  const line = (id: string) => [Buffer.from(JSON.stringify(person(id)))]
  let held: Promise<void>[] = []
  await inTransaction(bench.context.store.sql, async (tx) => {
    // Whoever writes to the audit log waits for this.
    await tx`SELECT pg_advisory_xact_lock(7310002)`
    held = Array.from({ length: 10 }, (_, at) => intake.take('crm', line(`held-${at}`)))
    const last = intake.take('crm', line('more'.repeat(200)))
    await expect(last).rejects.toMatchObject({ code: 'intake.busy', retryable: true })
  })
  await Promise.all(held)
  expect(await countRecords()).toBe(before + 10)
  const closing = intake.close()
  await expect(intake.take('crm', line('late'))).rejects.toMatchObject({ code: 'intake.closed' })
  await closing
  expect(await bench.findBroken()).toEqual([])
})
