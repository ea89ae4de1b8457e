import { afterEach, beforeEach, expect, test } from 'vitest'
import type { DeclaredSettings } from '../../src/config/settings.ts'
import type { Context } from '../../src/pipeline/context.ts'
import { openPath } from '../../src/pipeline/open-path.ts'
import { decidePair } from '../../src/pipeline/review/decide-pair.ts'
import { verify } from '../../src/pipeline/verify/verify.ts'
import { verifyRebuild } from '../../src/pipeline/verify/verify-rebuild.ts'
import { type MigratedDatabase, openMigratedDatabase } from '../support/open-migrated-database.ts'
import { workOffRun } from '../support/work-off-run.ts'
import { configure, ingestText } from './ingest-text.ts'

let database: MigratedDatabase
beforeEach(async () => {
  database = await openMigratedDatabase('external_ids')
})
afterEach(() => database.drop())

const settle = (identity: DeclaredSettings['identity'] = {}): Context =>
  configure(database.context, { sources: { web: { kind: 'events', preset: 'segment-events' } }, identity })

/** A page that a visitor sees, with ids of his elsewhere. */
const see = (anonymousId: string, ids: readonly object[], more: object = {}): object => ({
  ...{ type: 'page', messageId: `m-${anonymousId}`, anonymousId, timestamp: '2026-06-29T10:00:00Z' },
  context: { externalIds: ids },
  ...more,
})
const known = (type: string, id: string): object => ({ id, type, collection: 'users', encoding: 'none' })

async function take(context: Context, ...events: readonly object[]): Promise<void> {
  await ingestText(context, 'web', events.map((event) => `${JSON.stringify(event)}\n`).join(''), 'events.jsonl')
  await walk(context)
}

async function walk(context: Context): Promise<void> {
  await workOffRun(context, await openPath(context, { asOf: new Date('2026-06-30T00:00:00Z') }))
}

async function sizes({ store: { sql } }: Context): Promise<number[]> {
  const people = await sql<{ size: number }[]>`
    SELECT count(*)::int AS size FROM onefold.profile_members GROUP BY profile_id ORDER BY size`
  return people.map(({ size }) => size)
}

async function expectVerified(context: Context): Promise<void> {
  const checks = [...(await verify(context)).checks, ...(await verifyRebuild(context))]
  expect(checks.filter(({ broken }) => broken > 0)).toEqual([])
}

test.each([
  ['an e-mail address', known('email', 'Mira.Ostrander@mailhaven.net'), known('email', 'mira.ostrander@mailhaven.net')],
  ['a telephone', known('phone', '+44 151 496 0182'), known('phone', '+441514960182')],
  ['a user', known('user_id', 'u-7'), known('userId', 'u-7')],
  ['a client of Google Analytics', known('ga_client_id', '1201448.1735'), known('ga_client_id', '1201448.1735')],
  [
    'an advertising id',
    known('ios.idfa', '6D92078A-8246-4BA4-AE5B-76104861E7DC'),
    known('idfa', '6d92078a-8246-4ba4-ae5b-76104861e7dc'),
  ],
])('two visitors who share %s are one person, others are not [A3]', async (_, first, second) => {
  const context = settle()
  await take(context, see('v-1', [first]), see('v-2', [second]), see('v-3', []))
  expect(await sizes(context)).toEqual([1, 2])
  await expectVerified(context)
})

test('an id of a type that is none of ours links nobody', async () => {
  const context = settle()
  await take(context, see('v-1', [known('till_customer', 'k-1')]), see('v-2', [known('till_customer', 'k-1')]))
  expect(await sizes(context)).toEqual([1, 1])
})

test('an id links no further than the policy of its kind: people who contradict each other stay two', async () => {
  const context = settle()
  const shared = [known('email', 'household@mailhaven.net')]
  const born = (firstName: string, birthday: string) => ({
    type: 'identify',
    traits: { firstName, lastName: 'Ostrander', birthday },
  })
  await take(context, see('v-1', shared, born('Mira', '1984-03-07')), see('v-2', shared, born('Oleg', '1951-11-30')))
  expect(await sizes(context)).toEqual([1, 1])
})

test('a kind that is no more than evidence does not link', async () => {
  const context = settle({ identifiers: { device_id: { mode: 'evidence' } } })
  await take(context, see('v-1', [known('idfa', 'ad-7')]), see('v-2', [known('idfa', 'ad-7')]))
  expect(await sizes(context)).toEqual([1, 1])
})

test('two who were joined by an external id and are kept apart by a person stay apart, whatever comes', async () => {
  const context = settle()
  const shared = [known('email', 'mira.ostrander@mailhaven.net')]
  await take(context, see('v-1', shared), see('v-2', shared))
  const [left, right] = await context.store.sql<{ id: string }[]>`SELECT record_id AS id FROM onefold.records`
  await decidePair(context, { left: `rec_${left?.id}`, right: `rec_${right?.id}`, verdict: 'different', by: 'ada' })
  await walk(context)
  expect(await sizes(context)).toEqual([1, 1])
  await take(context, see('v-1', shared, { messageId: 'm-again' }))
  expect(await sizes(context)).toEqual([1, 1])
  await expectVerified(context)
})
