import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { inLease } from '../../src/store/in-transaction.ts'
import type { LeasedChunk } from '../../src/store/run/chunk.ts'
import { findDueChunks } from '../../src/store/run/find-due-chunks.ts'
import { insertChunks } from '../../src/store/run/insert-chunks.ts'
import { insertRun } from '../../src/store/run/insert-run.ts'
import { leaseChunk } from '../../src/store/run/lease-chunk.ts'
import { renewLease } from '../../src/store/run/renew-lease.ts'
import { returnChunk } from '../../src/store/run/return-chunk.ts'
import type { Sql } from '../../src/store/open-store.ts'
import { type MigratedDatabase, openMigratedDatabase } from '../support/open-migrated-database.ts'

const RUN = '01890000-0000-7000-8000-000000000001'
const REF = { runId: RUN, stage: 'ingest', chunkNo: 0 }
const HOUR_MS = 3_600_000

let database: MigratedDatabase
let sql: Sql
beforeEach(async () => {
  database = await openMigratedDatabase('lease')
  sql = database.context.store.sql
  await insertRun(sql, { runId: RUN, kind: 'ingest', stages: ['ingest'], params: {} })
  await insertChunks(sql, RUN, 'ingest', [{}])
})
afterEach(() => database.drop())

/** Writes something through a lease, as every stage does. */
async function write(chunk: LeasedChunk): Promise<string> {
  return inLease(sql, chunk, async (tx) => {
    await tx`INSERT INTO onefold.outbox (kind, subject, payload, at) VALUES ('written', 'x', '{}', now())`
    return 'written'
  }).catch((error: { code?: string }) => error.code ?? 'unknown')
}

async function countWritten(): Promise<number> {
  return (await sql`SELECT 1 FROM onefold.outbox`).length
}

describe('a lease (P11)', () => {
  test('lets its holder write, and nobody else take the chunk', async () => {
    const chunk = (await leaseChunk(sql, REF, 'first', HOUR_MS)) as LeasedChunk
    expect(await leaseChunk(sql, REF, 'second', HOUR_MS)).toBeUndefined()
    expect(await write(chunk)).toBe('written')
    expect(await renewLease(sql, chunk, HOUR_MS)).toBe(true)
  })

  test('that ran out writes nothing, even before another has taken the chunk', async () => {
    const chunk = (await leaseChunk(sql, REF, 'first', -1)) as LeasedChunk
    expect(await write(chunk)).toBe('lease.lost')
    expect(await renewLease(sql, chunk, HOUR_MS)).toBe(false)
    expect(await countWritten()).toBe(0)
  })

  test('that went to another writes nothing, and cannot be given back', async () => {
    const first = (await leaseChunk(sql, REF, 'first', -1)) as LeasedChunk
    const second = (await leaseChunk(sql, REF, 'second', HOUR_MS)) as LeasedChunk
    expect(second.fence).toBeGreaterThan(first.fence)
    expect(await write(first)).toBe('lease.lost')
    expect(await countWritten()).toBe(0)
    expect(await returnChunk(sql, first, { code: 'any', retryable: true })).toBeUndefined()
    expect(await write(second)).toBe('written')
  })

  test('of a failed chunk comes back after a pause, and not at all after the last attempt', async () => {
    const failure = { code: 'store.deadlock', retryable: true }
    expect(await findDueChunks(sql, HOUR_MS, 10)).toEqual([REF])
    const first = (await leaseChunk(sql, REF, 'first', HOUR_MS)) as LeasedChunk
    expect(await returnChunk(sql, first, failure)).toBe('waiting')
    expect(await leaseChunk(sql, REF, 'first', HOUR_MS)).toBeUndefined()
    expect(await findDueChunks(sql, HOUR_MS, 10)).toEqual([])
    await sql`UPDATE onefold.chunks SET not_before = clock_timestamp(), attempts = 5`
    expect(await findDueChunks(sql, HOUR_MS, 10)).toEqual([REF])
    const last = (await leaseChunk(sql, REF, 'first', HOUR_MS)) as LeasedChunk
    expect(await returnChunk(sql, last, failure)).toBe('dead')
  })
})
