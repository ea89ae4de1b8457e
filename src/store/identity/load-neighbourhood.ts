import type { DecidedPair } from '../decision/decision.ts'
import { loadDecidedPairs } from '../decision/load-decided-pairs.ts'
import type { SqlFragment, Tx } from '../open-store.ts'
import { spellArray } from '../spell-array.ts'
import { findReach } from './find-reach.ts'

/** Records that must be clustered together with the touched ones, and what is known of them. */
export interface Neighbourhood {
  readonly nodes: readonly {
    readonly recordId: string
    readonly seq: number
    readonly profileId: string | null
    /** When its source last changed what it tells, milliseconds since 1970; null where it does not say. */
    readonly updatedAtMs: number | null
  }[]
  readonly edges: readonly {
    readonly a: string
    readonly b: string
    readonly verdict: 'match' | 'review' | 'distinct'
    readonly strengthBits: number
    /** Judged only because both were in one group of matching records. */
    readonly inGroup: boolean
  }[]
  /** What people said of pairs among the nodes; no edge stands against it. */
  readonly decided: readonly DecidedPair[]
  /** Nodes whose profiles only a person joins to each other. */
  readonly protectedIds: readonly string[]
  readonly identifiers: readonly { readonly recordId: string; readonly kind: string; readonly hash: string }[]
  /** Hashes of the identifiers among these that link nobody. */
  readonly blocked: ReadonlySet<string>
}

export interface DeletedRecord {
  readonly recordId: string
  readonly profileId: string | null
  /** Whether only a person joined its profile to such another. */
  readonly isProtected: boolean
}

/** The neighbourhood of some records, and which they were. */
export interface TouchedNeighbourhood extends Neighbourhood {
  readonly seedIds: readonly string[]
  /** Records that their sources have deleted, with the profiles they are still in. */
  readonly deleted: readonly DeletedRecord[]
}

/** From so many on, reach is found step by step for all at once, in a table; for fewer a walk from each costs less than making one. */
const MANY_SEEDS = 1_000

/**
 * Everything within reach of the records given: along judged pairs, along pairs that people linked, and along the
 * profiles they are in, so that a profile which falls apart is seen as a whole. Clusters outside are not affected,
 * whatever happens inside. Needs a transaction of its own, for its table. From `manySeeds` on another plan, the same result.
 */
export async function loadNeighbourhood(
  tx: Tx,
  seeds: SqlFragment,
  manySeeds: number = MANY_SEEDS,
): Promise<TouchedNeighbourhood> {
  const { seedIds, reach } = await findReach(tx, seeds, manySeeds)
  const few = reach === undefined ? undefined : spellArray(reach)
  if (few === undefined) await growReach(tx, seedIds)
  const reached = few === undefined ? tx`SELECT record_id FROM reach` : tx`SELECT unnest(${few}::uuid[]) AS record_id`
  // Sent together: on one connection they are answered one after another, without a pause in between.
  const [reachedRows, edges, identifiers, decided, guarded] = await Promise.all([
    tx<(Neighbourhood['nodes'][number] & { deleted: boolean })[]>`
      SELECT record_id AS "recordId", record.seq, member.profile_id AS "profileId", record.deleted,
             (extract(epoch FROM record.updated_at) * 1000)::float8 AS "updatedAtMs"
      FROM (${reached}) AS reach JOIN onefold.records AS record USING (record_id)
      LEFT JOIN onefold.profile_members AS member USING (record_id) ORDER BY record_id`,
    tx<Neighbourhood['edges'][number][]>`
      SELECT edge.record_a AS a, edge.record_b AS b, edge.verdict, edge.weight_bits::float8 AS "strengthBits",
             edge.in_group AS "inGroup"
      FROM onefold.judgements AS edge JOIN (${reached}) AS reach ON reach.record_id = edge.record_a
      WHERE edge.record_b IN (${reached})`,
    tx<(Neighbourhood['identifiers'][number] & { blocked: boolean })[]>`
      SELECT identifier.record_id AS "recordId", identifier.kind, identifier.hash, EXISTS (
        SELECT FROM onefold.blocked_identifiers AS blocked WHERE blocked.hash = identifier.hash AND lifted_at IS NULL) AS blocked
      FROM onefold.identifiers AS identifier JOIN (${reached}) AS reach USING (record_id)`,
    loadDecidedPairs(tx, tx`record_a IN (${reached}) AND record_b IN (${reached})`),
    tx<{ recordId: string }[]>`
      SELECT record_id AS "recordId" FROM onefold.protections JOIN (${reached}) AS reach USING (record_id)
      ORDER BY record_id`,
  ])
  const nodes = reachedRows.filter((row) => !row.deleted)
  const protectedIds = guarded.map(({ recordId }) => recordId)
  const deleted = reachedRows
    .filter((row) => row.deleted)
    .map(({ recordId, profileId }) => ({ recordId, profileId, isProtected: protectedIds.includes(recordId) }))
  const gone = new Set(deleted.map(({ recordId }) => recordId))
  return {
    seedIds,
    nodes,
    deleted,
    edges,
    decided: decided.filter(({ a, b }) => !gone.has(a) && !gone.has(b)),
    protectedIds: protectedIds.filter((recordId) => !gone.has(recordId)),
    identifiers,
    blocked: new Set(identifiers.flatMap(({ hash, blocked }) => (blocked ? hash : []))),
  }
}

/** Makes a table of what is within reach; it lasts as long as the transaction. */
async function growReach(tx: Tx, seedIds: readonly string[]): Promise<void> {
  await tx`CREATE TEMP TABLE reach (record_id uuid NOT NULL, step int NOT NULL) ON COMMIT DROP`
  await tx`INSERT INTO reach SELECT unnest(${spellArray(seedIds)}::uuid[]), 0`
  await tx`ALTER TABLE reach ADD PRIMARY KEY (record_id)`
  await tx`ANALYZE reach`
  for (let step = 0; ; step++) {
    const grown = await tx`
      INSERT INTO reach
      SELECT record_id, ${step + 1}::int FROM (
        SELECT edge.record_b FROM onefold.judgements AS edge JOIN reach ON reach.record_id = edge.record_a
          WHERE reach.step = ${step} AND edge.verdict <> 'distinct'
        UNION
        SELECT edge.record_a FROM onefold.judgements AS edge JOIN reach ON reach.record_id = edge.record_b
          WHERE reach.step = ${step} AND edge.verdict <> 'distinct'
        UNION
        SELECT decision.record_b FROM onefold.decisions AS decision JOIN reach ON reach.record_id = decision.record_a
          WHERE reach.step = ${step} AND decision.verdict = 'same' AND decision.taken_up_at IS NOT NULL
        UNION
        SELECT decision.record_a FROM onefold.decisions AS decision JOIN reach ON reach.record_id = decision.record_b
          WHERE reach.step = ${step} AND decision.verdict = 'same' AND decision.taken_up_at IS NOT NULL
        UNION
        SELECT fellow.record_id FROM reach
          JOIN onefold.profile_members AS member ON member.record_id = reach.record_id
          JOIN onefold.profile_members AS fellow ON fellow.profile_id = member.profile_id
          WHERE reach.step = ${step}
      ) AS next (record_id)
      ON CONFLICT DO NOTHING RETURNING 1`
    if (grown.length === 0) return
  }
}
