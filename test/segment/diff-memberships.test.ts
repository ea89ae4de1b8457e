import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { diffMemberships } from '../../src/segment/diff-memberships.ts'
import type { Membership, OpenMembership } from '../../src/segment/segment-definition.ts'

const memberships: fc.Arbitrary<Membership[]> = fc.uniqueArray(
  fc.record({
    profileId: fc.constantFrom('prf_1', 'prf_2', 'prf_3'),
    segmentId: fc.constantFrom('premium', 'lapsed'),
    version: fc.constantFrom(1, 2),
    reason: fc.constantFrom('R 1', 'R 2'),
  }),
  { selector: nameOf, maxLength: 12 },
)

function nameOf({ profileId, segmentId, version }: Membership): string {
  return `${profileId} ${segmentId} ${version}`
}

function opened(list: readonly Membership[], validFrom: number): OpenMembership[] {
  return list.map((membership) => ({ ...membership, validFrom }))
}

describe('diffMemberships', () => {
  it('tells who entered, who left and who stayed, and since when', () => {
    const stays = { profileId: 'prf_1', segmentId: 'premium', version: 1, reason: 'was', validFrom: 10 }
    const leaves = { profileId: 'prf_2', segmentId: 'premium', version: 1, reason: 'was', validFrom: 20 }
    const now = { profileId: 'prf_1', segmentId: 'premium', version: 1, reason: 'is' }
    const enters = { profileId: 'prf_3', segmentId: 'premium', version: 1, reason: 'is' }
    expect(diffMemberships([stays, leaves], [now, enters], 50)).toEqual({
      entered: [{ ...enters, validFrom: 50 }],
      left: [{ ...leaves, validTo: 50 }],
      retold: [{ ...now, validFrom: 10 }],
    })
  })

  it('takes a new version for another segment', () => {
    const old = { profileId: 'prf_1', segmentId: 'premium', version: 1, reason: 'was', validFrom: 10 }
    const changes = diffMemberships([old], [{ ...old, version: 2 }], 50)
    expect(changes.left).toEqual([{ ...old, validTo: 50 }])
    expect(changes.entered).toMatchObject([{ version: 2, validFrom: 50 }])
  })

  it('moves nobody between equal memberships', () => {
    fc.assert(
      fc.property(memberships, (list) => {
        expect(diffMemberships(opened(list, 1), list, 2)).toEqual({ entered: [], left: [], retold: [] })
      }),
    )
  })

  it('applied to what was gives exactly what is', () => {
    fc.assert(
      fc.property(memberships, memberships, (before, after) => {
        const { entered, left, retold } = diffMemberships(opened(before, 1), after, 2)
        const others = new Set([...left, ...retold].map(nameOf))
        const same = before.filter((membership) => !others.has(nameOf(membership)))
        const now = [...same, ...retold, ...entered].map(({ profileId, segmentId, version, reason }) => ({
          profileId,
          segmentId,
          version,
          reason,
        }))
        expect(new Set(now)).toEqual(new Set(after))
        expect(left.every((membership) => membership.validFrom === 1 && membership.validTo === 2)).toBe(true)
      }),
    )
  })
})
