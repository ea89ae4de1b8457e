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
 * new one. `left` and `retold` follow the order of `before` and `after`. Applying it twice changes nothing: between
 * equal memberships nobody enters or leaves.
 */
export function diffMemberships(
  before: readonly OpenMembership[],
  after: readonly Membership[],
  at: number,
): MembershipChanges {
  const others = new Map(before.map((membership) => [name(membership), membership]))
  const entered: OpenMembership[] = []
  const retold: OpenMembership[] = []
  for (const membership of after) {
    const known = name(membership)
    const earlier = others.get(known)
    others.delete(known)
    if (earlier !== undefined) {
      if (earlier.reason !== membership.reason) retold.push({ ...membership, validFrom: earlier.validFrom })
    } else entered.push({ ...membership, validFrom: at })
  }
  const left = Array.from(others.values(), (membership) => ({ ...membership, validTo: at }))
  return { entered, left, retold }
}

function name({ profileId, segmentId, version }: Membership): string {
  // Neither an id nor a version has a space.
  return `${profileId} ${version} ${segmentId}`
}
