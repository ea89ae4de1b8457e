import { afterEach, beforeEach, expect, test } from 'vitest'
import type { DeclaredSettings } from '../../src/config/settings.ts'
import { exportInputs, type ExportedInputs } from '../../src/pipeline/export/export-inputs.ts'
import type { Context } from '../../src/pipeline/context.ts'
import { openPath } from '../../src/pipeline/open-path.ts'
import { findLastScoring } from '../../src/store/behaviour/find-last-scoring.ts'
import { type MigratedDatabase, openMigratedDatabase } from '../support/open-migrated-database.ts'
import { workOffRun } from '../support/work-off-run.ts'
import { configure, ingestText } from './ingest-text.ts'

let database: MigratedDatabase
beforeEach(async () => {
  database = await openMigratedDatabase('model_inputs')
})
afterEach(() => database.drop())

const AS_OF = new Date('2024-06-30T12:00:00Z')

function settle(more: DeclaredSettings): Context {
  return configure(database.context, {
    sources: {
      crm: { kind: 'people', columns: { id: 'record_key', user: 'user_id', country: 'country' }, namespace: 'shop' },
      shop: {
        kind: 'orders',
        namespace: 'shop',
        columns: { order: 'order_id', user: 'user_id', at: 'occurred_at', amount: 'amount' },
      },
    },
    ...more,
  })
}

/** Three people of whom two bought, once for 10 and once for 30. */
async function populate(context: Context): Promise<void> {
  await ingestText(context, 'crm', 'id,user,country\n1,u1,GB\n2,u2,\n3,u3,FR\n')
  const at = '2024-06-01T10:00:00Z'
  await ingestText(context, 'shop', `order,user,at,amount\no1,u1,${at},10\no2,u2,${at},30\n`)
  const ended = await workOffRun(context, await openPath(context, { asOf: AS_OF }))
  expect(ended.state).toBe('done')
}

async function write(context: Context, format: 'csv' | 'jsonl'): Promise<ExportedInputs & { readonly text: string }> {
  let text = ''
  const exported = await exportInputs(context, format, async (piece) => void (text += piece))
  return { ...exported, text }
}

const INPUTS: DeclaredSettings['model_inputs'] = [
  { feature: 'average_order_value', missing: 'median', scale: 'min_max' },
  { attribute: 'country', missing: 'unknown' },
  'purchases',
]

test('a matrix has a row a person by pseudonym, imputed, scaled and encoded, with how it was made [B3 B7]', async () => {
  const context = settle({ model_inputs: INPUTS })
  await populate(context)
  const { text, people, rows, inputs } = await write(context, 'jsonl')
  expect({ people, rows }).toEqual({ people: 3, rows: 3 })
  const told = text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>)
  const known = await context.store.sql<{ id: string; country: string | null }[]>`
    SELECT profile_id AS id, country FROM onefold_out.unified_profiles ORDER BY profile_id COLLATE "C"`
  expect(told.map((row) => row['profile_id'])).toEqual(known.map(({ id }) => id))
  const cells = (country: string | null) => {
    const { profile_id: _, ...rest } = told[known.findIndex((person) => person.country === country)]!
    return rest
  }
  const none = { country__FR: 0, country__GB: 0, country__unknown: 0 }
  expect(cells('GB')).toEqual({ average_order_value__min_max: 0, ...none, country__GB: 1, purchases: 1 })
  expect(cells(null)).toEqual({ average_order_value__min_max: 1, ...none, country__unknown: 1, purchases: 1 })
  expect(cells('FR')).toEqual({ average_order_value__min_max: 0.5, ...none, country__FR: 1, purchases: 0 })
  expect(inputs).toMatchObject([
    { column: 'average_order_value__min_max', imputed: { value: 20, people: 1 }, min: 10, max: 30, excluded: 0 },
    { column: 'country', imputed: { value: 'unknown', people: 1 }, categories: ['FR', 'GB', 'unknown'] },
    { column: 'purchases', imputed: null, excluded: 0 },
  ])
  expect(await write(context, 'csv')).toEqual(await write(context, 'csv'))
  const [head] = (await write(context, 'csv')).text.split('\r\n')
  expect(head).toBe('profile_id,average_order_value__min_max,country__FR,country__GB,country__unknown,purchases')
  const noted = await context.store
    .sql`SELECT action, details FROM onefold.audit_log WHERE subject = 'model_inputs' ORDER BY seq`
  expect(noted.slice(0, 2)).toEqual([
    { action: 'export.begun', details: { kind: 'model_inputs', format: 'jsonl', revealed: false } },
    { action: 'export.done', details: { kind: 'model_inputs', format: 'jsonl', revealed: false, rows: 3 } },
  ])
})

test('who lacks an input that is not imputed is left out, and counted', async () => {
  const context = settle({ model_inputs: [{ attribute: 'country', one_hot: false }, 'average_order_value'] })
  await populate(context)
  const { text, people, rows, inputs } = await write(context, 'csv')
  expect({ people, rows }).toEqual({ people: 3, rows: 1 })
  expect(text.split('\r\n')[1]).toMatch(/^p_[0-9a-f]+,GB,10$/)
  expect(inputs.map(({ excluded }) => excluded)).toEqual([1, 1])
})

test('without inputs there is nothing to export', async () => {
  await expect(write(settle({}), 'csv')).rejects.toMatchObject({ code: 'export.no_inputs' })
})

test('the composite index takes features as models do: imputed and scaled as declared, else deviations of who is known [E7 B3]', async () => {
  const { sql } = database.context.store
  const indexes = async (features: NonNullable<DeclaredSettings['composite_index']>['features']) => {
    const context = settle({ composite_index: { features, weights: [1, 1] } })
    if ((await sql`SELECT FROM onefold.profiles`).length === 0) await populate(context)
    else await workOffRun(context, await openPath(context, { asOf: AS_OF }))
    const rows = await sql<{ index: number | null }[]>`
      SELECT composite_index AS index FROM onefold.features ORDER BY purchases, average_order_value`
    return rows.map(({ index }) => index)
  }
  expect(await indexes(['average_order_value', 'purchases'])).toEqual([null, -1, 1])
  expect(
    await indexes([
      { feature: 'average_order_value', missing: { value: 0 }, scale: 'none' },
      { feature: 'purchases', scale: 'min_max' },
    ]),
  ).toEqual([0, 11, 31])
  expect((await findLastScoring(sql))?.index).toMatchObject({
    features: ['average_order_value', 'purchases'],
    inputs: [{ imputed: { value: 0, people: 1 } }, { min: 0, max: 1 }],
  })
})
