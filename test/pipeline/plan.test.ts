import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { planModel } from '../../src/pipeline/model/plan-model.ts'
import { trainOnLedger } from '../../src/pipeline/model/train-on-ledger.ts'
import { decidePair } from '../../src/pipeline/review/decide-pair.ts'
import { verify } from '../../src/pipeline/verify/verify.ts'
import { verifyRebuild } from '../../src/pipeline/verify/verify-rebuild.ts'
import { findAppliedModel } from '../../src/store/model/find-applied-model.ts'
import { hashState } from '../../src/store/verify/hash-state.ts'
import { inventPeople } from '../engine/invent-people.ts'
import { type Bench, openBench } from './people-fixture.ts'

const HEAD = 'key,first,last,born,mail,tel,street,zip,changed'
const { rows, personOf } = inventPeople(300, 5)
/** Half the people have moved when seen again, and every fourth goes by another name: the shipped model doubts them. */
const lines = rows.map(([id, first = '', last, born, mail = ''], row) => {
  const person = personOf[row]!
  const isAgain = personOf[row - 1] === person
  const seen = person % 3 === 0 ? mail.replace('example.org', 'mailhaven.net') : ''
  const called = isAgain && person % 4 === 1 ? [...first].toReversed().join('') : first
  const place = isAgain && person % 2 === 0 ? row : person
  return `${id},${called},${last},${born},${seen},,${place % 90} Bramble Close,KB${place % 40} 9TB,2026-01-01`
})

/** A mailbox of two, and a record that fits both: what keeps them apart is seen only inside their group. */
const KESTRELS = [
  'k1,Anna,Kestrel,1960-02-03,kestrel@postkahn.net,,,,2026-01-01',
  'k2,Otto,Kestrel,1932-08-19,kestrel@postkahn.net,,,,2026-01-01',
  'k3,,Kestrel,,kestrel@postkahn.net,,,,2026-01-01',
]

/** Visits of those who have a mailbox: they go where their person goes, and come back. */
const VISITS = rows.flatMap(([, , , , mail = ''], row) =>
  personOf[row]! % 3 === 0 && personOf[row - 1] !== personOf[row]
    ? [`e${row},c${row},u${row},${mail.replace('example.org', 'mailhaven.net')},page,2026-06-01T10:00:00Z`]
    : [],
)

let bench: Bench
/** As the shipped model has it, before any other was applied. */
let original: unknown
beforeAll(async () => {
  bench = await openBench('plan')
  await bench.ingest('crm', `${HEAD}\n${[...KESTRELS, ...lines.slice(0, 330)].join('\n')}\n`)
  await bench.ingest('web', `id,cookie,user,mail,kind,at\n${VISITS.slice(0, 40).join('\n')}\n`)
  await bench.run()
  original = { members: await loadMembers(), published: await loadPublished() }
  await trainOnLedger(bench.context)
})
afterAll(() => bench.close())

async function expectVerified(): Promise<void> {
  const checks = [...(await verify(bench.context)).checks, ...(await verifyRebuild(bench.context))]
  expect(checks.filter((check) => check.broken > 0)).toEqual([])
}
async function loadMembers(): Promise<Map<string, string>> {
  const found = await bench.context.store.sql<{ id: string; profile: string }[]>`
    SELECT record_id AS id, profile_id AS profile FROM onefold.profile_members`
  return new Map(found.map(({ id, profile }) => [id, profile]))
}
async function loadPublished(): Promise<unknown> {
  const { sql } = bench.context.store
  return {
    profiles: await sql`
      SELECT profile_id, age_band, has_email, postcode_prefix, records, sources, sessions, segments
      FROM onefold_out.unified_profiles ORDER BY profile_id`,
    redirects: await sql`SELECT from_profile_id, to_profile_id FROM onefold_out.profile_redirects ORDER BY 1`,
  }
}

describe('a model is judged before it judges [K3]', () => {
  test('the plan changes nothing, and applying does exactly what it said', async () => {
    const state = await hashState(bench.context.store.sql)
    const before = await loadMembers()
    const plan = await planModel(bench.context, 1)
    expect(await hashState(bench.context.store.sql)).toEqual(state)
    expect(plan).toMatchObject({ from: 'default-1', to: 'model-1', records: before.size })
    expect(plan.merges).toBeGreaterThan(10)

    const { counts } = await bench.apply(1)
    const after = await loadMembers()
    expect(counts).toMatchObject({ profilesMerged: plan.merges, pairs: plan.pairs, reviewsOpen: plan.reviewsAfter })
    expect(new Set(before.values()).size).toBe(plan.profilesBefore)
    expect(new Set(after.values()).size).toBe(plan.profilesAfter)
    expect([...after].filter(([id, profile]) => before.get(id) !== profile)).toHaveLength(plan.moved)
    for (const { profileId, recordsAfter, from } of plan.profiles) {
      const members = [...after].filter(([, profile]) => profile === profileId).map(([id]) => before.get(id))
      expect(members).toHaveLength(recordsAfter)
      for (const part of from) expect(members.filter((id) => id === part.profileId)).toHaveLength(part.records)
    }
    await expectVerified()
  })

  test('applying the model of before gives the profiles of before', async () => {
    const applied = { members: await loadMembers(), published: await loadPublished() }
    const back = await planModel(bench.context, 'shipped')
    expect(back).toMatchObject({ from: 'model-1', to: 'default-1' })
    await bench.apply('shipped')
    expect(await findAppliedModel(bench.context.store.sql)).toBe('shipped')
    const shipped = { members: await loadMembers(), published: await loadPublished() }
    expect(shipped).toEqual(original)
    expect(new Set(shipped.members.values()).size).toBe(back.profilesAfter)
    await expectVerified()
    await bench.apply(1)
    expect({ members: await loadMembers(), published: await loadPublished() }).toEqual(applied)
    await bench.apply('shipped')
    expect({ members: await loadMembers(), published: await loadPublished() }).toEqual(shipped)
  })

  test('what people decided outranks whatever model is planned or applied (P14)', async () => {
    const plan = await planModel(bench.context, 1)
    const pair = plan.profiles.find(({ change, from }) => change === 'merged' && from.length === 2)
    const [left = '', right = ''] = pair?.from.map(({ profileId }) => `prf_${profileId}`) ?? []
    await decidePair(bench.context, { left, right, verdict: 'different', by: 'ada' })
    await expect(planModel(bench.context, 1)).rejects.toMatchObject({
      code: 'plan.not_worked_through',
      details: { records: 0, decisions: 1 },
    })
    await bench.run()
    const decided = await planModel(bench.context, 1)
    expect(decided.merges).toBe(plan.merges - 1)
    await bench.apply(1)
    const members = await loadMembers()
    expect(members.get(left.slice(4))).not.toBe(members.get(right.slice(4)))
    await expectVerified()
  })

  test('nothing is planned by a model that is not there, nor while records wait', async () => {
    await expect(planModel(bench.context, 9)).rejects.toMatchObject({ code: 'model.not_found' })
    await bench.ingest('crm', `${HEAD}\n${lines.slice(330).join('\n')}\n`)
    await expect(planModel(bench.context, 'shipped')).rejects.toMatchObject({ code: 'plan.not_worked_through' })
    await bench.run()
    await expectVerified()
  })
})

test('a model that was trained before anything was published judges from the first run on', async () => {
  const fresh = await openBench('fresh')
  try {
    await fresh.ingest('crm', `${HEAD}\n${lines.join('\n')}\n`)
    await trainOnLedger(fresh.context)
    await fresh.run()
    expect(await findAppliedModel(fresh.context.store.sql)).toBe(1)
    const before = await fresh.context.store.sql`SELECT DISTINCT model_version AS version FROM onefold.judgements`
    expect([...before]).toEqual([{ version: 'model-1' }])
  } finally {
    await fresh.close()
  }
})
