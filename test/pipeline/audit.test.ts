import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { AuditRoot } from '../../src/audit/audit-entry.ts'
import { verifyAudit } from '../../src/pipeline/verify/verify-audit.ts'
import { AS_OF, type Bench, openBench } from './people-fixture.ts'

let bench: Bench
const anchors: AuditRoot[] = []

beforeAll(async () => {
  const opened = await openBench('audit')
  bench = { ...opened, context: opened.context }
  Object.assign(bench.context, { keepAnchor: async (root: AuditRoot) => void anchors.push(root) })
  await bench.ingest('crm', 'key,first,last\n1,Ada,Marlow\n2,Bruno,Keller\n')
  await bench.run()
})
afterAll(() => bench.close())

async function codes(): Promise<string[]> {
  return [...new Set((await verifyAudit(bench.context, anchors)).findings.map(({ code }) => code))]
}

/** Tampers inside a transaction that is rolled back after the look. */
async function tamper(statement: string): Promise<string[]> {
  let found: string[] = []
  const rollback = new Error('rolled back on purpose')
  await bench.context.store.sql
    .begin(async (tx) => {
      await tx.unsafe(statement)
      const context = { ...bench.context, store: { ...bench.context.store, sql: tx as never } }
      found = [...new Set((await verifyAudit(context, anchors)).findings.map(({ code }) => code))]
      throw rollback
    })
    .catch((error: unknown) => {
      if (error !== rollback) throw error
    })
  return found
}

describe('the audit log (P18)', () => {
  test('is whole after runs, and every closed run left a root outside the database', async () => {
    expect(await codes()).toEqual([])
    expect(anchors.length).toBe(2)
    expect(AS_OF.getTime()).toBeGreaterThan(0)
  })

  test.each([
    [
      'an edited action',
      `UPDATE onefold.audit_log SET action = 'nothing.happened' WHERE seq = 2`,
      'entry.hash_differs',
    ],
    [
      'an edited time',
      `UPDATE onefold.audit_log SET at = at + interval '1 second' WHERE seq = 2`,
      'entry.hash_differs',
    ],
    [
      'an edited detail',
      `UPDATE onefold.audit_log SET details = details || '{"accepted": 1}' WHERE seq = 2`,
      'entry.hash_differs',
    ],
    ['an edited hash', `UPDATE onefold.audit_log SET hash = sha256('x') WHERE seq = 2`, 'entry.hash_differs'],
    ['a deleted entry', `DELETE FROM onefold.audit_log WHERE seq = 2`, 'entry.out_of_place'],
    ['a cut tail', `DELETE FROM onefold.audit_log WHERE seq > 2`, 'log.truncated'],
    [
      'a cut tail with its roots',
      `DELETE FROM onefold.audit_log WHERE seq > 2; DELETE FROM onefold.audit_roots`,
      'log.truncated',
    ],
    [
      'an emptied log with its roots',
      `DELETE FROM onefold.audit_log; DELETE FROM onefold.audit_roots`,
      'log.truncated',
    ],
    [
      'two swapped entries',
      `UPDATE onefold.audit_log SET seq = 1000 WHERE seq = 1; UPDATE onefold.audit_log SET seq = 1 WHERE seq = 2;
      UPDATE onefold.audit_log SET seq = 2 WHERE seq = 1000`,
      'entry.hash_differs',
    ],
  ])('%s is found', async (_what, statement, code) => {
    expect(await tamper(statement)).toContain(code)
  })

  test('a rewritten chain is found by the roots kept outside', async () => {
    const found = await tamper(`DELETE FROM onefold.audit_roots;
      UPDATE onefold.audit_log SET actor = 'nobody', hash = sha256(hash) WHERE seq >= 1`)
    expect(found).toContain('root.differs')
  })

  test('the worker role may append to the log and nothing else', async () => {
    const { sql } = bench.context.store
    const refused = await sql
      .begin(async (tx) => {
        await tx`SET LOCAL ROLE onefold_worker`
        await tx`DELETE FROM onefold.audit_log`
      })
      .catch((error: { code?: string }) => error.code)
    expect(refused).toBe('42501')
  })
})
