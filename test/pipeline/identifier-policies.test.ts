import { afterEach, beforeEach, expect, test } from 'vitest'
import type { DeclaredSettings } from '../../src/config/settings.ts'
import type { Context } from '../../src/pipeline/context.ts'
import { explainSeparation } from '../../src/pipeline/look/explain-separation.ts'
import { planModel } from '../../src/pipeline/model/plan-model.ts'
import { openPath } from '../../src/pipeline/open-path.ts'
import { verify } from '../../src/pipeline/verify/verify.ts'
import { verifyRebuild } from '../../src/pipeline/verify/verify-rebuild.ts'
import type { ModelChoice } from '../../src/store/model/find-applied-model.ts'
import { type MigratedDatabase, openMigratedDatabase } from '../support/open-migrated-database.ts'
import { workOffRun } from '../support/work-off-run.ts'
import { configure, ingestText } from './ingest-text.ts'

const SOURCES: DeclaredSettings['sources'] = {
  crm: {
    kind: 'people',
    columns: {
      key: 'record_key',
      first: 'given_name',
      last: 'family_name',
      born: 'birth_date',
      mail: 'email',
      card: 'loyalty_id',
      changed: 'updated_at',
    },
  },
}
/** Ada got a new card after years, Bruno one after five months; Cleo's rows do not say when. */
const PEOPLE = [
  'key,first,last,born,mail,card,changed',
  'a1,Ada,Marlow,1990-01-02,ada@mailhaven.net,AAA111,2020-03-01',
  'a2,Ada,Marlow,1990-01-02,ada@mailhaven.net,AAA222,2024-03-01',
  'b1,Bruno,Keller,1985-05-06,bruno@mailhaven.net,BBB111,2024-01-10',
  'b2,Bruno,Keller,1985-05-06,bruno@mailhaven.net,BBB222,2024-06-10',
  'c1,Cleo,Fern,1971-11-12,cleo@mailhaven.net,CCC111,',
  'c2,Cleo,Fern,1971-11-12,cleo@mailhaven.net,CCC222,',
]
const YEAR = 365
const ONE_A_YEAR: DeclaredSettings = {
  sources: SOURCES,
  identity: { identifiers: { loyalty_id: { max_per_profile: 1, within: `${YEAR}d` } } },
}

let database: MigratedDatabase
let shipped: Context
let strict: Context
beforeEach(async () => {
  database = await openMigratedDatabase('policies')
  shipped = configure(database.context, { sources: SOURCES })
  strict = configure(database.context, ONE_A_YEAR)
})
afterEach(() => database.drop())

async function walk(context: Context, model?: ModelChoice): Promise<void> {
  const run = await openPath(context, { asOf: new Date('2026-06-30T12:00:00Z'), ...(model !== undefined && { model }) })
  expect((await workOffRun(context, run)).state).toBe('done')
}

/** The keys of each profile's records, by the places where they came in. */
async function loadGroups(): Promise<string[]> {
  const { sql } = database.context.store
  const rows = await sql<{ keys: string }[]>`
    SELECT string_agg(place, ' ' ORDER BY place) AS keys FROM (
      SELECT profile_id, (row_number() OVER (ORDER BY seq))::text AS place
      FROM onefold.profile_members JOIN onefold.records USING (record_id)
    ) AS placed GROUP BY profile_id ORDER BY 1`
  return rows.map(({ keys }) => keys)
}

async function expectVerified(context: Context): Promise<void> {
  const checks = [...(await verify(context)).checks, ...(await verifyRebuild(context))]
  expect(checks.filter((check) => check.broken > 0)).toEqual([])
}

test('a configured limit within a window takes effect when it is applied, and goes back the same way [C1]', async () => {
  await ingestText(shipped, 'crm', `${PEOPLE.join('\n')}\n`)
  await walk(shipped)
  expect(await loadGroups()).toEqual(['1 2', '3 4', '5 6'])

  await walk(strict)
  expect(await loadGroups()).toEqual(['1 2', '3 4', '5 6'])
  expect(database.logged.filter(({ level }) => level === 'warn').map(({ message }) => message)).toEqual([
    expect.stringContaining('onefold apply'),
  ])
  const plan = await planModel(strict, 'shipped')
  expect(plan).toMatchObject({ isInForce: false, profilesBefore: 3, profilesAfter: 5, splits: 2, reviewsAfter: 2 })

  await walk(strict, 'shipped')
  expect(await loadGroups()).toEqual(['1 2', '3', '4', '5', '6'])
  expect(await planModel(strict, 'shipped')).toMatchObject({ isInForce: true, moved: 0 })
  await expectVerified(strict)
  const { reasons } = await explainSeparation(strict, 'crm:b1', 'crm:b2')
  const exceeded = [{ identifierKind: 'loyalty_id', together: 2, allowed: 1, withinMs: YEAR * 86_400_000 }]
  expect(reasons).toEqual([expect.objectContaining({ kind: 'identifier_limit', exceeded })])

  await walk(shipped, 'shipped')
  expect(await loadGroups()).toEqual(['1 2', '3 4', '5 6'])
  await expectVerified(shipped)
})

test('where nothing is published yet, what is configured judges from the first run on, in any order of arrival', async () => {
  const [head, ...rows] = PEOPLE
  for (const row of rows) {
    await ingestText(strict, 'crm', `${head}\n${row}\n`)
    await walk(strict)
  }
  expect(await loadGroups()).toEqual(['1 2', '3', '4', '5', '6'])
  await expectVerified(strict)
})

test('a kind that is only evidence links nobody', async () => {
  const evidence = configure(database.context, {
    sources: SOURCES,
    identity: { identifiers: { email: { mode: 'evidence' }, loyalty_id: { mode: 'evidence' } } },
  })
  const rows = ['d1,Dora,,,dora@mailhaven.net,,', 'd2,Dora,,,dora@mailhaven.net,,']
  await ingestText(evidence, 'crm', `${PEOPLE[0]}\n${rows.join('\n')}\n`)
  await walk(evidence)
  const judged = await database.context.store.sql`SELECT because FROM onefold.judgements`
  expect(judged.map(({ because }) => because)).not.toContain('identifier')
  await walk(shipped, 'shipped')
  expect(await database.context.store.sql`SELECT because, identifier_kind FROM onefold.judgements`).toEqual([
    expect.objectContaining({ because: 'identifier', identifier_kind: 'email' }),
  ])
})
