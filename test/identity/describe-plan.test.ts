import fc from 'fast-check'
import { expect, test } from 'vitest'
import { describePlan } from '../../src/identity/describe-plan.ts'
import { planIdentity } from '../../src/identity/plan-identity.ts'

const IDS = ['a', 'b', 'c', 'd', 'e', 'f', 'g']
const seqOf = (id: string): number => IDS.indexOf(id)
/** Some partition of the ids: each record is put to a group of a number. */
const partitions = fc
  .array(fc.nat({ max: 3 }), { minLength: IDS.length, maxLength: IDS.length })
  .map((groups) => [...new Set(groups)].map((group) => IDS.filter((_, at) => groups[at] === group)))

test('the changes of a plan account for every record that moves and every profile that begins or ends', () => {
  fc.assert(
    fc.property(partitions, partitions, (now, then) => {
      const previous = planIdentity(new Map(), { clusters: now }, seqOf).memberships
      const plan = planIdentity(previous, { clusters: then }, seqOf)
      const told = describePlan(previous, plan)
      expect([told.profilesBefore, told.profilesAfter]).toEqual([now.length, then.length])
      expect(told.unchanged + told.profiles.length).toBe(told.profilesAfter)
      for (const { profileId, recordsBefore, recordsAfter, from, to } of told.profiles) {
        const count = (parts: typeof from): number => parts.reduce((sum, { records }) => sum + records, 0)
        const own = from.find((part) => part.profileId === profileId)?.records ?? 0
        expect(count(from)).toBe(recordsAfter)
        expect(own + count(to)).toBe(recordsBefore)
      }
      const arrived = told.profiles.flatMap(({ profileId, from }) =>
        from.filter((part) => part.profileId !== profileId),
      )
      expect(arrived.reduce((sum, { records }) => sum + records, 0)).toBe(told.moved)
    }),
  )
})

test('a plan that changes nothing has nothing to tell', () => {
  fc.assert(
    fc.property(partitions, (clusters) => {
      const { memberships } = planIdentity(new Map(), { clusters }, seqOf)
      expect(describePlan(memberships, planIdentity(memberships, { clusters }, seqOf))).toMatchObject({
        unchanged: clusters.length,
        merges: 0,
        splits: 0,
        moved: 0,
        profiles: [],
      })
    }),
  )
})
