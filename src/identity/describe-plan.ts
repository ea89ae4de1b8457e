import type { IdentityPlan } from './plan-identity.ts'

/** A profile that a plan changes, as it would be. */
export interface PlannedProfile {
  readonly profileId: string
  readonly change: 'merged' | 'split' | 'merged_and_split' | 'created'
  /** Records it has now, 0 when it comes to life, and would have. */
  readonly recordsBefore: number
  readonly recordsAfter: number
  /** Profiles whose records it would have, itself included, with how many. */
  readonly from: readonly { readonly profileId: string; readonly records: number }[]
  /** Profiles that records it has now would be in, itself excluded. */
  readonly to: readonly { readonly profileId: string; readonly records: number }[]
}

export interface PlanSummary {
  readonly profilesBefore: number
  readonly profilesAfter: number
  readonly unchanged: number
  /** Profiles that would end in another one, and parts that would leave a profile. */
  readonly merges: number
  readonly splits: number
  /** Records that would be in another profile than now. */
  readonly moved: number
  /** Living after the plan and otherwise than before, by id. */
  readonly profiles: readonly PlannedProfile[]
}

/** What a plan does to each profile, for people to look at before it is applied. Counts only, no record is named. */
export function describePlan(previous: ReadonlyMap<string, string>, plan: IdentityPlan): PlanSummary {
  const before = new Map<string, number>()
  const after = new Map<string, number>()
  const flows = new Map<string, { readonly from: string; readonly to: string; records: number }>()
  for (const [record, from] of previous) {
    const to = plan.memberships.get(record)
    before.set(from, (before.get(from) ?? 0) + 1)
    if (to === undefined || to === from) continue
    const name = `${from} ${to}`
    const known = flows.get(name)
    if (known === undefined) flows.set(name, { from, to, records: 1 })
    else known.records++
  }
  for (const to of plan.memberships.values()) after.set(to, (after.get(to) ?? 0) + 1)
  const changed = new Set([...flows.values()].flatMap(({ from, to }) => [from, to]).filter((id) => after.has(id)))
  const sorted = [...flows.values()].sort((x, y) => (x.from < y.from ? -1 : x.from > y.from ? 1 : x.to < y.to ? -1 : 1))
  const profiles = [...changed].sort().map((profileId): PlannedProfile => {
    const came = sorted.filter(({ to }) => to === profileId)
    const left = sorted.filter(({ from }) => from === profileId)
    const own = (before.get(profileId) ?? 0) - left.reduce((sum, { records }) => sum + records, 0)
    return {
      profileId,
      change: !before.has(profileId)
        ? 'created'
        : left.length === 0
          ? 'merged'
          : came.length === 0
            ? 'split'
            : 'merged_and_split',
      recordsBefore: before.get(profileId) ?? 0,
      recordsAfter: after.get(profileId) ?? 0,
      from: [
        ...(own > 0 ? [{ profileId, records: own }] : []),
        ...came.map(({ from, records }) => ({ profileId: from, records })),
      ],
      to: left.map(({ to, records }) => ({ profileId: to, records })),
    }
  })
  return {
    profilesBefore: before.size,
    profilesAfter: after.size,
    unchanged: [...after.keys()].filter((id) => before.has(id) && !changed.has(id)).length,
    merges: plan.merged.length,
    splits: plan.split.length,
    moved: plan.moved.length,
    profiles,
  }
}
