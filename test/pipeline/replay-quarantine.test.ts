import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { DeclaredSettings } from '../../src/config/settings.ts'
import type { Context } from '../../src/pipeline/context.ts'
import { findHeldId } from '../../src/pipeline/quarantine/find-held-id.ts'
import { fixRow } from '../../src/pipeline/quarantine/fix-row.ts'
import { replayHeld } from '../../src/pipeline/quarantine/replay-held.ts'
import { showRow } from '../../src/pipeline/quarantine/show-row.ts'
import { openEnvelope } from '../../src/privacy/open-envelope.ts'
import { unpackSealed } from '../../src/privacy/unpack-sealed.ts'
import { unpackPerson } from '../../src/record/unpack-person.ts'
import { findHeldRows } from '../../src/store/quarantine/find-held-rows.ts'
import { checkAcceptedRows, sumOutcomes } from '../../src/store/verify/check-ledger.ts'
import { type MigratedDatabase, openMigratedDatabase } from '../support/open-migrated-database.ts'
import { configure, ingestText } from './ingest-text.ts'

type Declared = NonNullable<DeclaredSettings['sources']>

const CRM: Declared['crm'] = {
  kind: 'people',
  columns: { Id: 'record_key', Name: 'full_name', Email: 'email' },
  rules: [{ code: 'email.invalid', severity: 'quarantine' }],
}
const SHOP: Declared['shop'] = {
  kind: 'orders',
  columns: { Order: 'order_id', When: 'occurred_at', Who: 'email', Price: 'unit_price', Quantity: 'quantity' },
}
const HEAD = 'Id,Name,Email\n'
const BAD = '7,Edda Thorn,edda.thorn(at)brightmail.co.uk\n'
const GOOD = '7,Edda Thorn,edda.thorn@brightmail.co.uk\n'

let database: MigratedDatabase
let context: Context
beforeAll(async () => {
  database = await openMigratedDatabase('quarantine')
})
afterAll(() => database.drop())
beforeEach(async () => {
  const { sql } = database.context.store
  await sql`TRUNCATE onefold.ledger_pages, onefold.due_pages, onefold.record_versions, onefold.event_ids, onefold.records, onefold.events, onefold.ordered_lines, onefold.quarantine, onefold.deliveries,
    onefold.runs, onefold.chunks, onefold.repeat_counts, onefold.quality_results, onefold.audit_log`
  context = configure(database.context, { sources: { crm: CRM, shop: SHOP } })
})

/** The one row that is held. */
async function theHeldRow(): Promise<{ deliveryId: string; rowNo: number }> {
  const rows = await findHeldRows(context.store.sql, { limit: 10 })
  expect(rows).toHaveLength(1)
  return rows[0] as (typeof rows)[number]
}

async function countRows(table: 'records' | 'events'): Promise<number> {
  const { sql } = context.store
  const [row] = await sql<{ rows: number }[]>`SELECT count(*) AS rows FROM ${sql(`onefold.${table}`)}`
  return row?.rows ?? -1
}

/** P2, and what verify asks of accepted rows. */
async function expectSumsToHold(): Promise<void> {
  for (const sums of await sumOutcomes(context.store.sql)) {
    expect(sums.accepted + sums.duplicate + sums.quarantined + sums.rejected + sums.erased).toBe(sums.received)
  }
  for (const check of await checkAcceptedRows(context.store.sql)) expect(check.broken).toBe(0)
}

describe('a correction', () => {
  test('makes a held row a version of its record, and the bad row delivered again is a repeat', async () => {
    expect(await ingestText(context, 'crm', HEAD + BAD)).toMatchObject({ received: 1, quarantined: 1 })
    await fixRow(context, await theHeldRow(), { Email: 'edda.thorn@brightmail.co.uk' })
    expect(await replayHeld(context, {})).toEqual({
      replayed: 1,
      accepted: 1,
      duplicate: 0,
      quarantined: 0,
      rejected: 0,
    })
    expect(await countRows('records')).toBe(1)
    expect(await ingestText(context, 'crm', HEAD + BAD)).toMatchObject({ duplicate: 1, quarantined: 0 })
    await expectSumsToHold()
  })

  test('keeps the received bytes, and what was understood is the corrected row', async () => {
    await ingestText(context, 'crm', HEAD + BAD)
    const id = await theHeldRow()
    await fixRow(context, id, { Email: 'edda.thorn@brightmail.co.uk' })
    await replayHeld(context, { ids: [id] })
    const [row] = await context.store.sql<{ sealed: Buffer }[]>`SELECT sealed FROM onefold.quarantine`
    const opened = unpackSealed(
      openEnvelope(context.keyring, row?.sealed ?? Buffer.alloc(0), `raw_records:${id.deliveryId}:${id.rowNo}`),
    )
    expect(opened.raw.toString('utf8')).toBe(BAD.trimEnd())
    expect(unpackPerson(opened.normalizedJson)).toMatchObject({ emails: ['edda.thorn@brightmail.co.uk'] })
  })

  test('to what was accepted elsewhere is a repeat, and so is the bad row from then on', async () => {
    await ingestText(context, 'crm', HEAD + GOOD)
    await ingestText(context, 'crm', HEAD + BAD)
    await fixRow(context, await theHeldRow(), { Email: 'edda.thorn@brightmail.co.uk' })
    expect(await replayHeld(context, {})).toMatchObject({ accepted: 0, duplicate: 1 })
    expect(await ingestText(context, 'crm', HEAD + BAD)).toMatchObject({ duplicate: 1, quarantined: 0 })
    await expectSumsToHold()
  })

  test('to the same content in two rows counts once', async () => {
    await ingestText(context, 'crm', `${HEAD}${BAD}7,Edda Thorn,edda.thorn brightmail\n`)
    for (const row of await findHeldRows(context.store.sql, { limit: 10 })) {
      await fixRow(context, row, { Email: 'edda.thorn@brightmail.co.uk' })
    }
    const told: number[][] = []
    const counts = await replayHeld(context, {}, (done, whole) => told.push([done, whole]))
    expect(counts).toMatchObject({ replayed: 2, accepted: 1, duplicate: 1 })
    expect(told).toEqual([[2, 2]])
    await expectSumsToHold()
  })

  test('of an event is the same event when the source delivers it corrected', async () => {
    const head = 'Order,When,Who,Price,Quantity\n'
    await ingestText(context, 'shop', `${head}A1,soon,edda.thorn@brightmail.co.uk,12.50,2\n`)
    await fixRow(context, await theHeldRow(), { When: '2026-05-01T10:00:00Z' })
    expect(await replayHeld(context, {})).toMatchObject({ accepted: 1 })
    expect(await countRows('events')).toBe(1)
    expect(
      await ingestText(context, 'shop', `${head}A1,2026-05-01T10:00:00Z,edda.thorn@brightmail.co.uk,12.50,2\n`),
    ).toMatchObject({ accepted: 0, duplicate: 1 })
    expect(await countRows('events')).toBe(1)
    await expectSumsToHold()
  })

  test('of a row that cannot be read is all there is of it', async () => {
    await ingestText(context, 'crm', `${HEAD}8,Odo Reed,odo.reed@brightmail.co.uk,one too many\n`)
    const id = await theHeldRow()
    expect(await showRow(context, id)).toMatchObject({ text: '8,Odo Reed,odo.reed@brightmail.co.uk,one too many' })
    expect(await fixRow(context, id, { Id: '8', Name: 'Odo Reed' })).toMatchObject({ readable: false })
    await fixRow(context, id, { Email: 'odo.reed@brightmail.co.uk' })
    expect(await replayHeld(context, {})).toMatchObject({ accepted: 1 })
    await expectSumsToHold()
  })

  test('of a column that the delivery lacks is refused', async () => {
    await ingestText(context, 'crm', HEAD + BAD)
    await expect(fixRow(context, await theHeldRow(), { Mail: 'x' })).rejects.toMatchObject({
      code: 'quarantine.unknown_column',
    })
  })

  test('leaves no value in the clear: not in the store, not in the audit log, not in the log', async () => {
    await ingestText(context, 'crm', HEAD + BAD)
    const id = await theHeldRow()
    await showRow(context, id)
    await fixRow(context, id, { Email: 'marker.value@brightmail.co.uk' })
    const { sql } = context.store
    const audit = await sql`SELECT action, subject, details FROM onefold.audit_log`
    const [row] = await sql<{ sealed_fix: Buffer }[]>`SELECT sealed_fix FROM onefold.quarantine`
    expect(audit.map((entry) => entry['action'])).toEqual(
      expect.arrayContaining(['quarantine.shown', 'quarantine.fixed']),
    )
    for (const text of [
      JSON.stringify(audit),
      row?.sealed_fix.toString('latin1') ?? '',
      JSON.stringify(database.logged),
    ]) {
      expect(text).not.toContain('marker.value')
      expect(text).not.toContain('Thorn')
    }
  })
})

describe('the present configuration', () => {
  test('decides: what it no longer minds is accepted, and the same row delivered again is a repeat', async () => {
    await ingestText(context, 'crm', HEAD + BAD)
    const milder = configure(context, {
      sources: { crm: { ...CRM, kind: 'people', rules: [{ code: 'email.invalid', severity: 'warn' }] } },
    })
    expect(await replayHeld(milder, {})).toMatchObject({ accepted: 1 })
    expect(await ingestText(milder, 'crm', HEAD + BAD)).toMatchObject({ accepted: 0, duplicate: 1 })
    await expectSumsToHold()
  })

  test('may reject what it held before', async () => {
    await ingestText(context, 'crm', HEAD + BAD)
    const stricter = configure(context, {
      sources: { crm: { ...CRM, kind: 'people', rules: [{ code: 'email.invalid', severity: 'reject' }] } },
    })
    expect(await replayHeld(stricter, {})).toMatchObject({ rejected: 1 })
    await expectSumsToHold()
  })

  test('may go on holding it, for other reasons', async () => {
    await ingestText(context, 'crm', HEAD + BAD)
    const other = configure(context, {
      sources: {
        crm: { ...CRM, kind: 'people', rules: [], contract: { types: { Id: 'date' }, drift: 'discard_row' } },
      },
    })
    expect(await replayHeld(other, {})).toMatchObject({ replayed: 1, quarantined: 1 })
    const [held] = await findHeldRows(context.store.sql, { limit: 1 })
    expect(held?.issues.map((issue) => issue.code)).toContain('contract.wrong_type')
    await expectSumsToHold()
  })

  test('with a frozen contract that the delivery breaks holds the row and fails nothing', async () => {
    await ingestText(context, 'crm', HEAD + BAD)
    const frozen = configure(context, {
      sources: { crm: { ...CRM, kind: 'people', contract: { required: ['Phone'], drift: 'freeze' } } },
    })
    expect(await replayHeld(frozen, {})).toMatchObject({ quarantined: 1 })
    await expectSumsToHold()
  })
})

describe('replaying', () => {
  test('twice changes nothing the second time', async () => {
    await ingestText(context, 'crm', HEAD + BAD)
    const id = await theHeldRow()
    await fixRow(context, id, { Email: 'edda.thorn@brightmail.co.uk' })
    await replayHeld(context, { ids: [id] })
    expect(await replayHeld(context, { ids: [id] })).toMatchObject({ replayed: 0 })
    await expect(fixRow(context, id, { Email: 'x' })).rejects.toMatchObject({ code: 'quarantine.replayed' })
  })

  test('at the same time from two places accepts once', async () => {
    await ingestText(context, 'crm', HEAD + BAD)
    const id = await theHeldRow()
    await fixRow(context, id, { Email: 'edda.thorn@brightmail.co.uk' })
    const both = await Promise.all([replayHeld(context, { ids: [id] }), replayHeld(context, { ids: [id] })])
    expect(both.reduce((sum, counts) => sum + counts.accepted, 0)).toBe(1)
    await expectSumsToHold()
  })

  test('two equal lines of a source whose repeats are real accepts both', async () => {
    const line = 'A1,soon,edda.thorn@brightmail.co.uk,12.50,2\n'
    const keep = configure(context, { sources: { shop: { ...SHOP, kind: 'orders', repeats: 'keep' } } })
    await ingestText(keep, 'shop', `Order,When,Who,Price,Quantity\n${line}${line}`)
    for (const row of await findHeldRows(context.store.sql, { limit: 10 })) {
      await fixRow(keep, row, { When: '2026-05-01T10:00:00Z' })
    }
    expect(await replayHeld(keep, {})).toMatchObject({ accepted: 2 })
    expect(await countRows('events')).toBe(2)
    await expectSumsToHold()
  })

  test('only one source leaves the others alone', async () => {
    await ingestText(context, 'crm', HEAD + BAD)
    expect(await replayHeld(context, { source: 'shop' })).toMatchObject({ replayed: 0 })
  })
})

describe('the id of a held row', () => {
  test('may be shortened to the beginning or the end of the delivery', async () => {
    await ingestText(context, 'crm', HEAD + BAD)
    const { deliveryId, rowNo } = await theHeldRow()
    for (const part of [deliveryId, deliveryId.slice(-8), deliveryId.slice(0, 13)]) {
      expect(await findHeldId(context, `${part}:${rowNo}`)).toEqual({ deliveryId, rowNo })
    }
    await expect(findHeldId(context, '00000000:1')).rejects.toMatchObject({ code: 'quarantine.not_found' })
    await expect(findHeldId(context, 'row 7')).rejects.toMatchObject({ code: 'quarantine.bad_id' })
  })
})
