import { inTransaction } from '../../store/in-transaction.ts'
import { loadMatchesOfProfile } from '../../store/identity/load-matches-of-profile.ts'
import { loadMembers, type Member } from '../../store/identity/load-members.ts'
import type { Context } from '../context.ts'
import { loadJudging } from '../resolve/load-judging.ts'
import { recluster } from './recluster.ts'

/** A pair of records by which two groups became one. */
export interface ProfileJoin {
  readonly a: string
  readonly b: string
  /** Bits of the pair, as `Judgement.strengthBits`. */
  readonly strengthBits: number
  /** `score`, or the kind of identifier both carry. */
  readonly because: string
  /** What came to the group of the profile's earliest record, or, in the middle, to the larger one. */
  readonly joined: readonly string[]
  /** Other matching pairs across the same two groups. */
  readonly furtherMatches: number
  /** Records that would leave the earliest one's profile if a person kept the pair apart; undefined in large profiles. */
  readonly leavingIfParted: readonly string[] | undefined
}

export interface ProfileExplanation {
  readonly profileId: string
  /** In the order of the ledger: the first gives the profile its id. */
  readonly records: readonly Member[]
  /** In the order they were made; one fewer than records. */
  readonly joins: readonly ProfileJoin[]
  /** Position of the weakest of `joins`; undefined when there is none. */
  readonly weakest: number | undefined
  /** Whether clustering what is stored gives this very profile (P20); false between a change and the next run. */
  readonly isAsStored: boolean
}

/** For each join of a larger profile its neighbourhood would be clustered once more: a second at 100 records. */
const MOST_PARTED = 100

/** How a profile was built, step by step [C7]. Ids and numbers only. An unknown profile has no records. */
export async function explainProfile(context: Context, profileId: string): Promise<ProfileExplanation> {
  return inTransaction(context.store.sql, async (tx) => {
    const records = await loadMembers(tx, profileId)
    const ids = new Set(records.map(({ recordId }) => recordId))
    const founder = records[0]?.recordId
    const { clustering, part } = await recluster(tx, (await loadJudging(context, tx)).policies, [...ids])
    const matches = await loadMatchesOfProfile(tx, profileId)
    const reasons = new Map(
      matches.map(({ a, b, because, identifierKind }) => [`${a} ${b}`, identifierKind ?? because]),
    )

    const groups = new Map([...ids].map((id) => [id, new Set([id])]))
    const joins: ProfileJoin[] = []
    for (const { a, b, strength } of clustering.joins) {
      const [left, right] = [groups.get(a), groups.get(b)]
      if (left === undefined || right === undefined) continue
      const isRightJoined = left.has(founder ?? '') || (!right.has(founder ?? '') && left.size >= right.size)
      const [host, guest] = isRightJoined ? [left, right] : [right, left]
      const apart = ids.size > MOST_PARTED ? undefined : findGroup(part([[a, b]]).clusters, founder)
      const across = matches.filter((pair) => isAcross(pair, host, guest)).length
      joins.push({
        a,
        b,
        strengthBits: strength,
        because: reasons.get(`${a} ${b}`) ?? 'score',
        joined: [...guest].sort(),
        furtherMatches: Math.max(0, across - 1),
        leavingIfParted: apart && [...ids].filter((id) => !apart.has(id)).sort(),
      })
      for (const id of guest) groups.set(id, host.add(id))
    }
    const strengths = joins.map(({ strengthBits }) => strengthBits)
    const found = findGroup(clustering.clusters, founder)
    return {
      profileId,
      records,
      joins,
      weakest: joins.length === 0 ? undefined : strengths.indexOf(Math.min(...strengths)),
      isAsStored: found.size === ids.size && [...ids].every((id) => found.has(id)),
    }
  })
}

function findGroup(clusters: readonly (readonly string[])[], member: string | undefined): ReadonlySet<string> {
  return new Set(clusters.find((members) => members.includes(member ?? '')))
}

function isAcross(
  { a, b }: { readonly a: string; readonly b: string },
  one: ReadonlySet<string>,
  other: ReadonlySet<string>,
): boolean {
  return (one.has(a) && other.has(b)) || (one.has(b) && other.has(a))
}
