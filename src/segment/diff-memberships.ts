import type { ClosedMembership, Membership, OpenMembership } from './segment-definition.ts'

export interface MembershipChanges {
  readonly entered: readonly OpenMembership[]
  readonly left: readonly ClosedMembership[]
  /** Still members, for another reason than before: since when they were, with today's reason and deadline. */
  readonly retold: readonly OpenMembership[]
}

/**
 * What happened to memberships between two evaluations, at an instant (ms since 1970).
 * A membership is a person in one version of a segment: under a new version everybody leaves the old and enters the
 * new one. `left` and `retold` follow the order of `before` and `after`, person by person. Applying it twice changes nothing:
 * between equal memberships nobody enters or leaves.
 */
export function diffMemberships(
  before: readonly OpenMembership[],
  after: readonly Membership[],
  at: number,
): MembershipChanges {
  const othersOf = new Map<string, OpenMembership[]>()
  for (const membership of before) {
    const others = othersOf.get(membership.profileId)
    if (others === undefined) othersOf.set(membership.profileId, [membership])
    else others.push(membership)
  }
  const entered: OpenMembership[] = []
  const retold: OpenMembership[] = []
  for (const membership of after) {
    const { profileId, segmentId, version, reason } = membership
    const others = othersOf.get(profileId) ?? []
    // Somebody is in a few: looked through sooner than a key is made of each.
    const place = others.findIndex((other) => other.segmentId === segmentId && other.version === version)
    const earlier = place < 0 ? undefined : others.splice(place, 1)[0]
    if (earlier === undefined) entered.push({ ...membership, validFrom: at })
    else if (earlier.reason !== reason) retold.push({ ...membership, validFrom: earlier.validFrom })
  }
  const left = [...othersOf.values()].flat().map((membership) => ({ ...membership, validTo: at }))
  return { entered, left, retold }
}
