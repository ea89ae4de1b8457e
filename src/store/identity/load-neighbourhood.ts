import type { DecidedPair } from '../decision/decision.ts'
import { loadDecidedPairs } from '../decision/load-decided-pairs.ts'
import type { SqlFragment, Tx } from '../open-store.ts'

/** Records that must be clustered together with the touched ones, and what is known of them. */
export interface Neighbourhood {
  readonly nodes: readonly { readonly recordId: string; readonly seq: number; readonly profileId: string | null }[]
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
}

/**
 * Everything within reach of the records given: along judged pairs, along pairs that people linked, and along the
 * profiles they are in, so that a profile which falls apart is seen as a whole. Clusters outside are not affected,
 * whatever happens inside. Needs a transaction of its own, for its table.
 */
export async function loadNeighbourhood(tx: Tx, seeds: SqlFragment): Promise<Neighbourhood> {
  await tx`CREATE TEMP TABLE reach (record_id uuid NOT NULL, step int NOT NULL) ON COMMIT DROP`
  await tx`INSERT INTO reach SELECT record_id, 0 FROM onefold.records WHERE ${seeds}`
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
    if (grown.length === 0) break
  }
  const nodes = await tx<Neighbourhood['nodes'][number][]>`
    SELECT record_id AS "recordId", record.seq, member.profile_id AS "profileId"
    FROM reach JOIN onefold.records AS record USING (record_id)
    LEFT JOIN onefold.profile_members AS member USING (record_id) ORDER BY record_id`
  const edges = await tx<Neighbourhood['edges'][number][]>`
    SELECT edge.record_a AS a, edge.record_b AS b, edge.verdict, edge.weight_bits::float8 AS "strengthBits",
           edge.in_group AS "inGroup"
    FROM onefold.judgements AS edge JOIN reach ON reach.record_id = edge.record_a
    WHERE edge.record_b IN (SELECT record_id FROM reach)`
  const identifiers = await tx<Neighbourhood['identifiers'][number][]>`
    SELECT identifier.record_id AS "recordId", identifier.kind, identifier.hash
    FROM onefold.identifiers AS identifier JOIN reach USING (record_id)`
  const decided = await loadDecidedPairs(
    tx,
    tx`record_a IN (SELECT record_id FROM reach) AND record_b IN (SELECT record_id FROM reach)`,
  )
  const guarded = await tx<{ recordId: string }[]>`
    SELECT record_id AS "recordId" FROM onefold.protections JOIN reach USING (record_id) ORDER BY record_id`
  return { nodes, edges, decided, protectedIds: guarded.map(({ recordId }) => recordId), identifiers }
}
