import { assignProfileIds } from './assign-profile-ids.ts'
import type { Clustering } from './cluster.ts'

/** What changes when a clustering replaces the memberships that are published. All lists sorted. */
export interface IdentityPlan {
  /** Ids that come to life. */
  readonly created: readonly string[]
  /** Ids alive before and after. */
  readonly kept: readonly string[]
  /** Ids that end, and the living id that continues each: a redirect to remember for ever. */
  readonly merged: readonly { readonly from: string; readonly to: string }[]
  /** Records of `from` went to `to`, where `from` lives on or is continued elsewhere. */
  readonly split: readonly { readonly from: string; readonly to: string }[]
  /** Ids that end because no record is left in them. */
  readonly retired: readonly string[]
  /** Every record of the clustering and its profile. */
  readonly memberships: ReadonlyMap<string, string>
  /** Records whose profile is another than before, new ones included; the others need no write. */
  readonly moved: readonly string[]
  /** Records that were in a profile and are not in the clustering: their sources have deleted them. */
  readonly left: readonly string[]
}

/**
 * Compares the published memberships of some records with their new clustering. Give all records of every profile
 * that is touched. A profile that ends is continued by the profile of its earliest remaining record. Laws: planning
 * again after applying changes nothing; unmerging restores the ids from before the merge; redirects lead from ended
 * to living ids, so they have no cycle as long as an id that comes to life again (in `created`) loses its redirect.
 */
export function planIdentity(
  previous: ReadonlyMap<string, string>,
  clustering: Pick<Clustering, 'clusters'>,
  seqOf: (recordId: string) => number,
): IdentityPlan {
  const profileIds = assignProfileIds(clustering.clusters, seqOf)
  const memberships = new Map<string, string>()
  for (const [index, members] of clustering.clusters.entries()) {
    for (const member of members) memberships.set(member, profileIds[index]!)
  }
  const before = new Set(previous.values())
  const after = new Set(profileIds)
  const continuedBy = findSuccessors(previous, memberships, after, seqOf)
  const split = new Map<string, { from: string; to: string }>()
  const moved: string[] = []
  for (const [record, to] of memberships) {
    const from = previous.get(record)
    if (from === to) continue
    moved.push(record)
    if (from !== undefined && continuedBy.get(from) !== to) split.set(`${from} ${to}`, { from, to })
  }
  return {
    created: [...after].filter((id) => !before.has(id)).sort(),
    kept: [...after].filter((id) => before.has(id)).sort(),
    merged: [...continuedBy].map(([from, to]) => ({ from, to })).sort(byEnds),
    split: [...split.values()].sort(byEnds),
    retired: [...before].filter((id) => !after.has(id) && !continuedBy.has(id)).sort(),
    memberships,
    moved: moved.sort(),
    left: [...previous.keys()].filter((record) => !memberships.has(record)).sort(),
  }
}

/** For each ended profile, the one its earliest remaining record went to. */
function findSuccessors(
  previous: ReadonlyMap<string, string>,
  memberships: ReadonlyMap<string, string>,
  after: ReadonlySet<string>,
  seqOf: (recordId: string) => number,
): ReadonlyMap<string, string> {
  const earliest = new Map<string, string>()
  for (const [record, profile] of previous) {
    if (after.has(profile) || !memberships.has(record)) continue
    const known = earliest.get(profile)
    const difference = known === undefined ? -1 : seqOf(record) - seqOf(known)
    if (known === undefined || difference < 0 || (difference === 0 && record < known)) earliest.set(profile, record)
  }
  return new Map([...earliest].map(([profile, record]) => [profile, memberships.get(record)!]))
}

function byEnds(x: { from: string; to: string }, y: { from: string; to: string }): number {
  return x.from < y.from ? -1 : x.from > y.from ? 1 : x.to < y.to ? -1 : x.to > y.to ? 1 : 0
}
