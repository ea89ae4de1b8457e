import { afterAll, beforeAll, expect, test } from 'vitest'
import { inTransaction } from '../../src/store/in-transaction.ts'
import type { Tx } from '../../src/store/open-store.ts'
import { type MigratedDatabase, openMigratedDatabase } from '../support/open-migrated-database.ts'

let database: MigratedDatabase
beforeAll(async () => {
  database = await openMigratedDatabase('in_transaction')
})
afterAll(() => database.drop())

/** So many microtasks: as many as functions return through, one into the other. */
async function pass(turns: number): Promise<void> {
  for (let turn = 0; turn < turns; turn += 1) await Promise.resolve()
}

test('what goes on beside a statement that failed is not committed by itself (P1)', async () => {
  const { sql } = database.context.store
  const branches: Promise<unknown>[] = []
  const write = async (tx: Tx, turns: number): Promise<void> => {
    await tx`SELECT 1`
    await pass(turns)
    await tx`INSERT INTO onefold.event_ids SELECT gen_random_uuid()`
    await tx.unsafe('INSERT INTO onefold.event_ids SELECT gen_random_uuid()')
  }
  for (let turns = 0; turns <= 40; turns += 1) {
    const failing = inTransaction(sql, async (tx) => {
      const branch = write(tx, turns)
      branches.push(branch)
      await Promise.all([branch, tx`SELECT 1 / 0`])
    })
    await expect(failing).rejects.toThrow('division by zero')
  }
  const settled = await Promise.allSettled(branches)
  expect(settled.map(({ status }) => status)).toEqual(branches.map(() => 'rejected'))
  expect([...(await sql`SELECT event_id FROM onefold.event_ids`)]).toEqual([])
})
