import fc from 'fast-check'
import { expect, test } from 'vitest'
import { assignProfileIds } from '../../src/identity/assign-profile-ids.ts'
import { planIdentity } from '../../src/identity/plan-identity.ts'

const seqOf = (id: string) => Number(id.slice(4))
const nobody = new Map<string, string>()

/** Random partitions of up to ten records. */
const partitions = fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 1, maxLength: 10 }).map((labels) => {
  const groups = new Map<number, string[]>()
  for (const [i, label] of labels.entries()) groups.set(label, [...(groups.get(label) ?? []), `rec_${i}`])
  return { clusters: [...groups.values()] }
})

test('a profile has the id of its earliest record', () => {
  expect(
    assignProfileIds(
      [
        ['rec_3', 'rec_10'],
        ['rec_9', 'x'],
      ],
      (id) => (id === 'x' ? 1 : seqOf(id)),
    ),
  ).toEqual(['prf_3', 'x'])
})

test('a first clustering creates profiles', () => {
  const plan = planIdentity(nobody, { clusters: [['rec_1', 'rec_3'], ['rec_2']] }, seqOf)
  expect(plan).toMatchObject({ created: ['prf_1', 'prf_2'], kept: [], merged: [], split: [], retired: [] })
  expect(Object.fromEntries(plan.memberships)).toEqual({ rec_1: 'prf_1', rec_3: 'prf_1', rec_2: 'prf_2' })
})

test('the older profile survives a merge and the younger redirects to it', () => {
  const before = planIdentity(nobody, { clusters: [['rec_1'], ['rec_2']] }, seqOf).memberships
  const plan = planIdentity(before, { clusters: [['rec_1', 'rec_2', 'rec_5']] }, seqOf)
  expect(plan).toMatchObject({ created: [], kept: ['prf_1'], merged: [{ from: 'prf_2', to: 'prf_1' }], split: [] })
  expect(plan.moved).toEqual(['rec_2', 'rec_5'])
})

test('unmerge after merge restores ids and memberships', () => {
  const apart = planIdentity(nobody, { clusters: [['rec_1'], ['rec_2', 'rec_3']] }, seqOf).memberships
  const merged = planIdentity(apart, { clusters: [['rec_1', 'rec_2', 'rec_3']] }, seqOf).memberships
  const plan = planIdentity(merged, { clusters: [['rec_1'], ['rec_2', 'rec_3']] }, seqOf)
  expect(plan).toMatchObject({
    created: ['prf_2'],
    kept: ['prf_1'],
    split: [{ from: 'prf_1', to: 'prf_2' }],
    merged: [],
  })
  expect(plan.memberships).toEqual(apart)
})

test('a profile whose earliest record is erased is continued by the next', () => {
  const before = new Map([
    ['rec_1', 'prf_1'],
    ['rec_2', 'prf_1'],
    ['rec_3', 'prf_3'],
  ])
  const plan = planIdentity(before, { clusters: [['rec_2']] }, seqOf)
  expect(plan).toMatchObject({ created: ['prf_2'], merged: [{ from: 'prf_1', to: 'prf_2' }], retired: ['prf_3'] })
})

test('planning again after applying changes nothing', () => {
  fc.assert(
    fc.property(partitions, partitions, (first, second) => {
      const before = planIdentity(nobody, first, seqOf).memberships
      const after = planIdentity(before, second, seqOf).memberships
      const again = planIdentity(after, second, seqOf)
      expect(again).toMatchObject({ created: [], merged: [], split: [], retired: [], moved: [] })
      expect(again.memberships).toEqual(after)
    }),
  )
})

test('whatever was published in between, the same clustering gives the same profiles', () => {
  fc.assert(
    fc.property(partitions, fc.array(partitions, { maxLength: 4 }), (last, path) => {
      let memberships: ReadonlyMap<string, string> = nobody
      for (const clustering of path) memberships = planIdentity(memberships, clustering, seqOf).memberships
      const direct = planIdentity(nobody, last, seqOf).memberships
      expect(planIdentity(memberships, last, seqOf).memberships).toEqual(direct)
    }),
  )
})

test('redirects have no cycle and end at a living profile or one without records', () => {
  fc.assert(
    fc.property(fc.array(partitions, { minLength: 1, maxLength: 6 }), (path) => {
      let memberships: ReadonlyMap<string, string> = nobody
      const redirects = new Map<string, string>()
      const retired = new Set<string>()
      for (const clustering of path) {
        const plan = planIdentity(memberships, clustering, seqOf)
        for (const id of plan.created) redirects.delete(id)
        for (const { from, to } of plan.merged) redirects.set(from, to)
        for (const id of plan.retired) retired.add(id)
        memberships = plan.memberships
        const living = new Set(memberships.values())
        for (const start of redirects.keys()) {
          let id = start
          for (let steps = 0; redirects.has(id); steps++) {
            expect(steps).toBeLessThan(redirects.size)
            id = redirects.get(id)!
          }
          expect(living.has(id) || retired.has(id)).toBe(true)
        }
      }
    }),
  )
})
